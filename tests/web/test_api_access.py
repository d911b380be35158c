"""Every route of the API, times everybody whom it is not for: 401, 403 or 404, and never data."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from programs import EVERYTHING, V1, Program, commune_of, new_household, program
from test_shared_pages import consulted, secrets

from motcua.services.clients import SCOPES, disable_client
from motcua.services.ports import Stored
from motcua.web.api.callers import SCOPE
from motcua.web.api.document import document
from motcua.web.site import Site

BODIES: dict[str, Callable[[Site], Any]] = {
    "/dossiers": new_household,
    "/dossiers/{code}/transitions": lambda _: {"transition": "accept", "facts": {"fee_paid": True}},
    "/dossiers/{code}/tasks": lambda _: {"task": "submitted#1", "act": "claim"},
}


@dataclass(frozen=True)
class Operation:
    """One operation of the document, ready to be asked about a dossier."""

    method: str
    path: str
    scope: str
    template: str

    def ask(self, who: Program, token: str | None = None) -> Any:
        """Ask as a client system would; *token* in the place of its own, empty for none."""
        headers = {"idempotency-key": f"{self.method}{self.path}"[-60:], "if-match": "*"}
        given = who.token if token is None else token
        if given:
            headers["authorization"] = f"Bearer {given}"
        body = BODIES[self.template](who.site) if self.method == "POST" else None
        return who.http.request(self.method, self.path, json=body, headers=headers)


def operations(code: str) -> Iterator[Operation]:
    """Every operation of the document."""
    for template, methods in document()["paths"].items():
        path = re.sub(r"\{[^}]*\}", "1.001612", template.replace("{code}", code))
        for method, described in methods.items():
            yield Operation(method.upper(), path, described[SCOPE], template.removeprefix(V1))


@pytest.fixture
def foreign(province: Site) -> Stored:
    """A dossier of a commune, handed in by a system of its own."""
    own = program(province, [commune_of(province)])
    code = own.post("/dossiers", new_household(province)).json()["code"]
    return province.house.store.load(code)


def stranger(site: Site) -> str:
    """An agency that a dossier of the first commune does not concern."""
    agencies = site.house.worlds.directory.agencies
    return next(a.code for a in agencies if a.kind == "commune_committee" and a.code != commune_of(site))


@pytest.mark.parametrize("who", ["nobody", "forged", "disabled", "password"])
def test_without_a_token_that_opens_something_there_is_no_api(
    province: Site, foreign: Stored, who: str
) -> None:
    """No token, a made-up one, that of a closed system, another way to say who one is: 401, told how, and no data."""
    system = program(province, [commune_of(province)])
    token = {"nobody": "", "forged": "motcua_" + "0" * 64, "disabled": None, "password": "Basic an:x"}[who]
    if who == "disabled":
        disable_client(province.house, system.client.id)
    asked = [*operations(foreign.dossier.code), Operation("GET", f"{V1}/no/such/thing", "", "")]
    answers = [each.ask(system, token) for each in asked]

    assert [(401, "Http401", "Bearer")] * len(asked) == [
        (one.status_code, one.json()["code"], one.headers["www-authenticate"]) for one in answers
    ]
    assert foreign.seq == province.house.store.load(foreign.dossier.code).seq


def test_a_token_opens_nothing_beyond_its_scopes(province: Site, foreign: Stored) -> None:
    """Each operation with every scope but its own: 403, recorded, and no data."""
    wrong = []
    for number, each in enumerate(operations(foreign.dossier.code)):
        others = [scope for scope in EVERYTHING if scope != each.scope]
        system = program(province, [commune_of(province)], scopes=others, name=f"narrow-{number}")
        answer = each.ask(system)
        records = province.house.store.records(f"access:client:{system.client.id}")
        denied = "access_denied" in records[-1].raw and '"cause":"client"' in records[-1].raw
        if (answer.status_code, answer.json()["code"], denied) != (403, "ScopeMissing", True):
            wrong.append((each.method, each.path, answer.status_code, denied))

    assert [] == wrong
    assert foreign.seq == province.house.store.load(foreign.dossier.code).seq


def test_a_system_of_another_agency_learns_nothing_of_a_dossier(province: Site, foreign: Stored) -> None:
    """By its code 404, the same as for one that does not exist but for the code; elsewhere no word of it."""
    system = program(province, [stranger(province)])
    code, wrong = foreign.dossier.code, []
    for each in operations(code):
        answer = each.ask(system)
        if "{code}" in each.template:
            none = each.__class__(
                each.method, each.path.replace(code, "H99-1"), each.scope, each.template
            ).ask(system)
            same = answer.text.replace(code, "-") == none.text.replace("H99-1", "-")
            if (answer.status_code, none.status_code, same) != (404, 404, True):
                wrong.append((each.method, each.path, answer.status_code, none.status_code))
        elif each.method == "GET" and code in answer.text:
            wrong.append((each.method, each.path, answer.status_code, 0))

    assert [] == wrong
    assert foreign.seq == province.house.store.load(code).seq


def test_a_system_of_an_agency_that_is_only_asked_gets_its_task_and_nothing_else(province: Site) -> None:
    """By its code the dossier is not there; its code stands among tasks alone, its papers and its applicant nowhere."""
    stored, officer = consulted(province)
    posts = province.house.worlds.directory.posts
    system = program(province, sorted({post.agency for post in posts if post.officer == officer}))
    code, hidden, wrong = stored.dossier.code, secrets(province, stored), []
    for each in operations(code):
        answer = each.ask(system)
        told = code in answer.text and each.template not in ("/tasks", "/dossiers")
        absent = "{code}" not in each.template or answer.status_code == 404
        if not absent or any(secret in answer.text for secret in hidden):
            wrong.append((each.method, each.path, answer.status_code))
        if told and "{code}" not in each.template:
            wrong.append((each.method, each.path, 0))

    assert [] == wrong
    assert code not in system.get("/dossiers", limit=200).text
    assert stored.seq == province.house.store.load(code).seq


def test_an_address_that_there_is_not_is_a_problem(province: Site) -> None:
    """With a token that opens something: 404, in the shape of every error."""
    answer = program(province, [commune_of(province)]).get("/nothing")

    assert (404, "application/problem+json", "Http404") == (
        answer.status_code,
        answer.headers["content-type"],
        answer.json()["code"],
    )


def test_every_operation_needs_a_scope_that_there_is(province: Site) -> None:
    """And the document says which."""
    scopes = {each.scope for each in operations("x")}

    assert set(EVERYTHING) == scopes
    assert scopes < set(SCOPES)


def test_too_many_denials_are_not_even_recorded(province: Site) -> None:
    """Thirty within a minute, then 429 and how long to wait."""
    system = program(province, [commune_of(province)], scopes=("events",))
    answers = [system.get("/procedures") for _ in range(32)]

    assert [403] * 30 + [429] * 2 == [one.status_code for one in answers]
    assert (60, "application/problem+json") == (
        int(answers[-1].headers["retry-after"]),
        answers[-1].headers["content-type"],
    )

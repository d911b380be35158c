"""A39 to A59: what no well-meaning program sends gets a clean answer, changes nothing, and leaves the site alive."""

import json

import pytest
from programs import V1, Program, commune_of, new_household, program

from motcua.web.site import Site


@pytest.fixture
def system(province: Site) -> Program:
    """A client system that may do everything."""
    return program(province, [commune_of(province)])


def sent(system: Program, body: bytes | str, kind: str = "application/json") -> tuple[int, str]:
    """Post bytes as they are to where dossiers are handed in; status and code of the answer."""
    headers = {"authorization": f"Bearer {system.token}", "idempotency-key": "bad", "content-type": kind}
    answer = system.http.post(f"{V1}/dossiers", content=body, headers=headers)
    return answer.status_code, answer.json()["code"]


def written(site: Site) -> int:
    """How many records there are of dossiers."""
    return sum(1 for record in site.house.store.all_records() if record.stream.startswith("dossier:"))


def test_what_is_no_json_that_all_read_alike_is_refused(province: Site, system: Program) -> None:
    """A name twice, NaN, half a surrogate, a hundred thousand brackets, NUL, no UTF-8, another type of content."""
    before, good = written(province), json.dumps(new_household(province))
    bad: list[bytes | str] = [
        good.replace('"channel"', '"procedure": "x", "channel"'),
        good.replace('"online"', "NaN"),
        good.replace('"online"', "1e400"),
        good.replace('"online"', '"\\ud800"'),
        good.replace('"channel"', '"\\ud800"'),
        "[" * 100_000,
        "",
        "null",
        b"\xff\xfe",
        good.replace("online", "on\\u0000line"),
    ]
    answers = [sent(system, each) for each in bad]
    others = [sent(system, good, kind) for kind in ("text/plain", "application/x-www-form-urlencoded")]

    assert [(422, "InvalidRequest")] * (len(bad) + 2) == answers + others
    assert before == written(province)


def test_nobody_sets_what_is_not_theirs_to_set(province: Site, system: Program) -> None:
    """A field that is not described is named and refused, in the dossier and in what comes with a transition."""
    before, good = written(province), new_household(province)
    answers = [
        system.post("/dossiers", {**good, name: "x"})
        for name in ("state", "owner_agency", "at", "actor", "code")
    ]
    code = system.post("/dossiers", good).json()["code"]
    moved = system.post(
        f"/dossiers/{code}/transitions", {"transition": "accept", "actor": "an"}, if_match="*"
    )

    assert [(422, "/body/state"), (422, "/body/actor")] == [
        (one.status_code, one.json()["errors"][0]["pointer"]) for one in (answers[0], moved)
    ]
    assert [422] * 5 == [one.status_code for one in answers]
    assert before + 1 == written(province)


def test_numbers_and_words_beyond_all_bounds_are_refused(province: Site, system: Program) -> None:
    """Page sizes, negative ones, cursors of nobody, integers of another machine, keys of ten thousand characters."""
    good = new_household(province)
    answers = [
        *(system.get("/dossiers", limit=limit) for limit in (10**9, -1, "x", "1e3")),
        system.get("/dossiers", after="x' OR 1=1 --"),
        system.get("/tasks", after="none"),
        *(system.get("/events", after=cursor) for cursor in ("none", "AAAA", "'", "x" * 500)),
        system.post("/dossiers", {**good, "facts": {"has_members": 2**63}}),
        system.post("/dossiers", {**good, "facts": {"has_members": 1.5}}),
        system.post("/dossiers", {**good, "facts": {"has_members": "yes"}}),
        system.post("/dossiers", {**good, "channel": "pigeon"}),
        system.post("/dossiers", {**good, "applicant": {"Tên": "x"}}),
        system.post("/dossiers", {**good, "documents": ["x"] * 300}),
    ]
    assert [422] * len(answers) == [one.status_code for one in answers]
    long = system.post("/dossiers", good, key="k" * 10_000)
    assert (400, "MalformedKey") == (long.status_code, long.json()["code"])


def test_an_act_that_is_not_possible_now_is_a_conflict(province: Site, system: Program) -> None:
    """Unknown, not enabled in this state, an extension without a length; the answer says what is allowed."""
    made = system.post("/dossiers", new_household(province))
    path = f"/dossiers/{made.json()['code']}/transitions"
    answers = [system.post(path, {"transition": name}, if_match="*") for name in ("fly", "sign")]

    assert [(409, "TransitionRefused")] * 2 == [(one.status_code, one.json()["code"]) for one in answers]
    assert "accept" in answers[0].json()["detail"]
    assert made.json() == system.get(f"/dossiers/{made.json()['code']}").json()


def test_headers_do_not_make_another_request_of_it(province: Site, system: Program) -> None:
    """No other method, no other caller, no cookie: what the request line and the token say is what counts."""
    override = system.get("/procedures", {"x-http-method-override": "DELETE", "x-forwarded-for": "127.0.0.1"})
    deleted = system.http.delete(f"{V1}/procedures", headers={"authorization": f"Bearer {system.token}"})
    twice = system.http.get(
        f"{V1}/dossiers?limit=1&limit=2", headers={"authorization": f"Bearer {system.token}"}
    )

    assert (200, 405, "Http405", 200) == (
        override.status_code,
        deleted.status_code,
        deleted.json()["code"],
        twice.status_code,
    )


def test_too_much_is_turned_away_before_it_is_read(province: Site, system: Program) -> None:
    """More than a mebibyte, said in the head or not."""
    assert (413, "Http413") == sent(system, b" " * (1024 * 1024 + 1))


def test_every_problem_speaks_both_languages_and_names_its_code(province: Site, system: Program) -> None:
    """As RFC 9457 has it; `detail` is in the language that was asked for."""
    vi, en = system.get("/procedures/9.9"), system.get("/procedures/9.9", lang="en")
    found = vi.json()

    assert ("application/problem+json", 404, 404) == (
        vi.headers["content-type"],
        vi.status_code,
        found["status"],
    )
    assert ("urn:motcua:error:ProcedureNotFound", "ProcedureNotFound") == (found["type"], found["code"])
    assert (found["message"]["vi"], found["message"]["en"]) == (found["detail"], en.json()["detail"])

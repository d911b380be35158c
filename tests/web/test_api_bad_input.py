"""A39 to A59: what no well-meaning program sends gets a clean answer, changes nothing, and leaves the site alive."""

import json
from typing import Any
from unicodedata import normalize

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
    """A name twice, NaN, half a surrogate, a hundred thousand brackets, NUL, 5,000 digits, no UTF-8, another type."""
    before, good = written(province), json.dumps(new_household(province), ensure_ascii=False)
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
        good.replace("Hoàng", "Ho\\u0000àng"),
        good.replace('"has_members": false', '"has_members": -' + "9" * 5000),
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
        *(system.get("/dossiers", limit=limit) for limit in (10**9, -1, "-0", "x", "1e3", "9" * 5000)),
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
    keys = [system.post("/dossiers", good, key=key) for key in ("k" * 10_000, "a\x07b")]
    assert [(400, "MalformedKey")] * 2 == [(one.status_code, one.json()["code"]) for one in keys]


def test_an_act_that_is_not_possible_now_is_a_conflict(province: Site, system: Program) -> None:
    """Unknown, or not enabled in this state; the answer says what is allowed, and nothing that only the system does."""
    made = system.post("/dossiers", new_household(province))
    path = f"/dossiers/{made.json()['code']}/transitions"
    answers = [system.post(path, {"transition": name}, if_match="*") for name in ("fly", "sign")]

    assert [(409, "TransitionRefused")] * 2 == [(one.status_code, one.json()["code"]) for one in answers]
    assert "Tiếp nhận hồ sơ" in answers[0].json()["detail"]
    assert made.json() == system.get(f"/dossiers/{made.json()['code']}").json()


def test_after_the_end_nothing_is_possible(province: Site, system: Program) -> None:
    """A45: a conflict, whatever is asked, under whichever version; an extension without a length is a fault before."""
    code = system.post("/dossiers", new_household(province)).json()["code"]
    path = f"/dossiers/{code}/transitions"
    short = system.post(path, {"transition": "extend", "reason": "x"}, if_match="*")
    system.post(path, {"transition": "reject_intake", "reason": "không thuộc thẩm quyền"}, if_match="*")
    before = written(province)
    answers = [
        system.post(path, {"transition": name, "reason": "x"}, if_match="*")
        for name in ("accept", "reject_intake", "propose")
    ]

    assert (422, "ExtensionWithoutTerm") == (short.status_code, short.json()["code"])
    assert [(409, "TransitionRefused")] * 3 == [(one.status_code, one.json()["code"]) for one in answers]
    assert (True, before) == (system.get(f"/dossiers/{code}").json()["ended"], written(province))


def test_letters_taken_apart_are_refused(province: Site, system: Program) -> None:
    """A52: the same name in two spellings would be two people to whoever compares; the answer says what to send."""
    before, apart = written(province), normalize("NFD", "Ổi Thị Bưởi")
    answers = [
        system.post("/dossiers", new_household(province, applicant={"name": name}))
        for name in (apart, normalize("NFC", apart))
    ]

    assert [422, 201] == [one.status_code for one in answers]
    assert "NotCanonical" == answers[0].json()["code"]
    assert before + 1 == written(province)


def test_wildcards_and_sql_are_words_like_others(province: Site, system: Program) -> None:
    """A54, A55: in every filter of a list they find nothing, or are refused; nothing is sorted by what is asked."""
    system.post("/dossiers", new_household(province))
    words = ("%", "_________", "' OR 1=1 --", "code desc; drop table dossiers")
    plain = system.get("/dossiers").json()["items"]
    wanted: dict[str, list[Any]] = {"procedure": [], "state": [], "order": plain, "sort": plain}
    found: list[tuple[str, list[Any]]] = []
    for name in wanted:
        given: list[dict[str, Any]] = [{name: word} for word in words]
        answers = [system.get("/dossiers", **each) for each in given]
        assert set() == {one.status_code for one in answers} - {200, 403, 404, 422}
        found += [(name, one.json()["items"]) for one in answers if one.status_code == 200]

    assert [] == [name for name, items in found if items != wanted[name]]
    assert plain == system.get("/dossiers").json()["items"]


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
    endless = (b" " * 65_536 for _ in range(17))
    headers = {
        "authorization": f"Bearer {system.token}",
        "idempotency-key": "k",
        "content-type": "application/json",
    }
    streamed = system.http.post(f"{V1}/dossiers", content=endless, headers=headers)

    assert [(413, "Http413")] * 2 == [
        sent(system, b" " * (1024 * 1024 + 1)),
        (streamed.status_code, streamed.json()["code"]),
    ]


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

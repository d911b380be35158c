"""A39 to A62 on pages: whatever is typed, the answer is clean, nothing changes, and the worker works on.

Which test holds which case of hardening.md stands in docs/bad-input.md.
"""

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bad_words import WORDS
from browsing import served
from fastapi.testclient import TestClient
from on_the_way import on_the_way, somebody
from web_province import SignedIn, client_of

from flows.embedded import run_round
from motcua.bootstrap.rehearsal import notice_file
from motcua.services.ports import Stored
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"
CLEAN = {200, 303, 400, 403, 404, 405, 409, 413, 422}
ROOMS = {
    "/quan-tri": "admin",
    "/thiet-ke": "designer",
    "/kiem-toan": "auditor",
    "/khong-phu-hop": "auditor",
    "/tiep-nhan": "one_stop_officer",
    "/tra-ket-qua": "one_stop_officer",
    "/danh-gia/phieu": "one_stop_officer",
    "/tong-quan": "leader",
    "/dieu-hanh": "leader",
    "/quy-trinh": "leader",
    "/viec": "officer",
    "/ho-so": "officer",
    "/lien-thong": "officer",
    "/toi": "officer",
}
FIELDS = (
    "version", "key", "reason", "so", "task", "do", "agency", "name", "new", "receiver", "shown", "way", "clock",
    "rung", "officer", "fact.x", "amount", "document", "how", "yaml", "digest", "steps", "clause", "text", "cause",
    "ma", "kt", "diem", "y_kien", "url", "login", "password", "applicant.name", "accept.fee_paid", "hang", "thu_tuc",
)  # fmt: skip
ASKED = (
    "co_quan", "thu_tuc", "buoc", "hoi", "vi_tri", "nguoi", "mau", "lau", "sau", "hang", "tu", "den", "tre", "bang",
)  # fmt: skip


def routes(site: Site) -> Iterator[tuple[str, str, list[str]]]:
    """Every method, address and required or possible question of the application, the API and the stream apart."""
    application: Any = client_of(site).app
    for route in application.routes:
        contexts = getattr(route, "effective_route_contexts", None)
        for each in [route] if contexts is None else contexts():
            if each.path.startswith(("/api/", "/viec/luong")):
                continue
            names = [one.alias for one in getattr(getattr(each, "dependant", None), "query_params", ())]
            for method in sorted({"GET", "POST"} & (getattr(each, "methods", None) or set())):
                yield method, each.path, [*names, *ASKED]


def state(site: Site) -> list[tuple[str, int]]:
    """Records by kind of stream, what was denied or read apart, and rows that people change."""
    store = site.house.store
    found: dict[str, int] = {}
    for record in store.all_records():
        kind = record.stream.partition(":")[0]
        found[kind] = found.get(kind, 0) + 1
    found.pop("access", None)
    found["accounts"], found["versions"] = len(store.accounts()), len(store.versions())
    return sorted(found.items())


@pytest.fixture
def visitors(province: Site, signed_in: ENTER) -> dict[str, tuple[TestClient, str]]:
    """A client for each room, and the token of their forms; the empty one is nobody's."""
    people = {part: signed_in(part) for part in {*ROOMS.values()}}
    found = {part: (client_of(province, who), who.csrf) for part, who in people.items()}
    return {**found, "": (client_of(province), "")}


def words(names: list[str] | tuple[str, ...], turn: int) -> dict[str, str]:
    """Give each name a word, another one at each turn."""
    known = list(WORDS.values())
    return {name: known[(place + turn) % len(known)] for place, name in enumerate(names)}


@pytest.mark.parametrize("turn", [0, 4])
def test_no_word_breaks_an_address_or_a_form(
    province: Site, visitors: dict[str, tuple[TestClient, str]], tmp_path: Path, turn: int
) -> None:
    """In the path, in the question and in every field: an answer below 500, no header of theirs, no change."""
    wrong = []
    before = state(province)
    code = next(iter(province.house.store.iterate(open_only=True))).dossier.code
    for place, (method, pattern, names) in enumerate(routes(province)):
        room = next((part for root, part in ROOMS.items() if pattern.startswith(root)), "")
        client, csrf = visitors[room]
        [word] = words([pattern], turn + place).values()
        path = pattern.replace("{code}", code if method == "POST" else "{code}")
        path = re.sub(r"\{[^}]*\}", quote(word, safe=""), path)
        form = {**words(FIELDS, turn + place), "csrf": csrf} if method == "POST" else None
        answer = client.request(method, path, params=words(names, turn), data=form)
        if answer.status_code not in CLEAN or "broken" in answer.headers.get("set-cookie", ""):
            wrong.append((method, pattern, answer.status_code))

    assert [] == wrong
    assert before == state(province)
    with notice_file(tmp_path / "notices.txt") as notices:
        assert {} == run_round(province.house, province.press, notices).swept.failed


def test_a_nul_is_refused_at_the_door(visitors: dict[str, tuple[TestClient, str]]) -> None:
    """A53: in an address, in its question, in a form of either kind; PostgreSQL would break over it further in."""
    client, csrf = visitors["officer"]
    form = {"csrf": csrf, "login": "a\0b"}
    answers = [
        client.get("/ho-so/a%00b"),
        client.get("/viec?hang=%00"),
        client.post("/dang-nhap", data=form),
        client.post("/dang-nhap", data=form, files={"file": ("a.pdf", b"\0")}),
        client.post("/dang-nhap", data={**form, "login": ["a\0", "b"]}),
        client.get("/viec?hang=%00&hang=all"),
        client.post("/dang-nhap", data={"csrf": csrf, "a\0": "b"}),
    ]

    assert [400] * 7 == [answer.status_code for answer in answers]


@pytest.mark.parametrize(
    "raw", ["%ff%fe", "%ed%a0%80", "%", "%00", "%c0%ae%c0%ae/", "..%2f..%2fetc%2fpasswd"]
)
@pytest.mark.parametrize("root", ["/ho-so/", "/tra-cuu?kt=x&ma=", "/static/", "/viec?hang="])
def test_bytes_that_are_no_text_are_no_address(
    visitors: dict[str, tuple[TestClient, str]], root: str, raw: str
) -> None:
    """A51, A53: half a character, a surrogate, NUL, a way out of the folder: refused as not readable or not there."""
    assert visitors["officer"][0].get(f"{root}{raw}").status_code in {200, 307, 400, 404, 422}


@dataclass
class Desk:
    """A dossier that waits for its counter, and the counter's officer."""

    site: Site
    stored: Stored
    client: TestClient
    csrf: str

    def press(self, transition: str = "accept", **changes: Any) -> tuple[int, str]:
        """Press a button of the page; status and words of the answer."""
        form = {"csrf": self.csrf, "version": "1", "key": "k", "fact.fee_paid": "yes", **changes}
        data = {name: value for name, value in form.items() if value is not None}
        answer = self.client.post(f"/ho-so/{self.stored.dossier.code}/{transition}", data=data)
        return answer.status_code, answer.text

    @property
    def seq(self) -> int:
        """How many records there are."""
        return self.site.house.store.load(self.stored.dossier.code).seq


@pytest.fixture
def desk(province: Site, signed_in: ENTER) -> Desk:
    """A household business that is not accepted yet."""
    stored = on_the_way(province, HOUSEHOLD)
    who = signed_in(somebody(province, stored.dossier, "counter").person or "")
    return Desk(province, stored, client_of(province, who), who.csrf)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"version": "0"}, 409, id="A39-stale"),
        pytest.param({"version": None}, 422, id="A39-no-version"),
        pytest.param({"version": "²"}, 422, id="A39-no-number"),
        pytest.param({"version": "1" * 5000}, 422, id="A39-endless-number"),
        pytest.param({"key": None}, 422, id="A40-no-key"),
        pytest.param({"key": "k" * 10_000}, 422, id="A42-long-key"),
        pytest.param({"key": "a\x07b"}, 422, id="A42-control-sign"),
        pytest.param({"transition": "sign"}, 409, id="A44-not-enabled"),
        pytest.param({"transition": "fly"}, 409, id="A44-unknown"),
        pytest.param({"fact.docs_complete": "yes"}, 422, id="A46-a-fact-of-the-platform"),
        pytest.param({"fact.state": "closed"}, 422, id="A46-no-fact"),
        pytest.param({"paper": "../../etc"}, 422, id="A46-no-paper"),
        pytest.param({"fact.fee_paid": "no"}, 409, id="A44-guard"),
        pytest.param({"transition": "extend", "amount": "NaN", "reason": "x"}, 422, id="A50-nan"),
        pytest.param({"transition": "extend", "amount": "1e400", "reason": "x"}, 422, id="A50-endless"),
        pytest.param({"transition": "extend", "amount": "-1", "reason": "x"}, 422, id="A50-negative"),
        pytest.param({"csrf": ""}, 403, id="A58-form-of-another-site"),
    ],
)
def test_a_form_that_is_not_ours_changes_nothing(desk: Desk, changes: dict[str, Any], status: int) -> None:
    """Each is refused on the same page with a reason, and the dossier stays where it was."""
    answer, page = desk.press(**{"transition": "accept", **changes})

    assert (status, 1) == (answer, desk.seq)
    assert 'role="alert"' in page or status == 403


def test_what_is_typed_beside_the_form_is_not_taken(desk: Desk) -> None:
    """A46, A57: fields that no form of ours has count for nothing; of a version that comes twice the last counts."""
    stale, _ = desk.press(version=["1", "0"])
    unmoved = desk.seq
    status, _ = desk.press(
        state="closed",
        owner_agency="H99",
        at="2020-01-01T00:00:00Z",
        actor="an",
        code="x",
        key="other",
        version=["0", "1"],
    )
    after = desk.site.house.store.load(desk.stored.dossier.code).dossier

    assert (409, 1) == (stale, unmoved)
    assert (303, ("appraising",), desk.stored.dossier.agency) == (status, after.states, after.agency)


def test_a_key_of_another_form_is_refused_and_an_ended_dossier_stays_ended(desk: Desk) -> None:
    """A41, A45: the same key for something else is a conflict; after the end nothing is possible."""
    bare = {"fact.fee_paid": None}
    first, again, other = (
        desk.press("reject_intake", reason=reason, **bare)
        for reason in ("không thuộc thẩm quyền", "không thuộc thẩm quyền", "lý do khác")
    )
    ended = desk.press("accept", version="2", key="new")

    assert [303, 303, 409, 409] == [status for status, _ in (first, again, other, ended)]
    assert 2 == desk.seq


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_was_wrong_is_said_in_the_language_of_the_page(desk: Desk, lang: str) -> None:
    """The same fault, in the words of each."""
    desk.client.get(f"/viec?lang={lang}")
    _, page = desk.press(version="0")

    assert ("đã thay đổi" if lang == "vi" else "has moved on") in page


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/xml"])
def test_a_body_of_another_kind_is_no_form(desk: Desk, kind: str) -> None:
    """A58: what a foreign form can send without asking has no token."""
    body = f"csrf={desk.csrf}&version=1&key=k&fact.fee_paid=yes"
    target = f"/ho-so/{desk.stored.dossier.code}/accept"
    answer = desk.client.post(target, content=body, headers={"content-type": kind})

    assert (403, 1) == (answer.status_code, desk.seq)


def test_headers_make_no_other_request_of_a_form(desk: Desk) -> None:
    """A59, A60: no method but the real one, no address but that of the connection."""
    code = desk.stored.dossier.code
    over = {"x-http-method-override": "POST", "x-forwarded-for": "127.0.0.1", "x-forwarded-host": "evil"}
    answers = [
        desk.client.get(f"/ho-so/{code}", headers=over),
        desk.client.get(f"/ho-so/{code}/accept", headers=over),
        desk.client.delete(f"/ho-so/{code}"),
    ]

    assert ([200, 405, 405], 1) == ([each.status_code for each in answers], desk.seq)
    assert "evil" not in answers[0].text


def test_who_sends_slowly_holds_up_nobody(province: Site) -> None:
    """A49: forty connections that begin a form and never end it; the next visitor is served all the same."""
    head = b"POST /dang-nhap HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nlogin=a"
    with served(province) as address:
        port = int(address.rpartition(":")[2])
        slow = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(40)]
        for each in slow:
            each.sendall(head)
        with socket.create_connection(("127.0.0.1", port), 30) as quick:
            quick.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = quick.recv(100)
        for each in slow:
            each.close()

    assert answer.startswith(b"HTTP/1.1 200")

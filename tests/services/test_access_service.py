"""Accounts, sessions, and who may see a dossier."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from world import FIRE, LEAD, PROVINCE, Office, directory

from audit.record import from_raw
from audit.verify import Level
from motcua.services.access import (
    Doors,
    Position,
    SignInRefused,
    UnfitAccount,
    UnfitPassword,
    Visitor,
    add_account,
    authorize,
    begin,
    change_password,
    disable,
    may_see,
    narrowed,
    recognise,
    seen,
    sign_in,
    sign_out,
)
from motcua.services.adopting import adopt_directory
from motcua.services.auditing import verify_store
from motcua.services.inbox import inbox
from motcua.services.listing import listed
from motcua.services.ports import DossierNotFound
from states.commands import Actor

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
WORD = "trời xanh mây trắng"
ENTERS: Mapping[str, tuple[str, ...]] = {
    "officer": ("officer",),
    "one_stop_officer": ("officer", "counter"),
    "head": ("officer", "supervisor", "leader"),
    "chairman": ("leader",),
}
DOORS = Doors(
    {name: Position({"vi": name}, rooms) for name, rooms in ENTERS.items()},
    timedelta(minutes=15),
    timedelta(hours=8),
)


def salted() -> Office:
    """A house in which no two tokens are the same."""
    office, numbers = Office(), count(1)
    office.house = replace(office.house, new_salt=lambda: next(numbers).to_bytes(32, "big"))
    return office


def visitor(office: Office, person: str, *duties: str) -> Visitor:
    """Sign a person in by an account of their own."""
    account = add_account(office.house, f"{person}.login", person, person, duties=duties)
    found = recognise(office.house, DOORS, begin(office.house, DOORS, account, NOW).token, NOW)
    assert found is not None
    return found


def kinds(office: Office, person: str) -> list[str]:
    """The kinds of events in the stream of a person's access."""
    raws = [from_raw(row.raw) for row in office.store.records(f"access:{person}")]
    return [str(raw.events[0]["kind"]) for raw in raws]


def test_rooms_follow_from_todays_posts_and_from_the_accounts_duties() -> None:
    """An officer of the one-stop unit enters two rooms, a designer without a post one, a stranger none."""
    office = salted()
    counter, designer, nobody = (
        visitor(office, "counter"),
        visitor(office, "thu", "designer"),
        visitor(office, "stranger"),
    )

    assert [{"officer", "counter"}, {"designer"}, set()] == [v.rooms for v in (counter, designer, nobody)]
    assert [(LEAD,), (), ()] == [v.agencies for v in (counter, designer, nobody)]
    assert Actor("officer", "counter", LEAD, "one_stop_officer") == counter.actor
    assert ((), (LEAD,)) == (counter.oversees, visitor(office, "head").oversees)


def test_every_reason_not_to_let_somebody_in_sounds_the_same() -> None:
    """Unknown login, wrong password, disabled account, account without a password; the trail tells known ones apart."""
    office = salted()
    for login in ("an", "closed"):
        add_account(office.house, login, login, login, password=WORD)
    add_account(office.house, "sso", "sso", "sso")
    disable(office.house, "closed")
    said = set()
    for login, word in (("nobody", WORD), ("an", "another word"), ("closed", WORD), ("sso", WORD)):
        with pytest.raises(SignInRefused) as refused:
            sign_in(office.house, DOORS, login, word, NOW)
        said.add(refused.value.message("vi"))
    entered = sign_in(office.house, DOORS, " An", WORD, NOW)

    assert 1 == len(said)
    assert ["account_added", "sign_in_refused", "signed_in"] == kinds(office, "an")
    assert "an" == getattr(recognise(office.house, DOORS, entered.token, NOW), "person", None)
    assert WORD not in str([row.raw for row in office.store.all_records()])


def test_signing_in_gives_a_new_token_and_ends_the_session_that_the_browser_held() -> None:
    """S88: a token that somebody planted is worth nothing afterwards, and a planted unknown one is never taken over."""
    office = salted()
    add_account(office.house, "an", "an", "An", password=WORD)
    first = sign_in(office.house, DOORS, "an", WORD, NOW, held="planted")
    second = sign_in(office.house, DOORS, "an", WORD, NOW, held=first.token)
    known = [recognise(office.house, DOORS, one, NOW) for one in ("planted", first.token, second.token)]

    assert [False, False, True] == [one is not None for one in known]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        pytest.param([14], True, id="used-in-time"),
        pytest.param([15], False, id="idle"),
        pytest.param(list(range(10, 480, 10)), True, id="used-all-day"),
        pytest.param(list(range(10, 490, 10)), False, id="too-old"),
    ],
)
def test_a_session_ends_when_it_is_idle_or_too_old(minutes: list[int], expected: bool) -> None:
    """After 15 minutes without use, and after eight hours in any case; what ended never comes back."""
    office = salted()
    account = add_account(office.house, "an", "an", "An")
    token = begin(office.house, DOORS, account, NOW).token
    found = [recognise(office.house, DOORS, token, NOW + timedelta(minutes=n)) for n in minutes]

    assert expected == (found[-1] is not None)
    assert expected == (
        recognise(office.house, DOORS, token, NOW + timedelta(minutes=minutes[-1])) is not None
    )


def test_disabling_signing_out_and_another_password_end_sessions_at_once() -> None:
    """S89: the cookie of a disabled user opens nothing, and an account that was disabled stays so."""
    office = salted()
    ends = {}
    for name in ("disabled", "left", "changed"):
        account = add_account(office.house, name, name, name, password=WORD)
        ends[name] = begin(office.house, DOORS, account, NOW).token
    disable(office.house, "disabled")
    disable(office.house, "disabled")
    sign_out(office.house, ends["left"])
    sign_out(office.house, ends["left"])
    change_password(office.house, "changed", "hoa phượng đỏ tháng năm")

    assert [None] * 3 == [recognise(office.house, DOORS, token, NOW) for token in ends.values()]
    assert ["account_added", "signed_in", "account_disabled"] == kinds(office, "disabled")
    assert ["account_added", "signed_in", "signed_out"] == kinds(office, "left")
    assert () == verify_store(office.house, Level.LEGAL).findings


@pytest.mark.parametrize("login", ["A", "a", "an nguyen", "../an", "an\n", "a" * 65, ""])
def test_a_login_that_could_be_mistaken_is_refused(login: str) -> None:
    """Small letters, digits, dots, dashes."""
    with pytest.raises(UnfitAccount):
        add_account(salted().house, login, "an", "An")


def test_names_ids_and_duties_are_checked_too() -> None:
    """Nothing that cannot be printed, no id with spaces, no duty that the platform does not know."""
    house = salted().house
    for person, name, duties in (
        ("a b", "An", ()),
        ("an", "\u202eAn", ()),
        ("an", " ", ()),
        ("an", "An", ("king",)),
    ):
        with pytest.raises(UnfitAccount):
            add_account(house, "an", person, name, duties=duties)


@pytest.mark.parametrize("word", ["short", "x" * 129, "aaaaaaaaaaaaaaaa", "this is an.nguyen1"])
def test_a_password_that_is_short_endless_or_easily_guessed_is_refused(word: str) -> None:
    """At least twelve characters, at most 128, not one letter over and over, not the login."""
    with pytest.raises(UnfitPassword):
        add_account(salted().house, "an.nguyen", "an", "An", password=word)


def test_a_dossier_is_seen_by_whom_it_concerns_by_their_leaders_above_and_by_auditors() -> None:
    """Anybody else gets the same answer as for a dossier that does not exist, and that is recorded."""
    office = salted()
    code = office.accepted()
    stored = office.store.load(code)
    officer, fire, chairman, auditor = (
        visitor(office, "officer"),
        visitor(office, "firefighter"),
        visitor(office, "chairman"),
        visitor(office, "kiem", "auditor"),
    )
    assert (LEAD, FIRE, PROVINCE) == (officer.agencies[0], fire.agencies[0], chairman.agencies[0])
    looks = [may_see(office.house, one, stored) for one in (officer, fire, chairman, auditor)]
    acts = [
        authorize(office.house, one, "approve", stored).allowed for one in (officer, fire, chairman, auditor)
    ]

    assert ([True, False, True, True], [True, False, False, False]) == (looks, acts)
    assert stored.id == seen(office.house, officer, code).id
    for wanted in (code, "H99.01-260302-9999"):
        with pytest.raises(DossierNotFound) as missing:
            seen(office.house, fire, wanted)
        assert DossierNotFound(code=wanted).message("vi") == missing.value.message("vi")
    assert ["account_added", "signed_in", "access_denied"] == kinds(office, "firefighter")


def test_an_agency_sees_a_dossier_from_when_it_is_asked_to_act() -> None:
    """The fire police sees it as soon as its check is open, and still does when it has answered."""
    office = salted()
    code = office.accepted()
    fire = visitor(office, "firefighter")
    sees = [may_see(office.house, fire, office.store.load(code))]
    for step, officer in (("appraise", "officer"), ("answer", "firefighter")):
        sees.append(may_see(office.house, fire, office.send(code, step, officer)))

    assert [False, True, True] == sees


def test_whoever_moves_to_another_agency_sees_what_concerns_that_one() -> None:
    """S92: with the next click after the directory changed, in the middle of a dossier."""
    office = salted()
    stored = office.store.load(office.accepted())
    token = begin(office.house, DOORS, add_account(office.house, "an", "officer", "An"), NOW).token
    before = recognise(office.house, DOORS, token, NOW)
    usual = directory()
    moved = [replace(post, agency=FIRE) if post.officer == "officer" else post for post in usual.posts]
    adopt_directory(office.house, replace(usual, posts=tuple(moved)), "admin")
    office.house.worlds.refresh()
    after = recognise(office.house, DOORS, token, NOW)

    assert before is not None and after is not None
    assert [(LEAD,), (FIRE,)] == [before.agencies, after.agencies]
    assert [True, False] == [may_see(office.house, one, stored) for one in (before, after)]


def test_an_auditors_account_only_reads_and_what_it_read_is_recorded() -> None:
    """Also where the person holds a post; looking on at the same dossier adds nothing, coming back to it does."""
    office = salted()
    code = office.accepted()
    auditor = visitor(office, "officer", "auditor", "designer")

    assert (frozenset({"auditor"}), ()) == (auditor.rooms, auditor.agencies)
    stored = seen(office.house, auditor, code)
    assert not authorize(office.house, auditor, "appraise", stored).allowed
    assert ["account_added", "signed_in", "dossier_read"] == kinds(office, "officer")
    for looked_at in (code, office.accepted(), code, code):
        seen(office.house, auditor, looked_at)
    assert ["account_added", "signed_in", *["dossier_read"] * 3] == kinds(office, "officer")


def test_an_inbox_of_an_agency_shows_only_what_the_database_shows_it() -> None:
    """The queries of the services under a wrong agency: nothing; a leader above sees all below, an auditor all."""
    office = salted()
    code = office.accepted()
    people = ("officer", "firefighter", "head", "chairman")
    houses = {name: narrowed(office.house, visitor(office, name)) for name in people}
    houses["auditor"] = narrowed(office.house, visitor(office, "kiem", "auditor"))
    rows = {name: len(inbox(house, "officer")["rows"]) for name, house in houses.items()}
    lists = {name: [row["code"] for row in listed(house)] for name, house in houses.items()}

    assert {"officer": 1, "firefighter": 0, "head": 1, "chairman": 1, "auditor": 1} == rows
    assert {**{name: [code] for name in lists}, "firefighter": []} == lists

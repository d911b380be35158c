"""A reorganisation takes mandates and people along: authority goes on at the heir, or lapses with a reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from fakes import MemoryStore
from merging import DAY, MERGED, OTHER, Communes, merger
from stores import KINDS, each_store
from world import LEAD, PAUSING, RESTARTING

from audit.record import from_raw
from audit.verify import Level
from motcua.services.access import Doors, Position, Visitor, add_account, begin, may_see, narrowed, recognise
from motcua.services.auditing import verify_store
from motcua.services.delegating import DelegationRefused, Terms, acting, grant, listed_delegations, stand_ins
from motcua.services.inbox import inbox
from motcua.services.listing import listed
from motcua.services.ports import Delegation, Store
from motcua.services.previewing import preview
from motcua.services.reorganising import take_effect
from motcua.services.transitions import Particulars, send
from states.agency import Agency
from states.reorganisation import ChangeKind, RegistryChange, Seat, Share
from states.term import parse_term

DOORS = Doors({"officer": Position({"vi": "cb"}, ("officer",))}, timedelta(minutes=15), timedelta(hours=8))
NORTH, SOUTH = "H99.07", "H99.08"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    yield from each_store(request)


@pytest.fixture
def memory() -> Store:
    """An empty store in memory, where what is claimed does not hang on the database."""
    return MemoryStore()


def communes(store: Store, dossiers: int = 8) -> Communes:
    """Two communes before their merge; no two tokens of sessions are the same."""
    made, numbers = Communes(store, dossiers), count(1)
    made.office.house = replace(made.house, new_salt=lambda: next(numbers).to_bytes(32, "big"))
    return made


def given(made: Communes, grantor: str, holder: str, agency: str = LEAD, **changes: Any) -> Delegation:
    """Somebody lets another act for them, for a month from now."""
    now = made.office.clock.at
    terms: dict[str, Any] = {"since": now, "until": now + timedelta(days=30), **changes}
    return grant(made.house, Terms(grantor, holder, f"15/UQ-{grantor}", agency, **terms))


def let(made: Communes, change: RegistryChange) -> str:
    """Review a change and let it take effect on its day; return its digest."""
    reviewed = made.review(change)
    made.until_the_day()
    [effected] = take_effect(made.house)
    assert {} == effected.failed
    return reviewed.digest


def after(made: Communes, former: Delegation) -> list[tuple[str, tuple[str, ...]]]:
    """Where a mandate goes on, and for which procedures."""
    return [(one.agency, one.procedures) for one in made.store.delegations() if one.follows == former.id]


def kinds(made: Communes, person: str) -> list[str]:
    """The kinds of events in the stream of a person's access."""
    rows = made.store.records(f"access:{person}")
    return [str(from_raw(row.raw).events[0]["kind"]) for row in rows]


def visitor(made: Communes, person: str) -> Visitor:
    """Sign a person in by an account of their own."""
    now = made.office.clock.at
    account = made.store.account(person) or add_account(made.house, person, person, person)
    found = recognise(made.house, DOORS, begin(made.house, DOORS, account, now).token, now)
    assert found is not None
    return found


def test_a_mandate_goes_on_at_the_heir_and_names_the_one_before_and_the_act(store: Store) -> None:
    """The old one stays in history, ended that day; the new one counts at once; the trail is legal."""
    made = communes(store)
    former = given(made, "head", "officer")
    digest = let(made, merger())
    [heir] = stand_ins(made.house, "officer")
    known = made.store.delegation(former.id)
    [code, *_] = [d.code for d in made.open() if "legal" in d.clocks and d.clocks["legal"].running]
    longer = Particulars(reason="because", by=parse_term("working_days", "2"))
    send(made.house, code, "extend", acting(made.house, "officer", heir.id), None, longer)
    with pytest.raises(DelegationRefused, match=f"goes on as {heir.id}"):
        send(made.house, code, "extend", acting(made.house, "officer", former.id), None, longer)

    assert (MERGED, former.id, digest) == (heir.agency, heir.follows, heir.change)
    assert (former.document, former.until, made.office.clock.at) == (heir.document, heir.until, heir.since)
    assert replace(former, revoked_at=made.office.clock.at) == known
    assert ["delegation_granted", "delegation_rebound"] == kinds(made, "head")
    assert () == verify_store(made.house, Level.LEGAL).findings


def test_a_mandate_of_whoever_has_no_seat_at_the_heir_lapses_with_the_reason(memory: Store) -> None:
    """Of two heads one leads the new commune; the other's authority is nobody's to use any more."""
    made = communes(memory)
    former = given(made, "head.2", "officer", OTHER)
    let(made, merger())
    event = from_raw(made.store.records("access:head.2")[-1].raw).events[0]
    row = next(row for row in listed_delegations(made.house) if row["id"] == former.id)

    assert [] == after(made, former)
    assert ("delegation_lapsed", former.id) == (event["kind"], event["delegation"])
    assert ("the giver holds no post at who took over", True) == (event["reason"], row["revoked"])


def test_a_mandate_follows_once_however_often_the_change_is_looked_at(memory: Store) -> None:
    """Two more rounds add nothing; one taken back before, or over, is left alone."""
    made = communes(memory)
    former = given(made, "head", "officer")
    let(made, merger())
    again = [take_effect(made.house), take_effect(made.house)]

    assert [[], []] == again
    assert [(MERGED, ())] == after(made, former)


def parted(**changes: Any) -> RegistryChange:
    """One commune is split: restarting procedures go to the north, all the rest to the south."""
    change = RegistryChange(
        ChangeKind.SPLIT, DAY, "2/NQ", (LEAD,), (Share(SOUTH), Share(NORTH, (RESTARTING,))),
        new=tuple(Agency(c, c, "committee", "commune", "H99", "vn-gov") for c in (NORTH, SOUTH)),
        follow=("one_stop_officer", "officer", "unit_head"),
        seats=(Seat("head", SOUTH, "head"), Seat("head", NORTH, "head")),
    )  # fmt: skip
    return replace(change, **changes)


def test_a_split_divides_a_mandate_as_it_divides_the_work(memory: Store) -> None:
    """Whoever leads both keeps both; an officer who went to one of them lends authority there alone."""
    made = communes(memory)
    whole, one = given(made, "head", "officer"), given(made, "head", "officer", procedures=(PAUSING,))
    narrow = given(made, "unit_head", "officer")
    let(made, parted())

    assert {(SOUTH, ()), (NORTH, (RESTARTING,))} == set(after(made, whole))
    assert [(SOUTH, (PAUSING,))] == after(made, one)
    assert [(SOUTH, ())] == after(made, narrow)


def test_a_transfer_and_a_new_name_leave_a_mandate_of_who_stays_as_it_is(memory: Store) -> None:
    """The agency keeps its giver; one for what went elsewhere alone lapses, for nobody there gave it."""
    made = communes(memory)
    kept, gone = given(made, "head", "officer"), given(made, "head", "officer", procedures=(RESTARTING,))
    renamed = RegistryChange(ChangeKind.RENAME, DAY, "3/NQ", (LEAD,), name="Phường Một")
    let(made, renamed)
    moved = RegistryChange(ChangeKind.TRANSFER, DAY, "4/NQ", (LEAD,), (Share(OTHER, (RESTARTING,)),))
    let(made, moved)
    ended = [made.store.delegation(one.id) for one in (kept, gone)]

    assert [True, False] == [one is not None and one.revoked_at is None for one in ended]
    assert ([], []) == (after(made, kept), after(made, gone))


def test_an_officer_signs_in_the_day_after_and_is_at_the_heir(store: Store) -> None:
    """Rooms, inbox, lists and what the database shows follow from posts: both communes' dossiers, and no stranger's."""
    made = communes(store)
    before = visitor(made, "officer")
    own = {d.code for d in made.open() if d.agency == LEAD}
    seen = {d.code for d in made.open() if may_see(made.house, before, made.store.load(d.code))}
    let(made, merger())
    now = visitor(made, "officer")
    all_open = {dossier.code for dossier in made.open()}
    mine = {row["code"] for row in inbox(made.house, now.person)["rows"]}
    out = visitor(made, "head.2")

    assert (own, (LEAD,), (MERGED,)) == (seen, before.agencies, now.agencies)
    assert {True} == {may_see(made.house, now, made.store.load(code)) for code in all_open}
    assert all_open == {row["code"] for row in listed(narrowed(made.house, now), open_only=True)}
    assert mine and {code.partition("-")[0] for code in mine} == {LEAD, OTHER}
    assert ((), False) == (out.agencies, may_see(made.house, out, made.store.load(all_open.pop())))


def test_a_preview_tells_whom_and_what_a_merge_would_touch_and_writes_nothing(memory: Store) -> None:
    """Dossiers by their way, tasks, mandates that go on or lapse, officers who would be left without a post."""
    made = communes(memory)
    given(made, "head", "officer")
    given(made, "head.2", "officer.2", OTHER)
    reviewed = made.review(merger())
    records = len(list(memory.all_records()))
    found = preview(made.house, reviewed)
    open_ones = list(made.open())

    assert {f"{LEAD} → {MERGED}", f"{OTHER} → {MERGED}"} == set(found.dossiers)
    assert len(open_ones) == found.dossiers.total()
    assert sum(len(one.tasks) for one in open_ones) >= found.tasks > 0
    assert [("head", [MERGED]), ("head.2", [])] == [
        (m.former.grantor, list(m.scopes)) for m in found.mandates
    ]
    assert (["head.2"], records) == (found.leaving, len(list(memory.all_records())))
    assert ("head", MERGED) in {(post.officer, post.agency) for post in found.joining}

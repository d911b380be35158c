"""The sweep: everything that fell due takes effect once, however late and by however many."""

from typing import Any

from troubled import TroubledStore
from world import RESTARTING, Office

from motcua.services.deadlines import foresee, pass_deadlines
from states.errors import CalendarHorizonError


def fired(office: Office, code: str) -> dict[str, tuple[str, ...]]:
    """Rungs that fired in the present epoch of each clock."""
    return {clock.id: clock.fired for clock in office.store.load(code).dossier.clocks.values()}


def rungs(office: Office, code: str) -> dict[str, list[str]]:
    """The same without silences, whose time counts from when the rung was told, not from when it was due."""
    return {
        clock: [name for name in names if "." not in name] for clock, names in fired(office, code).items()
    }


def test_a_sweep_with_nothing_due_does_nothing() -> None:
    """No record is written before the first rung is due."""
    office = Office()
    code = office.accepted()

    swept = pass_deadlines(office.house)

    assert (0, 0, 0, {}) == (swept.rungs, swept.lapsed, swept.outrun, swept.failed)
    assert 2 == office.store.load(code).seq


def test_missed_rungs_fire_in_order_after_downtime_and_only_once() -> None:
    """A sweep after a silent week fires what a sweep every hour would have fired, and the next one nothing."""
    asleep, awake = Office(), Office()
    codes = asleep.accepted(), awake.accepted()
    asleep.wait(days=7)
    for _ in range(7 * 24):
        awake.wait(hours=1)

    assert rungs(awake, codes[1]) == rungs(asleep, codes[0])
    assert 0 == pass_deadlines(asleep.house).rungs


def test_a_silent_applicant_is_moved_by_the_clock() -> None:
    """A supplement unanswered until its day has passed closes the dossier, by the system."""
    office = Office()
    code = office.accepted()
    office.send(code, "ask_more", "officer")
    office.pass_time(days=16)

    swept = pass_deadlines(office.house)

    assert 1 == swept.lapsed
    assert (("stopped",), "stopped") == (
        office.store.load(code).dossier.states,
        office.store.load(code).dossier.outcome,
    )


def test_more_dossiers_than_a_batch_are_all_swept() -> None:
    """A sweep goes on until nothing is due."""
    office = Office()
    codes = [office.accepted() for _ in range(5)]
    office.pass_time(days=2)

    swept = pass_deadlines(office.house, limit=2)

    assert swept.rungs == sum(len(names) for code in codes for names in fired(office, code).values())
    assert 0 == len(foresee(office.house)[0])


def test_a_look_ahead_says_what_a_sweep_does_and_does_nothing() -> None:
    """The dry run names each effect with the instant it was due, and writes no record."""
    office = Office()
    code = office.accepted()
    office.pass_time(days=2)

    due, failed = foresee(office.house)
    before = office.store.load(code).seq
    swept = pass_deadlines(office.house)

    assert (2, {}) == (before, failed)
    assert swept.rungs == sum(item.kind == "rung" for item in due)
    assert {code} == {item.code for item in due}


def test_a_dossier_that_cannot_be_decided_holds_up_nobody_else() -> None:
    """It is reported with its reason and stays due; the others are swept."""
    office = Office()
    broken, sound = office.accepted(), office.accepted()
    office.pass_time(days=2)
    of, pinned = office.house.worlds.of, office.store.load(broken).dossier.cfg
    asked: list[str] = []

    def refusing(cfg: str) -> Any:
        asked.append(cfg)
        if len(asked) == 1:
            raise CalendarHorizonError(calendar="vn-gov", day="2028-01-01")
        return of(cfg)

    office.house.worlds.of = refusing  # type: ignore[method-assign]  # one dossier of two refuses
    swept = pass_deadlines(office.house)

    assert [pinned] == asked[:1]
    assert 1 == len(swept.failed)
    assert {2} < {office.store.load(code).seq for code in (broken, sound)}


def test_a_dossier_that_somebody_else_moved_is_looked_at_again() -> None:
    """A write that is outrun is counted and repeated, not lost."""
    store = TroubledStore()
    office = Office(store)
    code = office.accepted(RESTARTING)
    office.pass_time(days=2)
    store.outrun = 1
    swept = pass_deadlines(office.house)

    assert 1 == swept.outrun
    assert swept.rungs == sum(map(len, fired(office, code).values()))

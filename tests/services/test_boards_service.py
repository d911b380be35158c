"""What boards count: the same as the reports, once for each submission, and only of one's own agencies."""

from datetime import date, timedelta

import pytest
from world import FIRE, LEAD, PROVINCE, RESTARTING, Office, actor_of

from motcua.services.access import Visitor
from motcua.services.boards import (
    Choice,
    Narrowing,
    Period,
    UnreadableMonth,
    chart,
    desk_tasks,
    desks,
    hand_out,
    listed,
    overview,
    period_of,
    scope_of,
    unacknowledged,
)
from motcua.services.boards.rates import Rate
from motcua.services.ports import DossierFilter, ProcedureNotFound
from motcua.services.reports import standing
from motcua.services.tasks import claim
from states.directory import AgencyNotFound

TASK = "appraising#2"
MARCH = Period(date(2026, 3, 1), 1)


def visitor(person: str, agency: str, *, leads: bool = False, duties: tuple[str, ...] = ()) -> Visitor:
    """Somebody with a post in an agency, who leads it perhaps."""
    oversees = (agency,) if leads else ()
    actor = actor_of(person)
    rooms = frozenset({"supervisor", "leader"})
    return Visitor(person, person, rooms, (agency,), actor, "s", duties=duties, oversees=oversees)


HEAD = visitor("unit_head", LEAD)
CHAIRMAN = visitor("chairman", PROVINCE, leads=True)
STRANGER = visitor("firefighter", FIRE)


def decided(office: Office, days: float = 0) -> str:
    """A dossier that was decided so many days after it was accepted; five working days were promised."""
    code = office.accepted()
    for transition, officer in (("appraise", "officer"), ("visit", "officer"), ("answer", "firefighter")):
        office.send(code, transition, officer)
    if days:
        office.pass_time(days=days)
    office.send(code, "decide", "unit_head" if days else "head")
    return code


def test_the_overview_says_what_the_report_says() -> None:
    """Finished, on time, on the first day, open and late are the same sums, by another way."""
    office = Office()
    decided(office)
    decided(office, 9)
    office.send(office.accepted(), "withdraw", None)
    office.accepted()
    office.wait(days=9)
    said, total = overview(office.house, CHAIRMAN, MARCH), standing(office.house).total

    assert (total.finished, total.on_time, total.on_first, total.open, total.late) == (
        said["total"]["finished"],
        said["total"]["on_time"],
        round(said["total"]["first_percent"] * total.finished / 100),
        said["open"],
        said["late"],
    )
    assert (2, 1, 1) == (total.finished, total.on_time, total.late)
    assert [(LEAD, "few", 2)] == [
        (row["code"], row["total"]["word"], next(iter(row["cells"].values()))["finished"])
        for row in said["rows"]
    ]


def test_the_worst_come_first_with_whose_time_it_was() -> None:
    """The latest dossier leads the list, finished or not; somebody made each of them late."""
    office = Office()
    late = decided(office, 14)
    open_ = office.accepted()
    office.wait(days=12)
    said = overview(office.house, CHAIRMAN, MARCH)

    assert [late, open_] == [row["code"] for row in said["worst"]]
    assert [True, True] == [row["late"] and row["days"] > 0 for row in said["worst"]]
    assert 2 == sum(row["made_late"] for row in said["blame"])
    assert [] == overview(office.house, CHAIRMAN, MARCH, deep=False)["blame"]


def test_a_period_has_the_months_before_it_and_a_year() -> None:
    """Months are whole; over a new year too; what is no month, or backwards, is refused."""
    one = period_of("2026-01", "2026-02", date(2026, 3, 9))

    assert (date(2026, 1, 1), date(2026, 2, 28)) == one.days
    assert ["2025-11", "2025-12"] == one.before.names()
    assert ("2025-03", "2026-02", 12) == (one.year.names()[0], one.year.names()[-1], one.year.months)
    assert MARCH == period_of(None, None, date(2026, 3, 9))
    for since, until in (("2026-13", None), ("2026-03", "2026-02"), ("1991-01", "2026-01"), ("x", None)):
        with pytest.raises(UnreadableMonth):
            period_of(since, until, date(2026, 3, 9))


@pytest.mark.parametrize(
    ("finished", "on_time", "word", "percent"),
    [
        (0, 0, "none", None),
        (9, 0, "few", 0.0),
        (10, 7, "poor", 70.0),
        (10, 8, "fair", 80.0),
        (200, 190, "good", 95.0),
        (3000, 2999, "good", 99.9),
    ],
)
def test_few_dossiers_are_not_judged(finished: int, on_time: int, word: str, percent: float | None) -> None:
    """A rate over fewer than ten is told and has no colour; 100 percent means every single one."""
    rate = Rate(finished, on_time, on_time).plain()

    assert (word, percent) == (rate["word"], rate["percent"])


def test_counts_of_desks_are_those_of_their_lists() -> None:
    """By step and by officer, each count by light equals the rows that its link leads to."""
    office = Office()
    first = office.accepted()
    claim(office.house, first, TASK, actor_of("officer"))
    office.accepted()
    office.open()
    office.wait(days=9)
    board = desks(office.house, HEAD)

    assert 3 == board["total"]["all"] == sum(row["all"] for row in board["officers"])
    for row in board["steps"]:
        for light in ("late", "soon", "good", "paused"):
            narrowing = Narrowing(
                procedure=row["procedure"]["code"], state=row["state"], asked=row["asked"], light=light
            )
            assert row[light] == len(desk_tasks(office.house, HEAD, narrowing)["rows"])
    assert board["total"]["aged"] == len(desk_tasks(office.house, HEAD, Narrowing(aged=True))["rows"]) == 3
    everything = desk_tasks(office.house, HEAD, Narrowing(), limit=2)
    rest = desk_tasks(office.house, HEAD, Narrowing(), everything["next"], limit=2)
    assert ((2, 1), None) == ((len(everything["rows"]), len(rest["rows"])), rest["next"])


def test_tasks_are_handed_out_each_with_its_own_result() -> None:
    """One goes, one is refused for an unfit officer, one because the page was stale; sent again, nothing changes."""
    office = Office()
    codes = [office.accepted() for _ in range(3)]
    version = office.store.load(codes[0]).dossier.version
    choices = [
        Choice(codes[0], TASK, version, "colleague"),
        Choice(codes[1], TASK, version, "counter"),
        Choice(codes[2], TASK, version - 1, "colleague"),
    ]
    results = [hand_out(office.house, HEAD, choices, "form") for _ in range(2)]

    refusals = [[type(row["error"]).__name__ for row in result] for result in results]
    assert [["NoneType", "UnfitOfficer", "StaleDossier"]] * 2 == refusals
    tasks = [office.store.load(code).dossier.tasks[0].assignee for code in codes]
    assert ["colleague", None, None] == tasks
    assert version + 1 == office.store.load(codes[0]).dossier.version


def test_a_stranger_hands_nothing_out_and_sees_nothing() -> None:
    """What does not concern their agency does not exist for them, whatever they ask for."""
    office = Office()
    code = office.accepted()
    version = office.store.load(code).dossier.version
    [result] = hand_out(office.house, STRANGER, [Choice(code, TASK, version, "colleague")], "form")

    assert "DossierNotFound" == type(result["error"]).__name__
    assert (0, []) == (
        desks(office.house, STRANGER)["total"]["all"],
        unacknowledged(office.house, STRANGER)["rungs"],
    )
    for ask in (desks, unacknowledged):
        with pytest.raises(AgencyNotFound):
            ask(office.house, STRANGER, LEAD)


def test_leaders_look_down_and_others_only_at_their_own() -> None:
    """Who leads the province counts all of it; an officer of it does not; an auditor may name any agency."""
    house = Office().house

    assert frozenset({PROVINCE, LEAD, FIRE}) == scope_of(house, CHAIRMAN)
    assert frozenset({PROVINCE}) == scope_of(house, visitor("chairman", PROVINCE))
    auditor = visitor("counter", LEAD, duties=("auditor",))
    assert (None, frozenset({FIRE})) == (scope_of(house, auditor), scope_of(house, auditor, FIRE))


def test_escalations_that_nobody_confirmed_are_shown_to_those_they_reached() -> None:
    """The board shows the rung to whoever oversees the agency; only a recipient gets the button."""
    office = Office()
    code = office.accepted()
    office.wait(days=3)
    [awaited] = office.store.load(code).dossier.awaited
    person = awaited.recipients[0]
    [row] = unacknowledged(office.house, CHAIRMAN)["rungs"]
    [mine] = unacknowledged(office.house, visitor(person, awaited.agency))["rungs"]

    assert (code, awaited.rung, False, True) == (row["code"], row["rung"], row["mine"], mine["mine"])


def test_the_map_counts_each_state_and_leads_to_its_dossiers() -> None:
    """A dossier in parallel states counts in each; the list of a state holds those that stand in it."""
    office = Office()
    code = office.accepted()
    office.send(code, "appraise", "officer")
    office.accepted()
    office.wait(days=9)
    seen = chart(office.house, CHAIRMAN, RESTARTING)
    by_state = {row["state"]: row["open"] for row in seen["rows"]}

    assert (2, 2) == (seen["open"], seen["open_late"])
    for state, count in by_state.items():
        rows = listed(office.house, CHAIRMAN, DossierFilter(procedure=RESTARTING, state=state))["rows"]
        assert count == len(rows)
    assert set(office.store.load(code).dossier.states) < set(by_state)
    with pytest.raises(ProcedureNotFound):
        chart(office.house, CHAIRMAN, "9.999999")


def test_a_list_of_dossiers_goes_on_by_code() -> None:
    """Pages leave nothing out; a dossier that is not due yet has days left."""
    office = Office()
    codes = sorted(office.accepted() for _ in range(3))
    first = listed(office.house, CHAIRMAN, DossierFilter(), limit=2)
    rest = listed(office.house, CHAIRMAN, DossierFilter(), after=first["next"], limit=2)

    assert codes == [row["code"] for row in [*first["rows"], *rest["rows"]]]
    assert (None, timedelta(days=-7).days, False) == (
        rest["next"],
        rest["rows"][0]["days"],
        rest["rows"][0]["late"],
    )

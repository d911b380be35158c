"""The law of replay: whatever is done to dossiers, the records alone give the stored state, legally and on time."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from world import LEAD, OFFICERS, PAUSING, RESTARTING, Office, actor_of, definition, directory

from motcua.services import tasks
from motcua.services.adopting import adopt_calendar, adopt_directory
from motcua.services.auditing import reconcile, replay_all, verify_store
from motcua.services.transitions import allowed
from states.errors import DomainError

MINUTES = (0, 1, 59, 120, 240, 480, 1_440, 2_880, 10_080, 30_000)
TERMS = ("1 working_hours", "2 working_days", "1 calendar_days", "0.5 working_days")
FREE_DAYS = tuple(date(2026, 3, 3) + timedelta(days=n) for n in range(0, 40, 3))

Choice = tuple[str, int, int]


def fire(office: Office, code: str, which: int, who: int) -> None:
    """Fire one of the transitions that the chart allows, by somebody who may or may not."""
    stored = office.store.load(code)
    enabled = [name for name in allowed(office.house, stored) if name != "extend"]
    if enabled:
        name = enabled[which % len(enabled)]
        by = office.house.worlds.procedure(stored.dossier.cfg).transition[name].by
        right = {"counter": "counter", "officer": "officer", "fire_officer": "firefighter", "leader": "head"}
        officer = right.get(by[who % len(by)]) if who % 7 else OFFICERS[which % len(OFFICERS)]
        given = {"documents": ("plan",)} if who % 5 == 0 else {}
        office.send(code, name, officer, **given)


def extend(office: Office, code: str, which: int, who: int) -> None:
    """Extend by one of some terms."""
    office.extend(code, TERMS[which % len(TERMS)])


def work(office: Office, code: str, which: int, who: int) -> None:
    """Claim, release or reassign one of the open tasks."""
    open_tasks = office.store.load(code).dossier.tasks
    if open_tasks:
        task, officer = open_tasks[which % len(open_tasks)].id, OFFICERS[who % len(OFFICERS)]
        if which % 3 == 0:
            tasks.claim(office.house, code, task, actor_of(officer))
        elif which % 3 == 1:
            tasks.release(office.house, code, task, actor_of(officer))
        else:
            tasks.reassign(office.house, code, task, officer, actor_of("head"))


def acknowledge(office: Office, code: str, which: int, who: int) -> None:
    """Confirm one of the escalations that wait for it."""
    awaited = office.store.load(code).dossier.awaited
    if awaited:
        waiting = awaited[which % len(awaited)]
        person = waiting.recipients[who % len(waiting.recipients)]
        tasks.acknowledge(office.house, code, waiting.clock, waiting.rung, actor_of(person))


def pass_time(office: Office, code: str, which: int, who: int) -> None:
    """Let time pass while no worker runs."""
    office.pass_time(minutes=MINUTES[which % len(MINUTES)])


def wait(office: Office, code: str, which: int, who: int) -> None:
    """Let time pass, then sweep."""
    office.wait(minutes=MINUTES[which % len(MINUTES)])


def change_calendar(office: Office, code: str, which: int, who: int) -> None:
    """Declare some days off, or take them back."""
    off = [FREE_DAYS[which % len(FREE_DAYS)], FREE_DAYS[who % len(FREE_DAYS)]]
    adopt_calendar(office.house, definition(*set(off)), "admin")


def change_people(office: Office, code: str, which: int, who: int) -> None:
    """Empty a seat, so that escalations reach somebody else or nobody; the officers who act stay."""
    adopt_directory(office.house, directory(("unit_head", "chairman", "colleague")[which % 3]), "admin")


ACTS: Mapping[str, Callable[[Office, str, int, int], None]] = {
    "fire": fire,
    "fire again": fire,
    "fire on": fire,
    "extend": extend,
    "work": work,
    "acknowledge": acknowledge,
    "pass time": pass_time,
    "wait": wait,
    "calendar": change_calendar,
    "people": change_people,
}

NUMBERS = st.integers(0, 999)
CHOICES = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), NUMBERS, NUMBERS), min_size=5, max_size=30)


def drive(office: Office, choices: list[Choice]) -> None:
    """Do what was chosen to two accepted dossiers in turn; a refusal is an answer like any other."""
    codes = [office.accepted(RESTARTING), office.accepted(PAUSING)]
    for number, (name, which, who) in enumerate(choices):
        try:
            ACTS[name](office, codes[(number + who) % 2], which, who)
        except DomainError as refusal:
            assert refusal.message("vi")


@settings(max_examples=40)
@given(CHOICES)
def test_any_history_replays_to_what_is_stored_and_is_legal(choices: list[Choice]) -> None:
    """After any commands, calendars and vacancies: whole chains, equal states, legal moves, exact deadlines."""
    office = Office()
    drive(office, choices)

    report = verify_store(office.house)

    assert () == report.findings
    assert {} == replay_all(office.house).different


@settings(max_examples=40)
@given(CHOICES)
def test_any_history_owes_nothing_once_it_was_swept(choices: list[Choice]) -> None:
    """After a last sweep, every escalation that was due has fired, once, in its order, dated as it should be."""
    office = Office()
    drive(office, choices)
    office.wait(days=1)

    counted = reconcile(office.house, office.clock.at)

    assert ([], {}) == (counted.faults, counted.unreadable)
    assert (counted.due, counted.ends_due) == (counted.fired, counted.ends_fired)
    assert LEAD in {row.agency for row in office.store.find_dossiers()}

"""The plan of a demonstration: which dossiers arrive when and where, from a fixed seed and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from motcua.services.demonstrating.temper import Temper, draw_temper
from motcua.services.intake import Submission
from states.calendar import BusinessCalendar
from states.directory import Directory
from states.guards import FactType
from states.procedure import Procedure, Resolve

LAST_DAY = date(2026, 11, 20)
WORKING_DAYS = 60
MANY_TO_ONE = 3
"""How many times as many dossiers a procedure gets whose competent agency is one of many."""
DAYTIME = (6 * 4, 22 * 4)
"""In quarters of an hour, when a portal takes dossiers."""
BEAT = timedelta(minutes=15)

CHANNELS = (("counter", 0.5), ("online", 0.35), ("postal", 0.07), ("kiosk", 0.04), ("mobile", 0.04))
AT_ANY_HOUR = frozenset({"online", "mobile"})
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Ngọc", "Phúc", "Quân", "Thảo")


@dataclass(frozen=True, slots=True)
class Period:
    """The virtual days, and the instants between which everything happens, aware UTC."""

    first_day: date
    last_day: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """One dossier to come: its creation number, its instant, what it brings and what it is fated to meet."""

    number: int
    at: datetime
    submission: Submission
    temper: Temper


def period_of(calendar: BusinessCalendar) -> Period:
    """Return the working days of the demonstration: it begins an hour before the first office opens."""
    first = calendar.working_day_after(LAST_DAY, 1 - WORKING_DAYS)
    begins = calendar.opening(first) - timedelta(hours=1)
    return Period(first, LAST_DAY, begins, calendar.close_of_office(LAST_DAY))


def plan_arrivals(
    procedures: Sequence[Procedure],
    directory: Directory,
    calendars: Mapping[str, BusinessCalendar],
    dossiers: int,
    seed: int,
) -> tuple[Arrival, ...]:
    """Return the arrivals in the order of their instants; the same arguments give the same plan."""
    dice, procedures = Random(seed), submitted(procedures)
    calendar = calendars[procedures[0].calendar]
    days = _days(calendar)
    seats = {procedure.code: _competent(procedure, directory) for procedure in procedures}
    weights = [MANY_TO_ONE if len(seats[procedure.code]) > 1 else 1 for procedure in procedures]
    drawn = []
    for _ in range(dossiers):
        [procedure] = dice.choices(procedures, weights)
        channel = _weighted(dice, CHANNELS)
        at = _instant(dice, calendar, dice.choice(days), channel)
        temper = draw_temper(dice)
        submission = draw_submission(dice, procedure, dice.choice(seats[procedure.code]), channel, temper)
        drawn.append((at, submission, temper))
    drawn.sort(key=lambda item: (item[0], str(item[1].agency), item[1].procedure))
    return tuple(Arrival(number, *item) for number, item in enumerate(drawn, 1))


def submitted(procedures: Sequence[Procedure]) -> list[Procedure]:
    """Return the procedures that people apply for: no components, not the dispatcher's, no feedback.

    Feedback comes without a paper.
    """
    parts = {component.procedure for procedure in procedures for component in procedure.components}
    wanted = [item for item in procedures if item.code not in parts and item.told_component is None]
    return [item for item in wanted if item.documents]


def seats_of(procedure: Procedure, among: Sequence[Procedure], directory: Directory) -> list[str]:
    """Return the agencies at which a procedure is handed in; none where people do not ask for it themselves."""
    return _competent(procedure, directory) if procedure in submitted(among) else []


def _days(calendar: BusinessCalendar) -> list[date]:
    period = period_of(calendar)
    return [day.date for day in calendar.days(period.first_day, period.last_day) if day.working]


def _competent(procedure: Procedure, directory: Directory) -> list[str]:
    party = next(party for party in procedure.parties if party.resolve is Resolve.COMPETENT)
    return [agency.code for agency in directory.of_kind(party.kind)]


def _weighted(dice: Random, choices: Sequence[tuple[str, float]]) -> str:
    return dice.choices([name for name, _ in choices], [weight for _, weight in choices])[0]


def _instant(dice: Random, calendar: BusinessCalendar, day: date, channel: str) -> datetime:
    """A counter is open in office hours; a portal takes dossiers in the evening too."""
    if channel in AT_ANY_HOUR:
        at = calendar.midnight(day) + BEAT * dice.randint(*DAYTIME)
        return min(at, calendar.close_of_office(day)) if day == LAST_DAY else at
    beats = calendar.day(day).minutes * timedelta(minutes=1) // BEAT
    return calendar.add(calendar.opening(day), 15 * dice.randrange(beats))


def draw_submission(
    dice: Random, procedure: Procedure, agency: str, channel: str, temper: Temper
) -> Submission:
    """Draw what somebody hands in at an agency: facts, the papers they call for, and a fictional person."""
    asked_later = {name for transition in procedure.transitions for name in transition.inputs}
    facts = {
        fact.id: _fact(dice, fact.type, fact.values) for fact in procedure.facts if fact.id not in asked_later
    }
    papers = papers_of(procedure, facts)
    if temper.incomplete and papers:
        papers = papers[:-1]
    name = f"{dice.choice(FAMILY)} {dice.choice(GIVEN)} {dice.choice(GIVEN)}"
    applicant = {"name": name, "phone": f"09{dice.randrange(10**8):08d}"}
    return Submission(procedure.code, channel, agency, facts, papers, applicant)


def _fact(dice: Random, kind: FactType, values: tuple[str, ...]) -> bool | int | str:
    throw = dice.random()
    if kind is FactType.BOOLEAN:
        return throw < 0.35
    if kind is FactType.INTEGER:
        return 1 + int(throw * 5)
    return values[int(throw * len(values))] if values else "-"


def papers_of(procedure: Procedure, facts: Mapping[str, bool | int | str]) -> tuple[str, ...]:
    """Return the papers that a complete dossier with these facts holds."""
    needed = []
    for document in procedure.documents:
        wanted = document.required
        if document.required_if is not None:
            wanted = procedure.guards[document.required_if].evaluate(facts).ok
        if wanted:
            needed.append(document.id)
    return tuple(needed)

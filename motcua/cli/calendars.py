"""`motcua calendar`: working days, due instants and their reasons, from config or from what is in force."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, open_house
from motcua.cli.calendar_drafts import draft
from motcua.cli.calendar_files import adopt, check
from motcua.cli.calendar_view import day_json, line_json, reason_of, work_of
from motcua.cli.lending import speaking
from motcua.cli.options import DbOption
from motcua.cli.output import show_found, show_text, words
from motcua.cli.tables import Columns, show_rows
from motcua.services.calendars import (
    Appointment,
    appoint,
    read_cutoff,
    read_instant,
    read_term,
    year_of,
)
from motcua.services.ports import DatabaseNotReady
from states.calendar import BusinessCalendar, CalendarDay

app = typer.Typer(name="calendar", help="Working days, due instants, and why.", no_args_is_help=True)
for command in (draft, check, adopt):
    app.command()(command)

CalendarOption = Annotated[str, typer.Option("--calendar", metavar="ID", help="Which calendar.")]
FromOption = Annotated[
    str,
    typer.Option(
        "--from", metavar="INSTANT", help="When it was accepted; local time unless it has an offset."
    ),
]
TermOption = Annotated[
    str, typer.Option("--term", help='Such as "5 working_days", "4 working_hours", "same_day".')
]
CutoffOption = Annotated[
    str | None,
    typer.Option("--cutoff", metavar="HH:MM", help="What comes later counts as the next working day's."),
]
StepOption = Annotated[
    bool, typer.Option("--step", help="Count as a step budget: working days from the instant.")
]


def calendar_of(id: str, db: str | None) -> BusinessCalendar:
    """Return a calendar of the config folder or, with a database, the one in force there."""
    if db is None:
        return BusinessCalendar(config_folder().calendar(id))
    with open_house(db) as house:
        calendars = house.worlds.calendars
    if id not in calendars:
        raise DatabaseNotReady(
            database=db,
            reason=f"no calendar {id} is in force",
            reason_vi=f"chưa áp dụng lịch {id}",
            remedy=f'Put it in force with "motcua calendar adopt --db {db}".',
            remedy_vi=f"Hãy đưa lịch vào áp dụng bằng «motcua calendar adopt --db {db}».",
        )
    return calendars[id]


@app.command()
@speaking
def due(
    since: FromOption,
    term: TermOption,
    calendar: CalendarOption = "vn-gov",
    cutoff: CutoffOption = None,
    step: StepOption = False,
    db: DbOption = None,
) -> None:
    """Say when a term is due.

    Example: motcua calendar due --calendar vn-gov --from 2026-01-30T10:00 --term "5 working_days"
    """
    answer = _appointment(calendar_of(calendar, db), since, term, cutoff, step)
    show_found(_appointment_json(answer), show_text, _due_line(answer))


@app.command("explain")
@speaking
def explain_due(
    since: FromOption,
    term: TermOption,
    calendar: CalendarOption = "vn-gov",
    cutoff: CutoffOption = None,
    step: StepOption = False,
    db: DbOption = None,
) -> None:
    """Say, day by day, why a term is due when it is.

    Example: motcua calendar explain --from 2026-02-12T16:00 --term "3 working_days" --cutoff 15:00
    """
    answer = _appointment(calendar_of(calendar, db), since, term, cutoff, step)
    show_found(_appointment_json(answer), _show_explained, answer)


def _show_explained(answer: Appointment) -> None:
    show_rows(_DAYS, answer.days)
    show_text(_due_line(answer))


@app.command()
@speaking
def show(
    year: Annotated[int, typer.Argument(min=1, max=9999)],
    calendar: CalendarOption = "vn-gov",
    db: DbOption = None,
) -> None:
    """Show a year: every day with --json, else the days that differ from their weekday.

    Example: motcua calendar show 2026 --calendar vn-gov --json
    """
    found = calendar_of(calendar, db)
    days = year_of(found, year)
    told = {"calendar": calendar, "year": year, "days": [day_json(day) for day in days]}
    show_found(told, _show_year, found, year, days)


def _show_year(found: BusinessCalendar, year: int, days: Sequence[CalendarDay]) -> None:
    special = {item.day for item in found.definition.years[year - found.first_day.year].exceptions}
    show_rows(_SPECIAL, [day for day in days if day.date in special])
    total = sum(day.working for day in days)
    show_text(words(f"{year}: {total} ngày làm việc", f"{year}: {total} working days"))


def _appointment(
    calendar: BusinessCalendar, since: str, term: str, cutoff: str | None, step: bool
) -> Appointment:
    return appoint(calendar, read_instant(since, calendar), read_term(term), read_cutoff(cutoff), step=step)


def _appointment_json(answer: Appointment) -> dict[str, Any]:
    return {
        "from": answer.start,
        "term": str(answer.term),
        "due": answer.due,
        "provisional": answer.provisional,
        "calendar_digest": answer.calendar_digest,
        "days": [line_json(line) for line in answer.days],
    }


def _due_line(answer: Appointment) -> str:
    provisional = words(" (dự kiến)", " (provisional)") if answer.provisional else ""
    return f"{_minute(answer.due)}{provisional}"


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


_DAYS: Columns = (
    ("ngày", "day", lambda line: line.day),
    ("phút", "minutes", lambda line: line.minutes),
    ("cộng dồn", "so far", lambda line: line.cumulative),
    ("vì", "why", reason_of),
)
_SPECIAL: Columns = (
    ("ngày", "day", lambda day: day.date),
    ("", "", work_of),
    ("phút", "minutes", lambda day: day.minutes),
    ("vì", "why", reason_of),
    ("căn cứ", "source", lambda day: day.document or day.source),
)

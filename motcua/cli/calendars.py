"""`motcua calendar`: working days, due instants and their reasons, from config or from what is in force."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, open_house, operating_system_user
from motcua.cli.calendar_drafts import draft, drift_json, drift_lines, show_drift
from motcua.cli.lending import housed, speaking
from motcua.cli.options import DbOption
from motcua.cli.output import FACE, ExitCode, show_found, show_json, show_text, tell, words
from motcua.cli.problems import problem_json, show_problems
from motcua.cli.tables import Columns, show_rows
from motcua.services.adopting import adopt_calendar
from motcua.services.calendars import (
    Appointment,
    DayDifference,
    appoint,
    differences,
    read_cutoff,
    read_instant,
    read_term,
    year_of,
)
from motcua.services.installation import Installation
from motcua.services.ports import DatabaseNotReady
from states.calendar import BusinessCalendar, CalendarDay, CalendarDefinition
from states.clock_explanation import DayLine

app = typer.Typer(name="calendar", help="Working days, due instants, and why.", no_args_is_help=True)
app.command()(draft)

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
    told = {"calendar": calendar, "year": year, "days": [_day_json(day) for day in days]}
    show_found(told, _show_year, found, year, days)


def _show_year(found: BusinessCalendar, year: int, days: Sequence[CalendarDay]) -> None:
    special = {item.day for item in found.definition.years[year - found.first_day.year].exceptions}
    show_rows(_SPECIAL, [day for day in days if day.date in special])
    total = sum(day.working for day in days)
    show_text(words(f"{year}: {total} ngày làm việc", f"{year}: {total} working days"))


@app.command()
@speaking
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Calendar folders; else those of config.")
    ] = None,
    drift: Annotated[
        bool, typer.Option("--drift", help="Warn where signed years differ from the package holidays.")
    ] = False,
    db: DbOption = None,
) -> None:
    """Check calendar files; with --db, say where they differ from the calendars in force."""
    config = config_folder()
    problems = config.validate(paths or [config.root / "calendars"])
    failed = any(config.severity(problem) == "error" for problem in problems)
    found = [] if failed or db is None else _changes(config.calendars, db)
    drifted = drift_lines(config.calendars) if drift and not failed else []
    if FACE.json:
        told = [problem_json(config, problem) for problem in problems]
        changes = [_difference_json(id, change) for id, change in found]
        drifts = {"drift": [drift_json(*item) for item in drifted]} if drift else {}
        show_json({"ok": not failed, "problems": told, "differences": changes, **drifts})
    else:
        show_problems(config, problems)
        for id, change in found:
            show_text(f"{id} {change.day}: {_said(change.before)} → {_said(change.after)}")
        if drift:
            show_drift(drifted)
    raise typer.Exit(ExitCode.INVALID if failed else ExitCode.OK)


@app.command()
@housed
def adopt(
    house: Installation, by: Annotated[str, typer.Option("--by", help="Who puts them in force.")]
) -> None:
    """Put the calendars of the config folder in force, and let every open deadline follow."""
    config = config_folder()
    done: dict[str, Any] = {}
    for id, definition in config.calendars.items():
        result = adopt_calendar(house, definition, by, operating_system_user())
        digest = next(item.digest for item in house.store.adopted("calendar") if item.name == id)
        done[id] = {"digest": digest, "open": result.open, "moved": result.moved, "outrun": result.outrun}
    if FACE.json:
        show_json({"adopted": done})
    for id, item in done.items():
        tell(
            f"{id} {item['digest']}: {item['open']} hồ sơ đang mở, {item['moved']} hạn thay đổi",
            f"{id} {item['digest']}: {item['open']} dossiers open, {item['moved']} due instants moved",
        )


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
        "days": [_line_json(line) for line in answer.days],
    }


def _line_json(line: DayLine) -> dict[str, Any]:
    return {
        "date": line.day,
        "working": line.working,
        "minutes": line.minutes,
        "cumulative": line.cumulative,
        "reason": _reason(line),
        "verified": line.verified,
        "draft": line.draft,
    }


def _day_json(day: CalendarDay) -> dict[str, Any]:
    return {
        "date": day.date,
        "working": day.working,
        "minutes": day.minutes,
        "reason": _reason(day),
        "verified": day.verified,
        "draft": day.draft,
        "source": day.source,
        "document": day.document,
    }


def _reason(day: DayLine | CalendarDay) -> str:
    return words(day.reason_vi, day.reason_en)


def _work(day: CalendarDay) -> str:
    return words("làm việc", "working") if day.working else words("nghỉ", "off")


def _due_line(answer: Appointment) -> str:
    provisional = words(" (dự kiến)", " (provisional)") if answer.provisional else ""
    return f"{_minute(answer.due)}{provisional}"


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _changes(calendars: dict[str, CalendarDefinition], db: str) -> list[tuple[str, DayDifference]]:
    with open_house(db) as house:
        in_force = house.worlds.calendars
    return [
        (id, change)
        for id, definition in calendars.items()
        if id in in_force
        for change in differences(in_force[id].definition, definition)
    ]


def _difference_json(id: str, change: DayDifference) -> dict[str, Any]:
    before = None if change.before is None else _day_json(change.before)
    after = None if change.after is None else _day_json(change.after)
    return {"calendar": id, "date": change.day, "in_force": before, "config": after}


def _said(day: CalendarDay | None) -> str:
    return "–" if day is None else f"{_work(day)} ({_reason(day)})"


_DAYS: Columns = (
    ("ngày", "day", lambda line: line.day),
    ("phút", "minutes", lambda line: line.minutes),
    ("cộng dồn", "so far", lambda line: line.cumulative),
    ("vì", "why", _reason),
)
_SPECIAL: Columns = (
    ("ngày", "day", lambda day: day.date),
    ("", "", _work),
    ("phút", "minutes", lambda day: day.minutes),
    ("vì", "why", _reason),
    ("căn cứ", "source", lambda day: day.document or day.source),
)

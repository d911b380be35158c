"""`motcua calendar check` and `adopt`: the calendars of the config folder beside those in force."""

from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, open_house, operating_system_user
from motcua.cli.calendar_drafts import drift_json, drift_lines, show_drift
from motcua.cli.calendar_view import day_json, reason_of, work_of
from motcua.cli.lending import housed, speaking
from motcua.cli.options import DbOption
from motcua.cli.output import FACE, ExitCode, show_json, show_text, tell
from motcua.cli.problems import problem_json, show_problems
from motcua.services.adopting import adopt_calendar
from motcua.services.calendars import DayDifference, differences
from motcua.services.installation import Installation
from states.calendar import CalendarDay, CalendarDefinition


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
    before = None if change.before is None else day_json(change.before)
    after = None if change.after is None else day_json(change.after)
    return {"calendar": id, "date": change.day, "in_force": before, "config": after}


def _said(day: CalendarDay | None) -> str:
    return "–" if day is None else f"{work_of(day)} ({reason_of(day)})"

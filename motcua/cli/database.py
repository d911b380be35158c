"""`motcua db`: create and upgrade the database, and say what is in it."""

from typing import Annotated, Any

import typer

from motcua.bootstrap import Upgraded, config_folder, read_settings, status, upgrade
from motcua.cli.lending import speaking
from motcua.cli.options import DbOption
from motcua.cli.output import show_found, tell, words
from motcua.cli.tables import show_rows
from motcua.services.calendars import read_instant
from states.calendar import BusinessCalendar

app = typer.Typer(name="db", help="Create, upgrade and describe the database.", no_args_is_help=True)

VirtualOption = Annotated[
    str | None,
    typer.Option(
        "--virtual-time", metavar="INSTANT", help="Begin virtual time here; only for a new database."
    ),
]


@app.command("upgrade")
@speaking
def upgrade_command(
    db: DbOption = None,
    virtual_time: VirtualOption = None,
    by: Annotated[str | None, typer.Option("--by", help="Who puts calendars and agencies in force.")] = None,
) -> None:
    """Bring the database to the schema of this program; a new one gets calendars and agencies from config.

    Example: motcua db upgrade --db sqlite:///motcua.db
    """
    settings = read_settings()
    began = None
    if virtual_time is not None:
        config = config_folder(settings)
        first = next(iter(config.calendars), "-")
        began = read_instant(virtual_time, BusinessCalendar(config.calendar(first)))
    done = upgrade(db, settings=settings, virtual_time=began, by=by)
    told = {
        "database": done.database,
        "before": done.before,
        "revision": done.revision,
        "log": done.log,
        "virtual_time": done.virtual_time,
        "adopted": dict(done.adopted),
    }
    show_found(told, _tell_upgraded, done)


def _tell_upgraded(done: Upgraded) -> None:
    tell(
        f"{done.database}: lược đồ {done.before or '–'} → {done.revision}, nhật ký {done.log}",
        f"{done.database}: schema {done.before or '–'} → {done.revision}, log {done.log}",
    )
    for name, found in done.adopted.items():
        tell(f"Đã đưa vào áp dụng {name}: {found}", f"In force now: {name} {found}")


@app.command("status")
@speaking
def status_command(db: DbOption = None) -> None:
    """Say which schema the database has, and which calendars, agencies and procedures are in force."""
    found = status(db)
    show_found(found, _show_status, found)


def _show_status(found: dict[str, Any]) -> None:
    head = [(key, found[key]) for key in ("database", "revision", "log", "virtual_time", "next_wake")]
    forces = [
        (kind, name, item) for kind in ("calendars", "directories") for name, item in found[kind].items()
    ]
    versions = [
        (words("thủ tục", "procedure"), f"{item['code']} {item['version']}", item["digest"])
        for item in found["procedures"]
    ]
    show_rows((("", "", 0), ("", "", 1)), head)
    show_rows((("loại", "kind", 0), ("tên", "name", 1), ("mã băm", "digest", 2)), [*forces, *versions])

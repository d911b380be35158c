"""`motcua doctor`: say what ails this installation, and what to do about it."""

from collections.abc import Sequence
from typing import Any

import typer

from motcua.bootstrap import survey
from motcua.cli.lending import speaking
from motcua.cli.options import DbOption
from motcua.cli.output import ExitCode, show_found, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services.doctor import Check, Status, Words, examine, healthy

app = typer.Typer()

_SIGNS = {Status.OK: ("tốt", "ok"), Status.WARN: ("lưu ý", "warn"), Status.FAIL: ("hỏng", "FAIL")}
_FOUND: Columns = (
    ("kiểm tra", "check", lambda check: check.name),
    ("", "", lambda check: words(*_SIGNS[check.status])),
    ("thấy gì", "found", lambda check: words(check.said.vi, check.said.en)),
)


@app.command("doctor")
@speaking
def doctor_command(db: DbOption = None) -> None:
    """Check this installation; exits 8 when something fails, a warning is no failure.

    Example: motcua doctor --json
    """
    with survey(db) as (found, house):
        checks = examine(found, house)
    told = {"ok": healthy(checks), "checks": [_plain(check) for check in checks]}
    show_found(told, _show, checks)
    if not healthy(checks):
        raise typer.Exit(ExitCode.NOT_READY)


def _plain(check: Check) -> dict[str, Any]:
    return {
        "name": check.name,
        "status": check.status.value,
        "message": _both(check.said),
        "remedy": None if check.remedy is None else _both(check.remedy),
        "facts": dict(check.facts),
    }


def _both(said: Words) -> dict[str, str]:
    return {"vi": said.vi, "en": said.en}


def _show(checks: Sequence[Check]) -> None:
    show_rows(_FOUND, checks)
    for check in checks:
        if check.remedy is not None:
            tell(f"{check.name}: {check.remedy.vi}", f"{check.name}: {check.remedy.en}")

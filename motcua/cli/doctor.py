"""`motcua doctor`: say what ails this installation, and what to do about it."""

from collections.abc import Sequence
from typing import Any

import typer

from motcua.bootstrap import survey
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_json, show_table, tell, words
from motcua.services.doctor import Check, Status, Words, examine, healthy

app = typer.Typer()

_SIGNS = {Status.OK: ("tốt", "ok"), Status.WARN: ("lưu ý", "warn"), Status.FAIL: ("hỏng", "FAIL")}


@app.command("doctor")
def doctor_command(
    db: DbOption = None, as_json: JsonOption = False, lang: LangOption = None, quiet: QuietOption = False
) -> None:
    """Check this installation; exits 8 when something fails, a warning is no failure.

    Example: motcua doctor --json
    """
    with survey(db) as (found, house):
        checks = examine(found, house)
    if FACE.json:
        show_json({"ok": healthy(checks), "checks": [_plain(check) for check in checks]})
    else:
        _show(checks)
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
    columns = (words("kiểm tra", "check"), "", words("thấy gì", "found"))
    rows = [
        (check.name, words(*_SIGNS[check.status]), words(check.said.vi, check.said.en)) for check in checks
    ]
    show_table(columns, rows)
    for check in checks:
        if check.remedy is not None:
            tell(f"{check.name}: {check.remedy.vi}", f"{check.name}: {check.remedy.en}")

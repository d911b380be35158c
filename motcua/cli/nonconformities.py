"""`motcua nonconformity`: the register, from containment over cause and action to the check and the closure."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motcua.bootstrap import config_folder, operating_system_user
from motcua.cli.dossier_view import when
from motcua.cli.evidence import EditionOption
from motcua.cli.lending import housed, writing
from motcua.cli.options import OfficerOption, read_day
from motcua.cli.output import show_found, show_text, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services import nonconformities as register
from motcua.services.installation import Installation
from motcua.services.register_telling import row_of, told

if TYPE_CHECKING:
    from motcua.services.register_steps import Entry

app = typer.Typer(
    name="nonconformity", help="The register of nonconformities and corrective actions.", no_args_is_help=True
)

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Its id, or how it begins, as listed.")]
TextOption = Annotated[str, typer.Option("--text", help="In your words; kept apart from the record.")]
NoteOption = Annotated[str | None, typer.Option("--text", help="In your words; kept apart from the record.")]

_STATUS = {
    "open": ("mới mở", "open"),
    "contained": ("đã khắc phục tức thời", "contained"),
    "acting": ("đang hành động", "acting"),
    "checking": ("đã kiểm tra, chờ đóng", "checking"),
    "closed": ("đã đóng", "closed"),
}
_STEPS = {
    "nonconformity_raised": ("kiểm toán viên ghi nhận", "raised by an auditor"),
    "nonconformity_contained": ("khắc phục tức thời", "contained"),
    "nonconformity_cause_found": ("nguyên nhân", "cause"),
    "nonconformity_action_set": ("hành động", "action"),
    "nonconformity_checked": ("kiểm tra hiệu lực", "check"),
    "nonconformity_closed": ("đóng", "closed"),
}


@app.command("list")
@housed
def list_command(
    house: Installation,
    open_only: Annotated[bool, typer.Option("--open", help="Only those that are not closed.")] = False,
) -> None:
    """List the register of nonconformities, oldest first."""
    rows = [row_of(house, entry) for entry in register.entries(house, open_only)]
    show_found({"nonconformities": rows}, show_rows, _ENTRIES, rows)


@app.command()
@housed
def show(house: Installation, name: IdArgument) -> None:
    """Show a nonconformity with its steps, each with its record.

    Example: motcua nonconformity show 0a1b --json
    """
    found = told(house, register.find(house, name))
    show_found(found, _show, found)


@app.command()
@writing
def contain(house: Installation, name: IdArgument, person: OfficerOption, text: TextOption) -> None:
    """Record what was done at once for the dossier and whoever it concerns."""
    _show_taken(house, register.contain(house, name, person, text, operating_system_user()))


@app.command()
@writing
def cause(
    house: Installation,
    name: IdArgument,
    code: Annotated[str, typer.Option("--code", help="Code of the root cause, as the config lists them.")],
    person: OfficerOption,
    text: NoteOption = None,
    edition: EditionOption = "2015",
) -> None:
    """Record the root cause by its code.

    Example: motcua nonconformity cause 0a1b --code people --as cb.h99.05-1
    """
    causes = config_folder().clauses(edition).causes
    _show_taken(house, register.set_cause(house, name, person, code, causes, text, operating_system_user()))


@app.command()
@writing
def action(
    house: Installation,
    name: IdArgument,
    owner: Annotated[str, typer.Option("--owner", metavar="OFFICER", help="Who answers for it.")],
    due: Annotated[
        date, typer.Option("--due", metavar="DAY", parser=read_day, help="The last local day for it.")
    ],
    person: OfficerOption,
    text: TextOption,
) -> None:
    """Set the corrective action, who answers for it, and by when."""
    _show_taken(house, register.act(house, name, person, owner, due, text, operating_system_user()))


@app.command()
@writing
def check(house: Installation, name: IdArgument, person: OfficerOption) -> None:
    """Run the detecting query again, over the time since the action, and record what it found."""
    _show_taken(house, register.check(house, name, person, operating_system_user()))


@app.command()
@writing
def close(house: Installation, name: IdArgument, person: OfficerOption, text: NoteOption = None) -> None:
    """Close a nonconformity whose action was effective; whoever acted cannot."""
    _show_taken(house, register.close(house, name, person, text, operating_system_user()))


def _show_taken(house: Installation, entry: "Entry") -> None:
    show_found(told(house, entry), _show_step, entry)


def _show_step(entry: "Entry") -> None:
    status = words(*_STATUS[entry.status])
    step = entry.steps[-1]
    if step.kind.endswith("checked"):
        show_text(_result(step.facts))
    line = f"{entry.row.id}: {status} ({step.stream} seq {step.seq})"
    tell(line, line)


def _show(found: dict[str, Any]) -> None:
    status = words(*_STATUS[found["status"]])
    show_text(
        f"{found['id']}\n{found['code']}  {found['procedure']}  {found['agency']}  {found['cause']}: {status}"
    )
    show_rows(_STEP, found["steps"])


def _what(step: dict[str, Any]) -> str:
    facts, text = step["facts"], step["text"] or ""
    if "effective" in facts:
        return _result(facts)
    given = [str(facts[key]) for key in ("clause", "cause", "owner", "due") if key in facts]
    erased = [words("(đã xóa)", "(erased)")] if "text" in facts and not text else []
    return "; ".join([*given, *erased, *([text] if text else [])])


def _result(facts: dict[str, Any] | Any) -> str:
    count, handled = facts["count"], facts["handled"]
    if facts["effective"]:
        return words(
            f"có hiệu lực: không lặp lại trong {handled} hồ sơ",
            f"effective: it did not come again in {handled} dossiers",
        )
    return words(
        f"chưa có hiệu lực: lặp lại {count} lần trong {handled} hồ sơ",
        f"not shown effective: it came again {count} times in {handled} dossiers",
    )


_ENTRIES: Columns = (
    ("mã", "id", "id"),
    ("hồ sơ", "dossier", "code"),
    ("phát hiện", "detected", "cause"),
    ("mở lúc", "opened", lambda row: when(row["opened_at"])),
    ("tình trạng", "status", lambda row: words(*_STATUS[row["status"]])),
    ("phụ trách", "owner", "owner"),
    ("hạn", "due", "due"),
)
_STEP: Columns = (
    ("", "", "number"),
    ("lúc", "at", lambda step: when(step["at"])),
    ("việc", "step", lambda step: words(*_STEPS[step["kind"]])),
    ("ai", "who", "officer"),
    ("nội dung", "what", _what),
    ("bản ghi", "record", lambda step: f"{step['stream']} seq {step['seq']}"),
)

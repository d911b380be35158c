"""`motcua audit`: show, verify and replay the trail."""

import json
from typing import Annotated, Any

import typer

from audit.finding import Finding
from audit.verify import Level, Report
from motcua.bootstrap import open_house
from motcua.cli.dossier_view import duration, when
from motcua.cli.evidence import evidence
from motcua.cli.lending import housed, speaking
from motcua.cli.options import CodeArgument, DbOption
from motcua.cli.output import ExitCode, progress, show_found, show_text, tell, words
from motcua.cli.public_statuses import public_name
from motcua.cli.recount import recount
from motcua.cli.tables import Columns, show_rows
from motcua.services.auditing import replay_dossier, verify_store
from motcua.services.installation import Installation
from motcua.services.intake import parse_code

app = typer.Typer(name="audit", help="Show, verify and replay the trail.", no_args_is_help=True)

app.command()(recount)
app.command()(evidence)


@app.command()
@housed
def show(house: Installation, code: CodeArgument) -> None:
    """Show the records of a dossier, each with its leaf hash.

    Example: motcua audit show H99.05-260302-0001 --json
    """
    stored = house.store.load(parse_code(code))
    records = house.store.records(f"dossier:{stored.id}")
    calendar = house.worlds.of(stored.dossier.cfg).calendar
    told = [{**json.loads(record.raw), "leaf_hash": record.leaf_hash} for record in records]
    locals = [calendar.local(record.at).isoformat() for record in records]
    show_found(told, show_rows, _RECORDS, list(zip(told, locals, strict=True)))


def _who(told: dict[str, Any]) -> str:
    auth = told.get("auth")
    user = f" ({auth['idp']}:{auth['user']})" if auth else ""
    return f"{told.get('actor') or told['cause']}{user}"


def _what(told: dict[str, Any]) -> str:
    return ", ".join(event["kind"] for event in told["events"])


@app.command()
@speaking
def verify(
    level: Annotated[
        Level,
        typer.Option("--level", help="chain: bytes and links; replay: states too; legal: decisions too."),
    ] = Level.LEGAL,
    db: DbOption = None,
) -> None:
    """Verify the whole trail; exit 6 names stream and seq of the first bad record.

    Example: motcua audit verify --db sqlite:///motcua.db --json
    """
    with open_house(db) as house, progress("Kiểm tra nhật ký", "Verifying the trail") as advance:
        report = verify_store(house, level, on_record=lambda _: advance(1))
    show_found(_report(report), _show_report, report)
    raise typer.Exit(ExitCode.OK if report.ok else ExitCode.UNSOUND)


def _report(report: Report) -> dict[str, Any]:
    first = report.first
    return {
        "ok": report.ok,
        "records": report.records,
        "streams": report.streams,
        "first_bad": None if first is None else _bad(first),
        "findings": [
            {**_bad(finding), "expected": finding.expected, "found": finding.found}
            for finding in report.findings
        ],
    }


def _bad(finding: Finding) -> dict[str, Any]:
    reason = {"vi": finding.vi, "en": finding.en}
    return {"stream": finding.stream, "seq": finding.seq, "code": finding.code, "reason": reason}


def _show_report(report: Report) -> None:
    counts = words(
        f"{report.records} bản ghi, {report.streams} chuỗi",
        f"{report.records} records, {report.streams} streams",
    )
    if report.ok:
        show_text(words(f"✓ nhật ký toàn vẹn: {counts}", f"✓ the trail is sound: {counts}"))
        return
    show_text(words(f"✗ nhật ký KHÔNG toàn vẹn: {counts}", f"✗ the trail is NOT sound: {counts}"))
    for finding in report.findings:
        reason = words(finding.vi, finding.en)
        show_text(f"  {finding.stream} seq {finding.seq} [{finding.code}]: {reason}")
        show_text(words(f"    cần: {finding.expected}", f"    expected: {finding.expected}"))
        show_text(words(f"    có:  {finding.found}", f"    found:    {finding.found}"))


@app.command()
@housed
def replay(house: Installation, code: CodeArgument) -> None:
    """Replay a dossier from its records: a line of state after each; exit 6 if it ends in another state.

    Example: motcua audit replay H99.05-260302-0001 --json
    """
    replayed = replay_dossier(house, parse_code(code))
    show_found(replayed.lines, show_rows, _LINES, replayed.lines)
    if replayed.equal:
        tell("Dựng lại đúng trạng thái đang lưu.", "It replays to the stored state.")
        return
    tell("Dựng lại KHÁC trạng thái đang lưu.", "It replays to ANOTHER state than the stored one.")
    raise typer.Exit(ExitCode.UNSOUND)


def _clocks(line: dict[str, Any]) -> str:
    running = {name: clock for name, clock in line["clocks"].items() if clock["state"] != "stopped"}
    return "; ".join(f"{name} {_clock(clock)}" for name, clock in running.items())


def _clock(clock: dict[str, Any]) -> str:
    if clock["state"] == "paused":
        return words("tạm dừng, còn ", "paused, left ") + duration(clock["remaining"])
    return when(clock["due"], clock["provisional"])


_RECORDS: Columns = (
    ("seq", "seq", lambda at: at[0]["seq"]),
    ("lúc", "at", lambda at: when(at[1])),
    ("loại", "type", lambda at: at[0]["type"]),
    ("ai", "who", lambda at: _who(at[0])),
    ("việc", "what", lambda at: _what(at[0])),
    ("hash", "hash", lambda at: at[0]["leaf_hash"][:12]),
)
_LINES: Columns = (
    ("seq", "seq", "seq"),
    ("lúc", "at", lambda line: when(line["at"])),
    ("loại", "type", "type"),
    ("bước", "step", lambda line: ", ".join(line["states"])),
    ("công khai", "public", lambda line: public_name(line["public_status"])),
    ("thời hạn", "clocks", _clocks),
)

"""`motcua publish`: one person proposes a procedure version, a second one puts it in force."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, open_house, operating_system_user
from motcua.cli.lending import speaking
from motcua.cli.options import DbOption
from motcua.cli.output import show_found, show_text, tell
from motcua.cli.tables import Columns, show_rows
from motcua.services.ports import PublishedVersion
from motcua.services.publishing import Published, approve, propose

app = typer.Typer()

_VERSIONS: Columns = (
    ("thủ tục", "procedure", "code"),
    ("phiên bản", "version", "version"),
    ("đề xuất", "proposed by", "proposed_by"),
    ("phê duyệt", "approved by", "approved_by"),
    ("hiệu lực từ", "in force from", "effective_from"),
    ("mã băm", "digest", "digest"),
)


@app.command()
@speaking
def publish(
    path: Annotated[
        str | None, typer.Argument(help="A procedure: its file, its folder, or its code.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="OFFICER", help="Who proposes or approves.")
    ] = None,
    approved: Annotated[
        str | None, typer.Option("--approve", metavar="DIGEST", help="Put a proposed version in force.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List proposed and approved versions.")] = False,
    db: DbOption = None,
) -> None:
    """Propose a procedure version and print its digest; approve it, as another person, by that digest.

    Example: motcua publish config/procedures/1.001612-ho-kinh-doanh --by an
    Example: motcua publish --approve DIGEST --by binh
    """
    if sum((path is not None, approved is not None, listed)) != 1:
        raise typer.BadParameter("give one of: PATH, --approve DIGEST, --list")
    if listed:
        _list(db)
        return
    if by is None or not by.strip():
        raise typer.BadParameter("who does it must be named", param_hint="--by")
    done = _propose(path, by, db) if path is not None else _approve(approved or "", by, db)
    show_found(asdict(done), _show, done)


def _propose(path: str, by: str, db: str | None) -> Published:
    config = config_folder()
    source = config.load(config.find(path))
    for warning in source.warnings:
        place = f"{warning.file}:{warning.line}:{warning.column} {warning.problem.rule}"
        tell(f"{place} {config.message(warning, 'vi')}", f"{place} {config.message(warning, 'en')}")
    with open_house(db) as house:
        return propose(house, source.procedure, source.source, by, operating_system_user())


def _approve(digest: str, by: str, db: str | None) -> Published:
    with open_house(db) as house:
        return approve(house, digest, by, operating_system_user())


def _show(done: Published) -> None:
    show_text(done.digest)
    if done.in_force:
        tell(f"{done.code} {done.version} đã có hiệu lực.", f"{done.code} {done.version} is in force.")
    else:
        tell(
            f"Đã đề xuất {done.code} {done.version}; người thứ hai phê duyệt: "
            f"motcua publish --approve {done.digest} --by …",
            f"Proposed {done.code} {done.version}; a second person approves: "
            f"motcua publish --approve {done.digest} --by …",
        )


def _list(db: str | None) -> None:
    with open_house(db) as house:
        versions = house.store.versions()
    rows = [_version_json(version) for version in versions]
    show_found(rows, show_rows, _VERSIONS, rows)


def _version_json(version: PublishedVersion) -> dict[str, Any]:
    return {
        "digest": version.digest,
        "code": version.code,
        "version": version.version,
        "effective_from": version.effective_from,
        "effective_until": version.effective_until,
        "proposed_by": version.proposed_by,
        "proposed_at": version.proposed_at,
        "approved_by": version.approved_by,
        "approved_at": version.approved_at,
    }

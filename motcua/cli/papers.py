"""`motcua paper`: draft, sign, show and list the official papers of dossiers, print the register of a year."""

from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import operating_system_user, paper_press
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.dossier_view import when
from motcua.cli.dossiers import CodeArgument
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_json, show_table, show_text, tell, words
from motcua.services import papers
from motcua.services.identity import officer
from motcua.services.intake import parse_code
from motcua.services.papers import Paper

app = typer.Typer(name="paper", help="Draft, sign, show and print official papers.", no_args_is_help=True)

NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="Its number, such as 12/GTN-2026.")]
OfficerOption = Annotated[str, typer.Option("--as", metavar="OFFICER", help="An officer's id.")]
OutOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write it: FILE.pdf or FILE.html."),
]


@app.command()
def draft(
    code: CodeArgument,
    form: Annotated[str, typer.Argument(metavar="FORM", help="receipt, supplement_request, refusal, ...")],
    person: OfficerOption,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Draft a paper; it takes the next number of its agency, form and year.

    Example: motcua paper draft H99.05-260302-0001 receipt --as cb.h99.05-5
    """
    with writing_house(db, at) as house:
        actor, auth = officer(house, person), operating_system_user()
        number = papers.draft(house, paper_press(), parse_code(code), form, actor, auth)
    _say(number, {"number": number, "form": form, "status": "drafted"})


@app.command()
def sign(
    code: CodeArgument,
    number: NumberArgument,
    person: OfficerOption,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Sign a drafted paper; its digests enter the record.

    Example: motcua paper sign H99.05-260302-0001 1/GTN-2026 --as cb.h99.05-5
    """
    press = paper_press()
    with writing_house(db, at) as house:
        actor, auth = officer(house, person), operating_system_user()
        papers.sign(house, press, parse_code(code), number, actor, auth)
        [row] = [row for row in papers.listed(house, press, code) if row["number"] == number]
    _say(number, row)


@app.command()
def show(
    code: CodeArgument,
    number: NumberArgument,
    out: OutOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Set a paper again and write it; a signed one comes out to the byte as it was signed.

    Example: motcua paper show H99.05-260302-0001 1/GTN-2026 -o receipt.pdf
    """
    with reading_house(db) as house:
        paper = papers.show(house, paper_press(), parse_code(code), number)
    _write(paper, out)


@app.command("list")
def list_command(
    code: CodeArgument,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List the papers of a dossier, in the order of drafting."""
    with reading_house(db) as house:
        rows = papers.listed(house, paper_press(), parse_code(code))
    if FACE.json:
        show_json({"code": code, "papers": rows})
        return
    columns = (
        words("số", "number"),
        words("mẫu", "form"),
        words("soạn", "drafted"),
        words("ký", "signed"),
        "",
    )
    cells = [
        (row["number"], row["form"], when(row["drafted_at"]), when(row["signed_at"]), row["signed_by"])
        for row in rows
    ]
    show_table(columns, cells)


@app.command()
def owed(
    at: AtOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many.")] = 1000,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Draft every paper that a transition or an escalation owes and nobody has drafted."""
    with writing_house(db, at) as house:
        done = papers.draft_owed(house, paper_press(), limit)
    failed = {message: {"code": e.code, "message": e.message("en")} for message, e in done.failed.items()}
    if FACE.json:
        show_json({"drafted": done.drafted, "failed": failed})
    else:
        show_text(words(f"Đã soạn {done.drafted} giấy tờ.", f"{done.drafted} papers drafted."))
    for message, error in done.failed.items():
        tell(f"{message}: {error.message('vi')}", f"{message}: {error.message('en')}")
    if failed:
        raise typer.Exit(ExitCode.CONFLICT)


@app.command()
def register(
    agency: Annotated[str, typer.Option("--agency", metavar="CODE", help="Of this lead agency.")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2999, help="Of this year.")],
    out: OutOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the register of an agency's year: every dossier, numbered from 1.

    Example: motcua paper register --agency H99.05 --year 2026 -o register.pdf
    """
    with reading_house(db, at) as house:
        paper = papers.register(house, paper_press(), agency, year)
    _write(paper, out)


def _write(paper: Paper, out: Path | None) -> None:
    """Write the twin that the file's name asks for, then say what it is."""
    if out is not None:
        if out.suffix not in (".pdf", ".html"):
            raise typer.BadParameter(words("hãy đặt tên tệp .pdf hoặc .html", "name a file .pdf or .html"))
        out.write_bytes(paper.pdf if out.suffix == ".pdf" else paper.html)
    digests = {
        "template_sha256": paper.template_sha256,
        "html_sha256": paper.html_sha256,
        "pdf_sha256": paper.pdf_sha256,
    }
    _say(
        f"{paper.number}  pdf {paper.pdf_sha256}",
        {"number": paper.number, "form": paper.form, "file": None if out is None else str(out), **digests},
    )


def _say(text: str, value: dict[str, Any]) -> None:
    if FACE.json:
        show_json(value)
    else:
        show_text(text)

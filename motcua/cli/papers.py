"""`motcua paper`: draft, sign, show and list the official papers of dossiers, print the register of a year."""

from pathlib import Path
from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user, paper_press
from motcua.cli.dossier_view import when
from motcua.cli.lending import housed, reading, writing
from motcua.cli.options import CodeArgument, MandateOption, OfficerOption
from motcua.cli.output import ExitCode, show_found, show_text, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services import papers
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code
from motcua.services.papers import Paper
from motcua.services.standing_in import acting_as

app = typer.Typer(name="paper", help="Draft, sign, show and print official papers.", no_args_is_help=True)

NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="Its number, such as 12/GTN-2026.")]
OutOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write it: FILE.pdf or FILE.html."),
]

_PAPERS: Columns = (
    ("số", "number", "number"),
    ("mẫu", "form", "form"),
    ("soạn", "drafted", lambda row: when(row["drafted_at"])),
    ("ký", "signed", lambda row: when(row["signed_at"])),
    ("", "", "signed_by"),
)


@app.command()
@writing
def draft(
    house: Installation,
    code: CodeArgument,
    form: Annotated[str, typer.Argument(metavar="FORM", help="receipt, supplement_request, refusal, ...")],
    person: OfficerOption,
) -> None:
    """Draft a paper; it takes the next number of its agency, form and year.

    Example: motcua paper draft H99.05-260302-0001 receipt --as cb.h99.05-5
    """
    actor, auth = officer(house, person), operating_system_user()
    number = papers.draft(house, paper_press(), parse_code(code), form, actor, auth)
    show_found({"number": number, "form": form, "status": "drafted"}, show_text, number)


@app.command()
@writing
def sign(
    house: Installation,
    code: CodeArgument,
    number: NumberArgument,
    person: OfficerOption,
    mandate: MandateOption = "",
) -> None:
    """Sign a drafted paper, with --mandate for whoever gave it; its digests enter the record.

    Example: motcua paper sign H99.05-260302-0001 1/GTN-2026 --as cb.h99.05-5
    """
    press = paper_press()
    actor, auth = officer(house, person), operating_system_user()
    with acting_as(house, actor, auth, mandate, "sign", parse_code(code)) as who:
        papers.sign(house, press, parse_code(code), number, who, auth)
    [row] = [row for row in papers.listed(house, press, code) if row["number"] == number]
    show_found(row, show_text, number)


@app.command()
@housed
def show(house: Installation, code: CodeArgument, number: NumberArgument, out: OutOption = None) -> None:
    """Set a paper again and write it; a signed one comes out to the byte as it was signed.

    Example: motcua paper show H99.05-260302-0001 1/GTN-2026 -o receipt.pdf
    """
    paper = papers.show(house, paper_press(), parse_code(code), number)
    _write(paper, out)


@app.command("list")
@housed
def list_command(house: Installation, code: CodeArgument) -> None:
    """List the papers of a dossier, in the order of drafting."""
    rows = papers.listed(house, paper_press(), parse_code(code))
    show_found({"code": code, "papers": rows}, show_rows, _PAPERS, rows)


@app.command()
@writing
def owed(
    house: Installation,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many.")] = 1000,
) -> None:
    """Draft every paper that a transition or an escalation owes and nobody has drafted."""
    done = papers.draft_owed(house, paper_press(), limit)
    failed = {message: {"code": e.code, "message": e.message("en")} for message, e in done.failed.items()}
    said = words(f"Đã soạn {done.drafted} giấy tờ.", f"{done.drafted} papers drafted.")
    show_found({"drafted": done.drafted, "failed": failed}, show_text, said)
    for message, error in done.failed.items():
        tell(f"{message}: {error.message('vi')}", f"{message}: {error.message('en')}")
    if failed:
        raise typer.Exit(ExitCode.CONFLICT)


@app.command()
@reading
def register(
    house: Installation,
    agency: Annotated[str, typer.Option("--agency", metavar="CODE", help="Of this lead agency.")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2999, help="Of this year.")],
    out: OutOption = None,
) -> None:
    """Print the register of an agency's year: every dossier, numbered from 1.

    Example: motcua paper register --agency H99.05 --year 2026 -o register.pdf
    """
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
    told = {"number": paper.number, "form": paper.form, "file": None if out is None else str(out), **digests}
    show_found(told, show_text, f"{paper.number}  pdf {paper.pdf_sha256}")

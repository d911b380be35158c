"""`motcua consultation`: what other bodies are asked; answer, pass over what is overdue, show what stands."""

from typing import Annotated, Any

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.dossier_view import show_summary, when
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, show_json, show_table, show_text, words
from motcua.services import consultations
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code
from motcua.services.ports import Stored
from motcua.services.presenting import summary

app = typer.Typer(name="consultation", help="Ask other bodies, and answer them.", no_args_is_help=True)

CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Code of the dossier.")]
QuestionArgument = Annotated[
    str, typer.Argument(metavar="CONSULTATION/QUESTION", help="Such as opinions/fire; list shows them.")
]
OfficerOption = Annotated[str, typer.Option("--as", metavar="OFFICER", help="Who does it, by id.")]
DocumentOption = Annotated[
    list[str] | None, typer.Option("--document", metavar="ID", help="A paper that carries the reply.")
]


@app.command("list")
def list_command(
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="CODE", help="Put to this agency.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="At most so many.")] = 100,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List the questions that wait for an answer, the nearest due first.

    Example: motcua consultation list --agency H99.03 --json
    """
    with reading_house(db) as house:
        rows = consultations.waiting_for(house, agency, limit)
    if FACE.json:
        show_json({"questions": rows})
        return
    columns = (
        words("mã hồ sơ", "dossier"),
        words("câu hỏi", "question"),
        words("cơ quan", "agency"),
        words("hạn", "due"),
        words("tình trạng", "stands"),
    )
    show_table(
        columns,
        [
            (r["code"], f"{r['consultation']}/{r['question']}", r["agency"], when(r["due"]), r["standing"])
            for r in rows
        ],
    )


@app.command()
def answer(
    code: CodeArgument,
    question: QuestionArgument,
    given: Annotated[str, typer.Argument(metavar="ANSWER", help="agree, object or other.")],
    person: OfficerOption,
    documents: DocumentOption = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="In words.")] = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Answer a question for the agency that was asked; what comes too late is kept and changes nothing.

    Example: motcua consultation answer H99.41.01-260302-0001 opinions/fire agree --as cb.h99.06.01-3
    """
    asked, _, name = question.partition("/")
    with writing_house(db, at) as house:
        stored = consultations.answer(
            house,
            parse_code(code),
            asked,
            name,
            given,
            officer(house, person),
            documents=documents or (),
            reason=reason,
            auth=operating_system_user(),
        )
        _show(house, stored)


@app.command("pass-over")
def pass_over(
    code: CodeArgument,
    question: QuestionArgument,
    person: OfficerOption,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Required.")] = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Go on without an answer that is overdue and not mandatory; by who holds the state, with a reason."""
    asked, _, name = question.partition("/")
    with writing_house(db, at) as house:
        actor = officer(house, person)
        stored = consultations.pass_over(
            house, parse_code(code), asked, name, actor, reason=reason, auth=operating_system_user()
        )
        _show(house, stored)


@app.command()
def show(
    code: CodeArgument,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Show what a dossier has asked of whom, what was shared with them, and what stands."""
    with reading_house(db, at) as house:
        found = consultations.described(house, house.store.load(parse_code(code)))
    if FACE.json:
        show_json({"code": code, "consultations": found})
        return
    for held in found:
        _show_round(held)


def _show_round(held: dict[str, Any]) -> None:
    outcome = held["outcome"] or "–"
    title = f"{held['id']} ({words(held['label']['vi'], held['label']['en'])})"
    show_text(
        words(
            f"{title}: lần {held['round']}, cần {held['quorum']}, kết quả: {outcome}",
            f"{title}: round {held['round']}, needs {held['quorum']}, outcome: {outcome}",
        )
    )
    columns = (
        words("câu hỏi", "question"),
        words("cơ quan", "agency"),
        words("hạn", "due"),
        words("tình trạng", "stands"),
        words("trả lời muộn", "late reply"),
    )
    show_table(
        columns,
        [
            (q["id"], q["agency_name"], when(q["due"]), q["standing"], q["late_reply"] or "")
            for q in held["questions"]
        ],
    )


def _show(house: Installation, stored: Stored) -> None:
    """Print where the dossier stands, and what it has asked of whom."""
    found = summary(house, stored)
    if FACE.json:
        show_json({**found, "consultations": consultations.described(house, stored)})
    else:
        show_summary(found)

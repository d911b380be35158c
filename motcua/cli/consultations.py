"""`motcua consultation`: what other bodies are asked; answer, pass over what is overdue, show what stands."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dossier_view import said, show_summary, when
from motcua.cli.lending import housed, reading, writing
from motcua.cli.options import CodeArgument, LimitOption, OfficerOption
from motcua.cli.output import show_found, show_text, words
from motcua.cli.tables import Columns, show_rows
from motcua.services import consultations
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code
from motcua.services.ports import Stored
from motcua.services.presenting import summary

app = typer.Typer(name="consultation", help="Ask other bodies, and answer them.", no_args_is_help=True)

QuestionArgument = Annotated[
    str, typer.Argument(metavar="CONSULTATION/QUESTION", help="Such as opinions/fire; list shows them.")
]
DocumentOption = Annotated[
    list[str] | None, typer.Option("--document", metavar="ID", help="A paper that carries the reply.")
]

_WAITING: Columns = (
    ("mã hồ sơ", "dossier", "code"),
    ("câu hỏi", "question", lambda row: f"{row['consultation']}/{row['question']}"),
    ("cơ quan", "agency", "agency"),
    ("hạn", "due", lambda row: when(row["due"])),
    ("tình trạng", "stands", "standing"),
)
_ASKED: Columns = (
    ("câu hỏi", "question", "id"),
    ("cơ quan", "agency", "agency_name"),
    ("hạn", "due", lambda asked: when(asked["due"])),
    ("tình trạng", "stands", "standing"),
    ("trả lời muộn", "late reply", lambda asked: asked["late_reply"] or ""),
)


@app.command("list")
@housed
def list_command(
    house: Installation,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="CODE", help="Put to this agency.")
    ] = None,
    limit: LimitOption = 100,
) -> None:
    """List the questions that wait for an answer, the nearest due first.

    Example: motcua consultation list --agency H99.03 --json
    """
    rows = consultations.waiting_for(house, agency, limit)
    show_found({"questions": rows}, show_rows, _WAITING, rows)


@app.command()
@writing
def answer(
    house: Installation,
    code: CodeArgument,
    question: QuestionArgument,
    given: Annotated[str, typer.Argument(metavar="ANSWER", help="agree, object or other.")],
    person: OfficerOption,
    documents: DocumentOption = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="In words.")] = None,
) -> None:
    """Answer a question for the agency that was asked; what comes too late is kept and changes nothing.

    Example: motcua consultation answer H99.41.01-260302-0001 opinions/fire agree --as cb.h99.06.01-3
    """
    asked, _, name = question.partition("/")
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
@writing
def pass_over(
    house: Installation,
    code: CodeArgument,
    question: QuestionArgument,
    person: OfficerOption,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Required.")] = None,
) -> None:
    """Go on without an answer that is overdue and not mandatory; by who holds the state, with a reason."""
    asked, _, name = question.partition("/")
    actor = officer(house, person)
    stored = consultations.pass_over(
        house, parse_code(code), asked, name, actor, reason=reason, auth=operating_system_user()
    )
    _show(house, stored)


@app.command()
@reading
def show(house: Installation, code: CodeArgument) -> None:
    """Show what a dossier has asked of whom, what was shared with them, and what stands."""
    found = consultations.described(house, house.store.load(parse_code(code)))
    show_found({"code": code, "consultations": found}, _show_rounds, found)


def _show_rounds(rounds: Iterable[dict[str, Any]]) -> None:
    for held in rounds:
        _show_round(held)


def _show_round(held: dict[str, Any]) -> None:
    outcome = held["outcome"] or "–"
    title = f"{held['id']} ({said(held['label'])})"
    show_text(
        words(
            f"{title}: lần {held['round']}, cần {held['quorum']}, kết quả: {outcome}",
            f"{title}: round {held['round']}, needs {held['quorum']}, outcome: {outcome}",
        )
    )
    show_rows(_ASKED, held["questions"])


def _show(house: Installation, stored: Stored) -> None:
    """Print where the dossier stands, and what it has asked of whom."""
    found = summary(house, stored)
    told = {**found, "consultations": consultations.described(house, stored)}
    show_found(told, show_summary, found)

"""Options that many commands share, so that they are called and behave the same everywhere."""

from datetime import date
from typing import Annotated

import typer

from motcua.cli.output import FACE, LANGUAGES, words


def _choose_language(value: str | None) -> str | None:
    if value is not None:
        if value not in LANGUAGES:
            raise typer.BadParameter(f"{value} is not one of: {', '.join(LANGUAGES)}")
        FACE.lang = value
    return value


def _choose_json(value: bool) -> bool:
    FACE.json = FACE.json or value
    return value


def _choose_quiet(value: bool) -> bool:
    FACE.quiet = FACE.quiet or value
    return value


LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="vi|en", callback=_choose_language, help="Language; else MOTCUA_LANG, else vi."
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", callback=_choose_json, help="Print JSON on stdout, errors as JSON on stderr."),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", callback=_choose_quiet, help="No messages and no progress on stderr.")
]
DbOption = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="URL", help="sqlite:///file.db or postgresql://...; else MOTCUA_DB, else settings."
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="INSTANT",
        help="As if it were this instant, local unless it has an offset; writing only where time is virtual.",
    ),
]
IdemOption = Annotated[
    str | None,
    typer.Option(
        "--idem", metavar="KEY", help="Done once under this key: asked again, it gives the same answer."
    ),
]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Code of the dossier.")]
OfficerOption = Annotated[str, typer.Option("--as", metavar="OFFICER", help="Who does it, by id.")]
MandateOption = Annotated[
    str,
    typer.Option(
        "--mandate", metavar="ID|NUMBER", help="Act for whoever gave this mandate: its id or paper number."
    ),
]
ByOption = Annotated[str, typer.Option("--by", metavar="OFFICER", help="Who proposes or approves.")]


def read_day(given: str) -> date:
    """Read a local day such as 2026-03-02; anything else is bad usage."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        told = words(f"{given} không phải là ngày như 2026-03-02", f"{given} is no day such as 2026-03-02")
        raise typer.BadParameter(told) from None


LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="At most so many.")]

"""Options that many commands share, so that they are called and behave the same everywhere."""

from typing import Annotated

import typer

from motcua.cli.output import FACE, LANGUAGES


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
IdemOption = Annotated[
    str | None,
    typer.Option(
        "--idem", metavar="KEY", help="Done once under this key: asked again, it gives the same answer."
    ),
]

"""`motcua init` begins a config repository of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from motcua.cli.options import JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, show_json, show_text, tell

app = typer.Typer()


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An empty or a new folder; else the current one.")
    ] = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Begin a config repository: an example, ladders, roles, agencies, calendars, editor settings, a hook.

    Example: motcua init thu-tuc && motcua validate thu-tuc && motcua test thu-tuc
    """
    from motcua.bootstrap.starting import begin_repository

    files = begin_repository(folder)
    if FACE.json:
        show_json({"folder": folder, "files": files})
        return
    for file in files:
        show_text(file)
    place = folder.absolute()
    tell(
        f"Đã tạo kho cấu hình {place}. Tiếp theo: đọc README.md, đặt MOTCUA_CONFIG={place}.",
        f"Began a config repository in {place}. Next: read README.md, set MOTCUA_CONFIG={place}.",
    )

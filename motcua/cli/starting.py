"""`motcua init` begins a config repository of one's own."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from motcua.cli.lending import speaking
from motcua.cli.output import show_found, show_text, tell

app = typer.Typer()


@app.command()
@speaking
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An empty or a new folder; else the current one.")
    ] = Path(),
) -> None:
    """Begin a config repository: an example, ladders, roles, agencies, calendars, editor settings, a hook.

    Example: motcua init thu-tuc && motcua validate thu-tuc && motcua test thu-tuc
    """
    from motcua.bootstrap.starting import begin_repository

    files = begin_repository(folder)
    show_found({"folder": folder, "files": files}, _show, folder, files)


def _show(folder: Path, files: Iterable[str]) -> None:
    for file in files:
        show_text(file)
    place = folder.absolute()
    tell(
        f"Đã tạo kho cấu hình {place}. Tiếp theo: đọc README.md, đặt MOTCUA_CONFIG={place}.",
        f"Began a config repository in {place}. Next: read README.md, set MOTCUA_CONFIG={place}.",
    )

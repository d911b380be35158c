"""`motcua serve`: the pages, until stopped."""

from typing import Annotated

import typer

from motcua.bootstrap import open_house, paper_press, read_settings
from motcua.cli.options import DbOption, LangOption, QuietOption
from motcua.cli.output import tell

app = typer.Typer(help="Serve the pages.")


@app.command("serve")
def serve_command(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535, help="Port.")] = 8000,
    secure: Annotated[
        bool, typer.Option("--https", help="Visitors come by HTTPS, through a proxy that ends it.")
    ] = False,
    db: DbOption = None,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Serve the pages for officers, citizens and auditors until stopped. The worker is a command of its own.

    Example: motcua serve --port 8080
    """
    from motcua.web.serving import run
    from motcua.web.site import site

    settings = read_settings()
    with open_house(db, settings=settings) as house:
        tell(f"Mở http://{host}:{port}/", f"Open http://{host}:{port}/")
        run(site(house, settings, paper_press(settings), secure=secure), host, port)

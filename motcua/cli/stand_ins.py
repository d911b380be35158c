"""`motcua stand-in`: servers that stand in for systems of others, on this machine only."""

import signal
import sys
from typing import Annotated

import typer

from motcua.bootstrap.stand_ins import stand_in_portal
from motcua.cli.lending import speaking
from motcua.cli.output import show_found, show_text, tell

app = typer.Typer(name="stand-in", help="Stand in for systems of others.", no_args_is_help=True)


@app.callback()
def _stand_in() -> None:
    """Stand in for systems of others."""


@app.command("portal")
@speaking
def portal_command(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Else a free one.")] = 0,
    misbehave: Annotated[
        str, typer.Option("--misbehave", metavar="KINDS", help="slow,500,duplicate,lost,reorder, or some.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="Repeats who suffers, and how.")] = 0,
) -> None:
    """Stand in for the national portal until stopped; it forgets everything then.

    Example: motcua stand-in portal --port 8099 --misbehave lost,500 --seed 1
    """
    portal = stand_in_portal(port, misbehave, seed)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: portal.leave())
    show_found({"url": portal.url}, show_text, portal.url)
    sys.stdout.flush()
    tell("Đang giả lập Cổng; dừng bằng Ctrl+C.", "Standing in for the portal; stop with Ctrl+C.")
    portal.wait()
    portal.close()
    tell("Đã dừng.", "Stopped.")

"""`motcua peer`: other installations that dossiers are handed over to."""

import signal
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Annotated

import typer

from motcua.bootstrap import read_settings
from motcua.bootstrap.peering import make_key, peer_server, reachable, read_statuses
from motcua.cli.lending import housed, speaking
from motcua.cli.output import ExitCode, show_found, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services import peer_reconciling as reconciling
from motcua.services.installation import Installation
from motcua.services.peer_standing import standing

app = typer.Typer(name="peer", help="Hand dossiers over to other installations.", no_args_is_help=True)

_KNOWN: Columns = (
    ("hệ thống", "peer", "peer"),
    ("nhật ký", "log", "log"),
    ("url", "url", "url"),
    ("cơ quan", "agencies", lambda row: ", ".join(row["agencies"])),
)
_STANDING: Columns = (
    ("hệ thống", "peer", "peer"),
    (
        "kết nối được",
        "reachable",
        lambda row: words("có", "yes") if row["reachable"] else words("không", "no"),
    ),
    ("chưa chuyển", "undelivered", "undelivered"),
    ("bị bỏ lại", "dead", "dead"),
    ("chậm (giây)", "lag (s)", "lag_seconds"),
    ("lỗi", "error", lambda row: row["error"] or ""),
)
_DIFFERENCES: Columns = (
    ("mã hồ sơ", "dossier", "code"),
    ("bên ngoài", "theirs", lambda row: row["theirs"] or ""),
    ("ở đây", "ours", lambda row: ", ".join(row["ours"])),
    ("kết luận", "verdict", "verdict"),
)


@app.command()
@speaking
def key() -> None:
    """Make the key of this installation in the file that webhook_key_file names, and print its public part.

    Peers put that into their file of peers. A key that exists is never overwritten.
    """
    public = make_key(read_settings())
    show_found({"public": public}, show_rows, (("khóa công khai", "public key", 0),), [(public,)])


@app.command("list")
@housed
def list_command(house: Installation) -> None:
    """List the installations that are known, and the agencies that act there."""
    known = [
        {"peer": p.name, "log": p.log, "url": p.url, "agencies": list(p.agencies)} for p in house.peers.known
    ]
    show_found({"peers": known}, show_rows, _KNOWN, known)


@app.command()
@housed
def status(house: Installation) -> None:
    """Say of each installation whether it can be reached, what it still has to be told, and since when.

    Example: motcua peer status --json
    """
    rows = [{**row, "reachable": reachable(row["url"])} for row in standing(house)]
    show_found({"peers": rows}, show_rows, _STANDING, rows)


@app.command()
@housed
def reconcile(
    house: Installation,
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="Our name for it.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Its list as CSV: our dossier's code, its status.")
    ],
) -> None:
    """Compare the list of a system outside with where our dossiers stand; exit code 6 when they differ.

    Nothing is changed: the system reports again, or an officer enters what stands there.

    Example: motcua peer reconcile police statuses.csv
    """
    rows = reconciling.reconcile(house, system, read_statuses(file))
    show_found({"differences": rows}, show_rows, _DIFFERENCES, rows)
    if rows:
        raise typer.Exit(ExitCode.UNSOUND)


@app.command()
@housed
def serve(
    house: Installation,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes a free one.")] = 8790,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
) -> None:
    """Take messages of other installations until stopped.

    It speaks plain HTTP: put a proxy with a certificate before it where the network is not yours.

    Example: motcua peer serve --port 8790
    """
    server = peer_server(house, read_settings(), host, port)
    taken = server.server_address[1]

    def stop(number: int, frame: FrameType | None) -> None:
        Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tell(f"Đang nghe tại {host}:{taken}", f"Listening at {host}:{taken}")
    try:
        server.serve_forever()
    finally:
        server.server_close()

"""`motcua peer`: other installations that dossiers are handed over to."""

import signal
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Annotated

import typer

from motcua.bootstrap import open_house, read_settings
from motcua.bootstrap.peering import make_key, peer_server, reachable, read_statuses
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_json, show_table, tell, words
from motcua.services import peer_reconciling as reconciling
from motcua.services.peer_standing import standing

app = typer.Typer(name="peer", help="Hand dossiers over to other installations.", no_args_is_help=True)


@app.command()
def key(as_json: JsonOption = False, lang: LangOption = None, quiet: QuietOption = False) -> None:
    """Make the key of this installation in the file that webhook_key_file names, and print its public part.

    Peers put that into their file of peers. A key that exists is never overwritten.
    """
    public = make_key(read_settings())
    if FACE.json:
        show_json({"public": public})
        return
    show_table((words("khóa công khai", "public key"),), [(public,)])


@app.command("list")
def list_command(
    db: DbOption = None, as_json: JsonOption = False, lang: LangOption = None, quiet: QuietOption = False
) -> None:
    """List the installations that are known, and the agencies that act there."""
    with open_house(db) as house:
        known = house.peers.known
    if FACE.json:
        show_json(
            {
                "peers": [
                    {"peer": p.name, "log": p.log, "url": p.url, "agencies": list(p.agencies)} for p in known
                ]
            }
        )
        return
    columns = words("hệ thống", "peer"), words("nhật ký", "log"), "url", words("cơ quan", "agencies")
    show_table(columns, [(p.name, p.log, p.url, ", ".join(p.agencies)) for p in known])


@app.command()
def status(
    db: DbOption = None, as_json: JsonOption = False, lang: LangOption = None, quiet: QuietOption = False
) -> None:
    """Say of each installation whether it can be reached, what it still has to be told, and since when.

    Example: motcua peer status --json
    """
    with open_house(db) as house:
        rows = [{**row, "reachable": reachable(row["url"])} for row in standing(house)]
    if FACE.json:
        show_json({"peers": rows})
        return
    columns = (
        words("hệ thống", "peer"),
        words("kết nối được", "reachable"),
        words("chưa chuyển", "undelivered"),
        words("bị bỏ lại", "dead"),
        words("chậm (giây)", "lag (s)"),
        words("lỗi", "error"),
    )
    yes, no = words("có", "yes"), words("không", "no")
    show_table(
        columns,
        [
            (
                row["peer"],
                yes if row["reachable"] else no,
                row["undelivered"],
                row["dead"],
                row["lag_seconds"],
                row["error"] or "",
            )
            for row in rows
        ],
    )


@app.command()
def reconcile(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="Our name for it.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Its list as CSV: our dossier's code, its status.")
    ],
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Compare the list of a system outside with where our dossiers stand; exit code 6 when they differ.

    Nothing is changed: the system reports again, or an officer enters what stands there.

    Example: motcua peer reconcile police statuses.csv
    """
    with open_house(db) as house:
        rows = reconciling.reconcile(house, system, read_statuses(file))
    if FACE.json:
        show_json({"differences": rows})
    else:
        columns = (
            words("mã hồ sơ", "dossier"),
            words("bên ngoài", "theirs"),
            words("ở đây", "ours"),
            words("kết luận", "verdict"),
        )
        shown = [(row["code"], row["theirs"] or "", ", ".join(row["ours"]), row["verdict"]) for row in rows]
        show_table(columns, shown)
    if rows:
        raise typer.Exit(ExitCode.UNSOUND)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes a free one.")] = 8790,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take messages of other installations until stopped.

    It speaks plain HTTP: put a proxy with a certificate before it where the network is not yours.

    Example: motcua peer serve --port 8790
    """
    with open_house(db) as house:
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

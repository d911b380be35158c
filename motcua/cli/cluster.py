"""`motcua cluster`: a whole installation on this machine for trial, with Prefect as its engine."""

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cluster.trial import Cluster
from motcua.bootstrap import read_settings
from motcua.cli.lending import speaking
from motcua.cli.output import FACE, ExitCode, progress, show_found, show_json, tell, words
from motcua.cli.tables import Columns, show_rows

app = typer.Typer(name="cluster", help="A trial cluster on this machine.", no_args_is_help=True)

_PARTS: Columns = (
    ("phần", "part", lambda part: part.name),
    ("tiến trình", "process", lambda part: part.pid),
    ("chạy", "runs", lambda part: words("có", "yes") if part.running else words("không", "no")),
)

DirOption = Annotated[
    Path | None,
    typer.Option(
        "--dir", metavar="DIR", help="Where numbers, secrets and logs lie; else `cluster` in MOTCUA_HOME."
    ),
]


@app.command()
@speaking
def up(folder: DirOption = None) -> None:
    """Start PostgreSQL, a Prefect server with a password, and two workers; what runs already goes on.

    Example: motcua cluster up --dir trial
    """
    cluster = _cluster(folder)
    with progress("Đang khởi động", "Starting"):
        cluster.up()
    show_found(_plain(cluster), _show, cluster)


@app.command()
@speaking
def status(folder: DirOption = None) -> None:
    """Say what runs; exit 8 when something does not.

    Example: motcua cluster status --json
    """
    cluster = _cluster(folder)
    show_found(_plain(cluster), _show, cluster)
    if not all(part.running for part in cluster.parts):
        raise typer.Exit(ExitCode.NOT_READY)


@app.command()
@speaking
def down(
    folder: DirOption = None,
    wipe: Annotated[
        bool, typer.Option("--wipe", help="Remove data, secrets and logs of the cluster too.")
    ] = False,
) -> None:
    """Stop exactly what `up` started; the data stay for the next time.

    Example: motcua cluster down
    """
    cluster = _cluster(folder)
    running = [part.name for part in cluster.parts if part.running]
    cluster.down(wipe=wipe)
    if FACE.json:
        show_json({"stopped": running, "wiped": wipe})
    told = ", ".join(running) or "–"
    tell(f"Đã dừng: {told}.", f"Stopped: {told}.")


def _cluster(folder: Path | None) -> Cluster:
    settings = read_settings()
    return Cluster((folder or settings.home / "cluster").absolute(), settings)


def _plain(cluster: Cluster) -> dict[str, Any]:
    parts = [{"name": part.name, "pid": part.pid, "running": part.running} for part in cluster.parts]
    urls = {"database_url": cluster.database_url, "api_url": cluster.api_url}
    return {"folder": cluster.folder, "parts": parts, **urls}


def _show(cluster: Cluster) -> None:
    show_rows(_PARTS, cluster.parts)
    tell(f"Cơ sở dữ liệu: {cluster.database_url}", f"Database: {cluster.database_url}")
    tell(f"Prefect: {cluster.api_url}", f"Prefect: {cluster.api_url}")

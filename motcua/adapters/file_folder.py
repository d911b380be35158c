"""A folder in which files lie under the hash of what they hold."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from motcua.services.ports import WrongFile

_HASH = re.compile(r"[0-9a-f]{64}")


class HashedFolder:
    """Files by SHA-256, in folders by its first two digits; one that is there already is not written again."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def has(self, sha256: str) -> bool:
        """Tell whether a file is kept."""
        return self._place(sha256).is_file()

    def keep(self, sha256: str, held: bytes) -> None:
        """Keep a file whole or not at all: it is written under another name first. Raises: OSError."""
        place = self._place(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(held)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(place)
        except OSError:
            Path(name).unlink(missing_ok=True)  # a full disk is not filled further
            raise

    def read(self, sha256: str) -> bytes:
        """Return a whole file. Raises: OSError."""
        return self._place(sha256).read_bytes()

    def drop(self, sha256: str) -> None:
        """Throw a file away; one that is not there is no error. Raises: OSError."""
        self._place(sha256).unlink(missing_ok=True)

    def size(self, sha256: str) -> int | None:
        """Return how many bytes a file has; None where it is not kept."""
        place = self._place(sha256)
        return place.stat().st_size if place.is_file() else None

    def piece(self, sha256: str, offset: int, most: int) -> bytes:
        """Return at most so many bytes of a file from *offset* on. Raises: OSError."""
        with self._place(sha256).open("rb") as file:
            file.seek(offset)
            return file.read(most)

    def take(self, sha256: str, size: int, offset: int, piece: bytes) -> int:
        """Take the next piece of a file, as `motcua.services.ports.SharedFiles` says. Raises: WrongFile, OSError."""
        if self.has(sha256):
            return size
        part = self._place(sha256).with_suffix(".part")
        begun = part.stat().st_size if part.is_file() else 0
        if offset != begun or begun + len(piece) > size:
            return begun
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("ab") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if begun + len(piece) < size:
            return begun + len(piece)
        return self._whole(sha256, part, size)

    def _whole(self, sha256: str, part: Path, size: int) -> int:
        with part.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            part.unlink()
            raise WrongFile(
                sha256=sha256, reason="its hash is another", reason_vi="mã băm của nội dung khác mã đã khai"
            )
        part.replace(self._place(sha256))
        return size

    def _place(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise ValueError("no SHA-256")
        return self._root / sha256[:2] / sha256

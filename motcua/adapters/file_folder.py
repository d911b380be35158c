"""A folder in which files lie under the hash of what they hold."""

import os
import re
import tempfile
from pathlib import Path

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
        with os.fdopen(handle, "wb") as file:
            file.write(held)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)

    def _place(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise ValueError("no SHA-256")
        return self._root / sha256[:2] / sha256

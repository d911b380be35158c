"""A way out of the house for rehearsals: every message in one file, in the order of sending."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TextIO

RULE = "=" * 72


class NoticeFile:
    """Appends messages to a file, from several threads; the last ones may be lost when the machine stops."""

    name = "file"

    def __init__(self, path: Path) -> None:
        """Take the file; it is made, with its folder, when first needed."""
        self._path = path
        self._file: TextIO | None = None
        self._lock = Lock()

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Append *text* under its id and recipients. Raises: OSError."""
        letter = f"{RULE}\nMessage-ID: {message}\nTo: {', '.join(recipients)}\n\n{text.rstrip()}\n\n"
        with self._lock:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a", encoding="utf-8")
            self._file.write(letter)

    def close(self) -> None:
        """Write out what is held back and close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

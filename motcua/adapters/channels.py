"""Ways out of the house: the local mailbox folder."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

UNSAFE = re.compile(r"[^A-Za-z0-9._@-]+")


class MailboxFolder:
    """Writes each message as a file in a folder for each recipient.

    The file is named after the message id, so the same message sent twice is there once.
    """

    name = "mailbox"

    def __init__(self, root: Path) -> None:
        """Take the folder that holds the mailboxes; it is made when first needed."""
        self._root = root

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Store *text* durably for every recipient. Raises: OSError."""
        for recipient in recipients:
            self._store(self._root / _safe(recipient), f"{_safe(message)}.txt", text)

    def _store(self, folder: Path, name: str, text: str) -> None:
        """Write beside and rename, so that a reader never sees half a message."""
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f".{name}.part"
        with half.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(folder / name)


def _safe(name: str) -> str:
    return UNSAFE.sub("-", name).lstrip(".") or "-"

"""Files of papers, and who looks for viruses in them, as use cases see them."""

from typing import Protocol


class ScanFolder(Protocol):
    """Keeps files under the hash of what they hold. Every method that touches the disk raises OSError."""

    def has(self, sha256: str) -> bool:
        """Tell whether a file is kept."""
        ...

    def keep(self, sha256: str, held: bytes) -> None:
        """Keep a file whole or not at all; it is on the disk when this returns."""
        ...

    def read(self, sha256: str) -> bytes:
        """Return a whole file."""
        ...

    def drop(self, sha256: str) -> None:
        """Throw a file away; one that is not there already is no error."""
        ...


class Scanner(Protocol):
    """Looks for viruses."""

    def scan(self, held: bytes) -> str:
        """Return the name of what is in a file, empty for nothing. Raises: OSError, when it does not answer."""
        ...

"""ClamAV over its socket: a file goes in pieces, one line comes back. Source: clamd(8), INSTREAM."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from states.errors import DomainError

_PIECE = 64 * 1024
_ANSWER = 4096


class InvalidScanner(DomainError):
    """No address of a virus scanner: {given}. Write tcp://host:3310 or unix:///run/clamav/clamd.ctl."""

    vi = "Không phải địa chỉ phần mềm quét mã độc: {given}. Hãy ghi tcp://máy:3310 hoặc unix:///run/clamav/clamd.ctl."


class NoVerdict(OSError):
    """The scanner answered, and said neither yes nor no."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """The scanner at an address.

    Attributes:
        patience: Seconds that each step may take.
    """

    url: str
    patience: float = 20.0

    def scan(self, held: bytes) -> str:
        """Return the name of what is in a file, empty for nothing. Raises: OSError, when it does not answer so."""
        with self._line() as line:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(held), _PIECE):
                piece = held[at : at + _PIECE]
                line.sendall(len(piece).to_bytes(4) + piece)
            line.sendall(bytes(4))
            said = b""
            while not said.endswith(b"\0") and len(said) < _ANSWER and (more := line.recv(_ANSWER)):
                said += more
        return _verdict(said.rstrip(b"\0\n").decode("utf-8", "replace"))

    def _line(self) -> socket.socket:
        place = urlsplit(self.url)
        if place.scheme == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self.patience)
            try:
                line.connect(place.path)
            except BaseException:
                line.close()
                raise
            return line
        return socket.create_connection((place.hostname or "", place.port or 0), self.patience)


def _verdict(said: str) -> str:
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND").rpartition(": ")[2] or "?"
    if said.endswith(": OK"):
        return ""
    raise NoVerdict(said or "nothing was said")


def read_scanner(url: str) -> Clamd:
    """Return the scanner at an address. Raises: InvalidScanner."""
    try:
        place = urlsplit(url)
        whole = place.port is not None and bool(place.hostname)
    except ValueError:
        raise InvalidScanner(given=url) from None
    if (place.scheme == "tcp" and whole) or (place.scheme == "unix" and place.path):
        return Clamd(url)
    raise InvalidScanner(given=url)

"""Puts together what is needed to speak with other installations; nothing is read where there are none."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.adapters.clock import SystemClock
from motcua.services.installation import Installation
from motcua.services.ports import Peer, Peers, Wire
from motcua.settings import Settings
from states.errors import DomainError, Kind

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_PATIENCE = 3.0


class NoKey(DomainError):
    """There is no key to sign with: {reason}. Make one with "motcua peer key", and name it in webhook_key_file."""

    kind = Kind.NOT_READY
    vi = "Chưa có khóa để ký: {reason_vi}. Hãy tạo bằng «motcua peer key» và ghi vào webhook_key_file."


class UnreadableStatuses(DomainError):
    """The list {file} cannot be read: {reason}. Each line has two columns: the code of our dossier, the status."""

    vi = "Không đọc được danh sách {file}: {reason}. Mỗi dòng có hai cột: mã hồ sơ ở đây, trạng thái."


class KeyExists(DomainError):
    """The file {file} exists already, and a key is never overwritten. Name another file, then change the setting."""

    kind = Kind.CONFLICT
    vi = "Tệp {file} đã có; khóa không bao giờ bị ghi đè. Hãy chọn tệp khác rồi sửa thiết lập."


def peers_of(settings: Settings, log: str) -> Peers:
    """Return who is known, with the way to them.

    Raises:
        InvalidPeers, InvalidKey, InvalidGateway: The file is not understood.
    """
    if settings.peers is None:
        return Peers()
    from motcua.adapters.file_folder import HashedFolder
    from motcua.adapters.peer_files import read_peers

    return Peers(read_peers(settings.peers), _LateWire(settings, log), HashedFolder(settings.files_dir))


@dataclass
class _LateWire:
    """Reads the key when the first message leaves, so that nobody else needs to be allowed to."""

    settings: Settings
    log: str
    _wire: Wire | None = field(default=None, init=False)

    def post(self, peer: Peer, message: str, body: bytes) -> bytes:
        """Carry a message. Raises: as `Wire.post`; NoKey, InvalidKey."""
        if self._wire is None:
            from motcua.adapters.peer_wire import HttpWire

            self._wire = HttpWire(self.log, our_key(self.settings), SystemClock().now)
        return self._wire.post(peer, message, body)


def our_key(settings: Settings) -> "Ed25519PrivateKey":
    """Return the key of this installation. Raises: NoKey, InvalidKey."""
    from motcua.adapters.standard_webhooks import read_private

    if settings.webhook_key_file is None:
        raise NoKey(reason="webhook_key_file is not set", reason_vi="chưa đặt webhook_key_file")
    try:
        return read_private(settings.webhook_key_file.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        raise NoKey(reason="its file cannot be read", reason_vi="không đọc được tệp") from None


def make_key(settings: Settings) -> str:
    """Make the key, readable by its owner only; return the public one. Raises: NoKey, KeyExists."""
    import os

    from motcua.adapters.standard_webhooks import generate

    file = settings.webhook_key_file
    if file is None:
        raise NoKey(reason="webhook_key_file is not set", reason_vi="chưa đặt webhook_key_file")
    private, public = generate()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(f"{private}\n")
    except FileExistsError:
        raise KeyExists(file=file.name) from None
    return public


def peer_server(house: Installation, settings: Settings, host: str, port: int) -> "ThreadingHTTPServer":
    """Return the server for messages of peers, which listens already. Raises: NoKey, InvalidKey, OSError."""
    from motcua.adapters.peer_server import Desk, serve

    return serve(Desk(house, our_key(settings), SystemClock().now), host, port)


def reachable(url: str) -> bool:
    """Tell whether somebody listens where a peer takes messages; nothing is sent."""
    import socket

    from motcua.adapters.http_gateway import read_gateway

    if not url:
        return False
    gateway = read_gateway(url)
    port = gateway.port or (443 if gateway.secure else 80)
    try:
        with socket.create_connection((gateway.host, port), timeout=_PATIENCE):
            return True
    except OSError:
        return False


def read_statuses(file: Path) -> dict[str, str]:
    """Read the list of a system outside, a line for each dossier: our code, its status. Raises: UnreadableStatuses."""
    import csv

    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.reader(lines) if row]
        return {code.strip(): status.strip() for code, status in rows}
    except (OSError, ValueError, csv.Error) as error:
        raise UnreadableStatuses(file=file.name, reason=error) from error

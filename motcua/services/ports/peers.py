"""Other installations that dossiers are handed over to, and taken over from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from states.errors import DomainError, Kind

MOST_BYTES = 20_000_000


class UnknownPeer(DomainError):
    """No installation {peer} is known here. Add it to the file of peers, with its log and public keys."""

    kind = Kind.NOT_AUTHORISED
    vi = "Không biết hệ thống {peer}. Hãy thêm vào tệp peers, kèm tên nhật ký và khóa công khai."


class PeerSilent(DomainError):
    """{peer} gave no answer that can be trusted: {reason}. It is asked again by itself."""

    kind = Kind.NOT_READY
    vi = "{peer} chưa trả lời đáng tin cậy: {reason_vi}. Hệ thống sẽ tự gửi lại."


@dataclass(frozen=True, slots=True)
class Peer:
    """Another installation.

    Attributes:
        name: What we call it.
        log: The name of its log, by which it calls itself.
        url: Where it takes messages; empty: it only sends.
        keys: Its public keys, as text.
        agencies: Beginnings of the codes of agencies that it serves.
        opens: By `<procedure>/<state>` or `<procedure>` of what it offers, the procedure that we open for it; the same
            code where it is not named.
        may: Transitions of ours that it may fire as the master of a status, as `<procedure>/<transition>`.
        statuses: By a word of its own list, the states in which a dossier of ours may then be.
        most_bytes: No file that it sends may have more.
    """

    name: str
    log: str
    url: str
    keys: tuple[str, ...]
    agencies: tuple[str, ...]
    opens: Mapping[str, str] = field(default_factory=dict)
    may: tuple[str, ...] = ()
    statuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most_bytes: int = MOST_BYTES

    def serves(self, agency: str) -> bool:
        """Tell whether an agency acts there."""
        return any(agency == code or agency.startswith(f"{code}.") for code in self.agencies)


class SharedFiles(Protocol):
    """Files under the hash of what they hold, which go to peers and come from them piece by piece."""

    def size(self, sha256: str) -> int | None:
        """Return how many bytes a file has; None where it is not kept."""
        ...

    def piece(self, sha256: str, offset: int, most: int) -> bytes:
        """Return at most so many bytes of a file from *offset* on. Raises: OSError."""
        ...

    def take(self, sha256: str, size: int, offset: int, piece: bytes) -> int:
        """Take the next piece of a file of *size* bytes; return how many are here now, however they came.

        A piece that does not begin where the last one ended is left. A file that is whole and has another hash is
        thrown away.

        Raises:
            WrongFile: It is not what its hash says.
            OSError: It cannot be written now.
        """
        ...


class Wire(Protocol):
    """Carries a message to a peer, signed, and brings its signed answer."""

    def post(self, peer: Peer, message: str, body: bytes) -> bytes:
        """Return the body of the answer, whose signature was found right.

        Raises:
            OSError: It cannot be reached.
            PeerSilent: It does not answer now, or with what it did not sign.
            Undeliverable: It refuses the message for good.
        """
        ...


@dataclass(frozen=True)
class Peers:
    """Those that are known, and the way to them; none by default."""

    known: Sequence[Peer] = ()
    wire: Wire | None = None
    files: SharedFiles | None = None

    def named(self, name: str) -> Peer:
        """Return a peer by our name for it. Raises: UnknownPeer."""
        return self._found(name, lambda peer: peer.name)

    def of_log(self, log: str) -> Peer:
        """Return a peer by the name of its log. Raises: UnknownPeer."""
        return self._found(log, lambda peer: peer.log)

    def serving(self, agency: str) -> Peer:
        """Return the peer that serves an agency. Raises: UnknownPeer."""
        found = next((peer for peer in self.known if peer.serves(agency)), None)
        if found is None:
            raise UnknownPeer(peer=agency)
        return found

    @property
    def agencies(self) -> tuple[str, ...]:
        """Beginnings of the codes of all agencies that act elsewhere."""
        return tuple(code for peer in self.known for code in peer.agencies)

    def post(self, peer: Peer, message: str, body: bytes) -> bytes:
        """Carry a message. Raises: as `Wire.post`."""
        if self.wire is None:
            raise PeerSilent(
                peer=peer.name, reason="there is no key to sign with", reason_vi="chưa có khóa ký"
            )
        return self.wire.post(peer, message, body)

    def _found(self, wanted: str, name: Callable[[Peer], str]) -> Peer:
        found = next((peer for peer in self.known if name(peer) == wanted), None)
        if found is None:
            raise UnknownPeer(peer=wanted)
        return found

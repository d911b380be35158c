"""What one installation tells another of its records, so that both trails name each other."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

PARTNER = "partner"
"""The kind of actor that a partner system is: it speaks for one agency, and no person of ours acts."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A record of another installation.

    Attributes:
        peer: Our name for the installation.
        trail, stream, seq: Where the record stands: the name of the log there, and the place in it.
        hash: Its leaf hash, lower-case hexadecimal.
        at: When it was recorded there.
    """

    peer: str
    trail: str
    stream: str
    seq: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """What of another installation's dossier this dossier was opened for: a handoff, or a question.

    Attributes:
        dossier: The code that the dossier has there.
        state, number: Which handoff of it, as it is counted there; of a question `<consultation>/<question>` and its
            round.
        agency: The agency that offers it, and has custody until it is accepted; of a question, who asks.
        receipt: The record that offers or asks it.
        asks: Whether it is a question: custody stays where it is, and the end of this dossier is the answer.
    """

    dossier: str
    state: str
    number: int
    agency: str
    receipt: Receipt
    asks: bool = False


def within(at: datetime, first: datetime, last: datetime) -> datetime:
    """Return what another clock said, where that is possible; else the nearest instant that is, both ends included."""
    return min(max(at, first), last)


def id_for(origin: Origin) -> str:
    """Return the id of the dossier that an offer opens: it follows from the offer, so that there can be only one."""
    offer = f"{origin.receipt.trail}/{origin.receipt.stream}/{origin.state}#{origin.number}"
    return sha256(offer.encode()).hexdigest()[:32]

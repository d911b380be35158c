"""Handoffs between agencies: acknowledge, accept, return, send by post, and list what waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.record import Auth
from motcua.services.choosing import choose_officers
from motcua.services.enacting import Request, enact
from motcua.services.idempotency import Once, once
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import OFFER, Stored, Wait, WaitsWanted
from motcua.services.recording import Personal
from states.commands import (
    AcceptHandoff,
    AcknowledgeHandoff,
    Actor,
    Command,
    DeliverHandoff,
    DispatchHandoff,
    ReturnHandoff,
)
from states.dossier import HANDOFF
from states.wire import to_wire
from states.world import World


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of the handoff into a state of a dossier.

    Attributes:
        expected_version: The version they saw; None takes the one that is there.
        key: Makes it a request that is done once, however often it is asked.
    """

    code: str
    state: str
    actor: Actor
    expected_version: int | None = None
    auth: Auth | None = None
    key: str | None = None


def acknowledge(house: Installation, asked: Asked) -> Stored:
    """Say that the receiver has it. Raises: HandoffNotFound, HandoffAnswered, WrongAgency, NotAuthorised."""
    return _enact(house, asked, AcknowledgeHandoff)


def deliver(house: Installation, asked: Asked) -> Stored:
    """Confirm what the carrier delivered. Raises: as `acknowledge`, NotSentByPost."""
    return _enact(house, asked, DeliverHandoff)


def dispatch(house: Installation, asked: Asked, carrier: str, receipt: str) -> Stored:
    """Record the carrier's receipt, which is no personal data. Raises: as `deliver`."""
    return _enact(
        house, asked, lambda state, actor, seen: DispatchHandoff(state, carrier, receipt, actor, seen)
    )


def accept(house: Installation, asked: Asked) -> Stored:
    """Take custody; the task goes to whom the role's rule says. Raises: as `acknowledge`."""

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        day, parties = world.calendar.local_date(now), stored.dossier.parties
        known = (asked.state,) if asked.state in world.procedure.state else ()
        chosen = choose_officers(house, world, parties, known, day)
        command = AcceptHandoff(asked.state, asked.actor, _seen(asked, stored), chosen)
        return Request(command, asked.actor, auth=asked.auth, idem=_once(asked, command.kind))

    return enact(house, asked.code, ask)


def give_back(house: Installation, asked: Asked, reason: str | None) -> Stored:
    """Return it by the declared transition, with a reason, which is personal until proved otherwise.

    Raises:
        HandoffNotFound, HandoffAnswered, WrongAgency, NoWayBack, TransitionRefused, NotAuthorised: Nothing changed.
    """

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        personal = () if reason is None else (Personal("reason", reason, house.new_salt()),)
        command = ReturnHandoff(asked.state, asked.actor, _seen(asked, stored), reasoned=bool(reason))
        return Request(command, asked.actor, personal, asked.auth, idem=_once(asked, command.kind, reason))

    return enact(house, asked.code, ask)


def _enact(house: Installation, asked: Asked, command: Callable[[str, Actor, int], Command]) -> Stored:
    def ask(world: World, stored: Stored, now: datetime) -> Request:
        wanted = command(asked.state, asked.actor, _seen(asked, stored))
        said = {
            key: value for key, value in to_wire(wanted).items() if key not in ("actor", "expected_version")
        }
        idem = _once(asked, wanted.kind, said)
        return Request(wanted, asked.actor, auth=asked.auth, idem=idem)

    return enact(house, asked.code, ask)


def _once(asked: Asked, kind: str, more: object = None) -> Once | None:
    return once(
        asked.key, asked.actor, asked.auth, [kind, asked.code, asked.state, asked.expected_version, more]
    )


def _seen(asked: Asked, stored: Stored) -> int:
    return stored.dossier.version if asked.expected_version is None else asked.expected_version


def waiting(
    house: Installation, agency: str | None = None, unacknowledged: bool = False, limit: int = 100
) -> list[dict[str, Any]]:
    """Return the handoffs that wait for their receiver, the one that is due first first.

    Args:
        house: The installation.
        agency: Only those that it sent or is to receive.
        unacknowledged: Only those of which the receiver has not said that it has them.
        limit: At most so many.
    """
    wanted = WaitsWanted(OFFER, either=agency, without="acknowledged" if unacknowledged else None)
    found = house.store.waits(wanted, limit)
    known = {stored.id: stored for stored in house.store.load_ids([row.wait.dossier_id for row in found])}
    rows = (_row(house, known.get(row.wait.dossier_id), row.wait) for row in found)
    return [row for row in rows if row is not None]


def _row(house: Installation, stored: Stored | None, wait: Wait) -> dict[str, Any] | None:
    """Show an offer as it stands now; None where it was answered between the two looks."""
    passage = None if stored is None else stored.dossier.offered(wait.id.removeprefix(HANDOFF))
    if stored is None or passage is None:
        return None
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    clock = stored.dossier.clocks.get(f"{HANDOFF}{passage.state}")
    due = None if clock is None else clock.due
    calendar = world.calendar
    return {
        "code": stored.dossier.code,
        "procedure": stored.dossier.procedure,
        "state": passage.state,
        "via": passage.via,
        "status": passage.status,
        "sender": passage.sender,
        "receiver": passage.receiver,
        "carrier": passage.carrier,
        "receipt": passage.receipt,
        "offered_at": local_text(calendar, passage.offered_at),
        "delivered_at": local_text(calendar, passage.delivered_at),
        "acknowledged_at": local_text(calendar, passage.acknowledged_at),
        "due": local_text(calendar, due),
        "late": due is not None and now > due,
    }

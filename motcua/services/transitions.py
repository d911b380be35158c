"""Somebody presses a button: one dossier, one transition or extension, one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from audit.record import Auth
from motcua.services.choosing import choose_officers
from motcua.services.enacting import Ask, Request, enact, enact_all
from motcua.services.idempotency import once
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.recording import Personal
from states.commands import Actor, ExtendTerm, FireTransition
from states.errors import DomainError, Kind
from states.firing import entered_by
from states.sendable import enabled_transitions
from states.term import Term
from states.world import World


class ExtensionWithoutTerm(DomainError):
    """The extension "{extension}" needs its length. Give it in the data, like {{"by": {{"working_days": 2}}}}."""

    vi = 'Gia hạn «{extension}» phải nêu thời gian. Hãy ghi trong dữ liệu, ví dụ {{"by": {{"working_days": 2}}}}.'


class MasterElsewhere(DomainError):
    """Dossier {code}: only {peer} says "{transition}"; its report comes signed. Wait for it, or reconcile."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: «{transition}» chỉ do {peer} báo về, có chữ ký. Hãy chờ báo cáo, hoặc đối soát."


@dataclass(frozen=True, slots=True)
class Particulars:
    """What comes with a transition.

    Attributes:
        reason: Free text, hence personal data until proved otherwise.
        by: The new time, for an extension.
    """

    facts: Mapping[str, bool | int | str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    reason: str | None = None
    by: Term | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What `send` takes, as a value: one dossier and what is to happen to it.

    Attributes:
        key: Makes it a request that is done once, however often it is asked.
    """

    code: str
    transition: str
    actor: Actor
    expected_version: int | None
    given: Particulars
    auth: Auth | None = None
    key: str | None = None


def send(
    house: Installation,
    code: str,
    transition: str,
    actor: Actor,
    expected_version: int | None,
    given: Particulars,
    auth: Auth | None = None,
    key: str | None = None,
) -> Stored:
    """Move one dossier along a transition, or extend its term where *transition* names an extension.

    Args:
        house: The installation.
        code: The dossier.
        transition: Id of a transition or of an extension of its procedure version.
        actor: Who asks.
        expected_version: The version they saw; None takes the one that is there.
        given: Facts, papers, reason, new time.
        auth: How they were identified.
        key: Makes it a request that is done once: asked again with the same key, it gets the same answer.

    Raises:
        MalformedKey, KeyReused: The key is none, or stands for another request.
        DossierNotFound, StaleDossier, TransitionRefused, NotAuthorised, InvalidFacts, Busy: Nothing was changed
            by the command, what the clock owed apart.
    """
    return enact(
        house, code, _asking(house, Sending(code, transition, actor, expected_version, given, auth, key))
    )


def send_many(house: Installation, sendings: Sequence[Sending]) -> list[Stored | DomainError]:
    """Move several dossiers, each another one, in one transaction as far as possible, as when a leader signs a pile.

    Returns:
        In the order of *sendings*: the dossier as `send` returns it, or the error that `send` raises.
    """
    return enact_all(house, [(sending.code, _asking(house, sending)) for sending in sendings])


def _asking(house: Installation, sending: Sending) -> Ask:
    transition, actor, given = sending.transition, sending.actor, sending.given
    mandate = () if actor.mandate is None else (actor.mandate.id,)
    asked = [sending.code, transition, sending.expected_version, *_said(given), *mandate]
    idem = once(sending.key, actor, sending.auth, asked)

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        expected = sending.expected_version
        seen = stored.dossier.version if expected is None else expected
        personal = () if given.reason is None else (Personal("reason", given.reason, house.new_salt()),)
        _not_reported(house, stored, transition)
        if transition in world.procedure.extension:
            command: ExtendTerm | FireTransition = _extension(transition, actor, seen, given)
        else:
            command = FireTransition(
                transition, actor, seen, given.facts, given.documents, reasoned=bool(given.reason)
            )
            if seen == stored.dossier.version:
                command = _with_officers(house, world, stored, command, now)
        return Request(command, actor, personal, sending.auth, idem=idem)

    return ask


def _not_reported(house: Installation, stored: Stored, transition: str) -> None:
    """Check that no system outside is the master of what somebody here wants to say. Raises: MasterElsewhere."""
    for peer in house.peers.known:
        if f"{stored.dossier.procedure}/{transition}" in peer.may:
            raise MasterElsewhere(code=stored.dossier.code, peer=peer.name, transition=transition)


def _said(given: Particulars) -> tuple[object, ...]:
    return dict(given.facts), given.documents, given.reason, None if given.by is None else str(given.by)


def _extension(extension: str, actor: Actor, seen: int, given: Particulars) -> ExtendTerm:
    if given.by is None:
        raise ExtensionWithoutTerm(extension=extension)
    return ExtendTerm(extension, given.by, actor, seen, reasoned=bool(given.reason))


def _with_officers(
    house: Installation, world: World, stored: Stored, command: FireTransition, now: datetime
) -> FireTransition:
    try:
        entered = entered_by(world, stored.dossier, command)
    except DomainError:  # the decision says why, and first of all whether the actor may ask
        return command
    day = world.calendar.local_date(now)
    chosen = choose_officers(house, world, stored.dossier.parties, entered, day)
    return replace(command, assignees=chosen) if chosen else command


def allowed(house: Installation, stored: Stored) -> tuple[str, ...]:
    """Return what the chart allows next, guards aside."""
    return enabled_transitions(house.worlds.of(stored.dossier.cfg), stored.dossier)

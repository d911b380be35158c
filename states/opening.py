"""Opening a dossier: its first facts, its first states, tasks and clocks."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from states.asking import consultations_moved
from states.clockwork import Move, clock_events
from states.commands import OpenDossier
from states.directory import Directory, PartyUnbound
from states.dossier import fold
from states.errors import InvalidFacts
from states.events import Event, Facts, FiledOnPortal, IntakePlaced, Opened, OriginNamed, ParentNamed
from states.guards import FactSpec, FactType
from states.offering import first_offers, offer_events
from states.procedure import APPLICANT, CHANNELS, Party, Procedure, Resolve
from states.tasking import tasks_for
from states.world import World


def bind_parties(
    procedure: Procedure,
    directory: Directory,
    competent: str,
    receiving: str | None = None,
    day: date = date.max,
) -> dict[str, str]:
    """Return the agency of each party on a local *day*, starting from the competent one.

    Args:
        procedure: Whose parties.
        directory: The agencies in force.
        competent: Code of the agency that decides.
        receiving: Code of the agency where the dossier was handed in; the competent one when None.
        day: The day of opening; when all that is known has happened, unless told otherwise.

    Raises:
        AgencyNotFound: No such agency.
        AgencyClosed, CompetenceMoved, AgencyNotOpen: It takes in no dossier of the procedure that day.
        PartyUnbound: The agency is of the wrong kind, or a party finds no single agency.
    """
    for code in dict.fromkeys((competent, receiving or competent)):
        directory.competent(code, day, procedure.code)
    return {
        party.id: _bound(
            party, procedure.code, directory, _from(party, competent, receiving or competent), day
        )
        for party in procedure.parties
    }


def _from(party: Party, competent: str, receiving: str) -> str:
    return receiving if party.resolve is Resolve.RECEIVING else competent


def _bound(party: Party, procedure: str, directory: Directory, code: str, day: date) -> str:
    """A binding of the registry comes first; whoever is found stands for what was taken over, too."""
    found = directory.serving(party.kind, procedure, code, day)
    if found is not None:
        return directory.seat(found, day, procedure)
    seats = directory.seats_of(party.kind, day, procedure)
    if party.resolve in (Resolve.COMPETENT, Resolve.RECEIVING) and code in seats:
        return code
    if party.resolve is Resolve.PARENT and (above := _above(directory, code, seats)) is not None:
        return above
    if party.resolve is Resolve.ONLY and len(seats) == 1:
        return seats[0]
    raise PartyUnbound(party=party.id, kind_of=party.kind, agency=code)


def _above(directory: Directory, code: str, seats: Iterable[str]) -> str | None:
    """Climb to the first of *seats* above an agency."""
    parent = directory.get(code).parent
    while parent is not None and parent not in seats:
        parent = directory.get(parent).parent
    return parent


def open_dossier(world: World, command: OpenDossier, now: datetime) -> tuple[Event, ...]:
    """Decide a submission; clocks that run from the start count from when it was filed on the portal, if it was.

    Raises:
        InvalidFacts: Unknown channel, fact or document, a value of the wrong type, a fact missing; filed later
            than now.
    """
    procedure = world.procedure
    check_submission(procedure, command.channel, command.facts, command.documents)
    _check_filed(procedure, command, now)
    event = Opened(
        code=command.code,
        procedure=procedure.code,
        cfg=world.cfg,
        channel=command.channel,
        agency=command.parties[procedure.parties[0].id],
        parties=command.parties,
        facts=_first_facts(procedure, command),
        documents=tuple(dict.fromkeys(command.documents)),
        states=procedure.initial,
        public=public_status(procedure, procedure.initial),
        at=now,
    )
    told = [event, *_belonging(command, now)]
    dossier = fold(None, told, by_person=True)
    offers = first_offers(world, dossier, world.calendar.local_date(now)) if procedure.hands_over else ()
    away = tuple(offer.state for offer in offers)
    move = Move(None, (), procedure.initial, ended=False, suspended=None, lifted=None, offered=away)
    there = tuple(state for state in procedure.initial if state not in away)
    began = now if command.filed is None else command.filed.at
    events = [*told, *clock_events(world, dossier, move, began)]
    events += [*offer_events(world, dossier, offers, None, now)]
    events += tasks_for(world, dossier, there, command.assignees, now)
    events += consultations_moved(world, dossier, (), procedure.initial, now)
    return tuple(events)


def check_submission(procedure: Procedure, channel: str, facts: Facts, documents: Iterable[str]) -> None:
    """Check what comes with a new dossier.

    Raises:
        InvalidFacts: As `open_dossier`.
    """
    if channel not in CHANNELS:
        raise invalid(procedure, f"channel {channel}", "is not known", "không có trong danh mục")
    check_facts(procedure, facts)
    _complete(procedure, facts)
    check_documents(procedure, documents)


def _belonging(command: OpenDossier, now: datetime) -> Iterable[Event]:
    if command.parent is not None:
        kin = command.parent
        yield ParentNamed(kin.dossier, kin.component, kin.results, now, kin.again)
    if command.origin is not None:
        yield OriginNamed(command.origin, now)
    if command.places is not None:
        yield IntakePlaced(command.places.helped, command.places.received, command.places.returns, now)
    if command.filed is not None:
        yield FiledOnPortal(command.filed.submission, command.filed.at, now)


def _check_filed(procedure: Procedure, command: OpenDossier, now: datetime) -> None:
    if command.filed is not None and command.filed.at > now:
        raise invalid(procedure, "the instant of filing", "lies ahead", "ở tương lai")


def _first_facts(procedure: Procedure, command: OpenDossier) -> Facts:
    counts = dict.fromkeys(procedure.counts, 0)
    facts = {"channel": command.channel, "fee_paid": not procedure.fees, **counts, **command.facts}
    return {**facts, "docs_complete": docs_complete(procedure, facts, command.documents)}


def docs_complete(procedure: Procedure, facts: Facts, documents: Iterable[str]) -> bool:
    """Tell whether every required paper is there; a condition that cannot be judged makes it required."""
    given = frozenset(documents)
    for paper, condition in procedure.papers_asked:
        if paper not in given:
            if condition is None:
                return False
            verdict = condition.evaluate(facts)
            if verdict.ok or verdict.missing:
                return False
    return True


def check_facts(procedure: Procedure, facts: Facts) -> None:
    """Check that facts are declared and of their type.

    Raises:
        InvalidFacts: One is not.
    """
    for name, value in facts.items():
        if name not in procedure.told:
            raise invalid(procedure, f"fact {name}", "is not declared", "không được khai báo")
        if not _fits(procedure.fact_specs[name], value):
            raise invalid(procedure, f"fact {name}", f"cannot be {value!r}", f"không thể là {value!r}")


def _fits(spec: FactSpec, value: object) -> bool:
    if spec.type is FactType.BOOLEAN:
        return isinstance(value, bool)
    if spec.type is FactType.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
    return isinstance(value, str) and (not spec.values or value in spec.values)


def asked_later(procedure: Procedure) -> frozenset[str]:
    """Return the facts that officers establish on the way: the applicant cannot bring them along."""
    asked = (t.inputs for t in procedure.transitions if APPLICANT not in t.by)
    return frozenset(name for names in asked for name in names)


def _complete(procedure: Procedure, facts: Facts) -> None:
    """Facts that no transition asks for must be there from the start, and no others."""
    later = asked_later(procedure)
    for name in facts:
        if name in later:
            raise invalid(procedure, f"fact {name}", "is established later", "chỉ được xác lập ở bước sau")
    anywhere = {name for transition in procedure.transitions for name in transition.inputs}
    for fact in procedure.facts:
        if fact.id not in anywhere and fact.id not in facts:
            raise invalid(procedure, f"fact {fact.id}", "is missing", "còn thiếu")


def check_documents(procedure: Procedure, documents: Iterable[str]) -> None:
    """Check that papers are declared.

    Raises:
        InvalidFacts: One is not.
    """
    for document in documents:
        if document not in procedure.document:
            raise invalid(procedure, f"document {document}", "is not declared", "không được khai báo")


def public_status(procedure: Procedure, leaves: Iterable[str]) -> int:
    """Return the national status of the first active leaf."""
    first: Mapping[str, int | None] = {leaf: procedure.state[leaf].public for leaf in leaves}
    return next(status for status in first.values() if status is not None)


def invalid(procedure: Procedure, what: str, reason: str, reason_vi: str) -> InvalidFacts:
    """Return the error for one bad piece of dossier data."""
    return InvalidFacts(procedure=procedure.code, reason=f"{what} {reason}", reason_vi=f"{what} {reason_vi}")

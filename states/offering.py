"""What a move of the chart does to handoffs: it offers the dossier, withdraws an offer, and moves held clocks.

The clocks of the dossier follow custody. A suspension that an offered state declares begins when the receiver
accepts, and one that the state left behind declares lasts until then.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import reduce

from states.custody import Custody, keeper_of, receiver_of
from states.deadline import arm
from states.dossier import HANDOFF, Dossier, Passage, evolve, of_the_dossier
from states.errors import DomainError, Kind
from states.events import (
    ClockArmed,
    ClockPassed,
    ClockStopped,
    Event,
    HandoffCancelled,
    HandoffOffered,
)
from states.procedure import APPLICANT, Entry, Handoff, StateKind, Transition, Via
from states.term import Term
from states.world import World


class HandoffToSelf(DomainError):
    """Dossier {code}: {agency} would hand "{state}" over to itself.

    Bind the two parties to different agencies, or take the handoff out of the procedure.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: {agency} sẽ tự bàn giao «{state}» cho chính mình. "
        "Hãy gắn hai bên với hai cơ quan khác nhau, hoặc bỏ bàn giao khỏi quy trình."
    )


class ReceiverClosed(DomainError):
    """Dossier {code}: agency {agency} is closed and takes over nothing. Bind the party to its successor."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: cơ quan {agency} đã ngừng hoạt động, không tiếp nhận. Hãy gắn với cơ quan kế thừa."


class AgencyNotCompetent(DomainError):
    """Dossier {code}: agency {agency} is not competent for "{state}": {reason}. Correct the registry or the party."""

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: cơ quan {agency} không có thẩm quyền ở «{state}»: {reason_vi}. "
        "Hãy sửa danh bạ hoặc bên tham gia."
    )


class HandoffNotAccepted(DomainError):
    """Dossier {code}: {receiver} has not accepted "{state}", so "{transition}" must wait.

    Accept the handoff, or return it.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: {receiver} chưa nhận bàn giao «{state}» nên chưa thể «{transition}». "
        "Hãy nhận, hoặc trả lại."
    )


class NothingToReturn(DomainError):
    """Dossier {code}: "{transition}" gives a handoff into "{state}" back, and that is not on offer.

    Only what is on offer is returned; after acceptance use another transition.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: «{transition}» dùng để trả lại bàn giao vào «{state}», nay không có bàn giao chờ nhận. "
        "Chỉ trả lại được bàn giao đang chờ nhận; sau khi đã nhận thì dùng bước chuyển khác."
    )


def handed_over(
    world: World,
    dossier: Dossier,
    entry: Entry,
    transition: Transition,
    by: str,
    returned: Passage | None,
    day: date,
) -> tuple[Passage, ...]:
    """Return the offers that a move makes, one for each state whose holder has not custody already.

    An applicant hands over at the counter, not by a handoff, unless the papers travel by post. What is given back
    goes to whom it never left. Where a reorganisation made one agency of both sides there is nothing to hand over.

    Raises:
        HandoffNotAccepted: The receiver acts before it has accepted.
        NothingToReturn: A declared way back is taken otherwise than by returning an offer.
        HandoffToSelf, ReceiverClosed, AgencyNotCompetent: There is nobody to hand over to.
    """
    _answered_first(world, dossier, entry, transition, by, returned)
    wanted = [state for state in entry.entered if world.procedure.state[state].handoff is not None]
    if not wanted:
        return ()
    sender = returned.sender if returned is not None else _sender(world, dossier, entry)
    offers = (_offer(world, dossier, state, sender, returned is not None, day) for state in wanted)
    return tuple(offer for offer in offers if offer is not None)


def _answered_first(
    world: World, dossier: Dossier, entry: Entry, transition: Transition, by: str, returned: Passage | None
) -> None:
    if returned is not None:
        return
    role = world.procedure.role.get(by)
    for state in entry.exited:
        handoff, passage = world.procedure.state[state].handoff, dossier.offered(state)
        facts = {"code": dossier.code, "state": state, "transition": transition.id}
        if role is not None and passage is not None and dossier.parties[role.party] == passage.receiver:
            raise HandoffNotAccepted(**facts, receiver=passage.receiver)
        if handoff is not None and handoff.returns == transition.id:
            raise NothingToReturn(**facts)


def closed_by_handoffs(world: World, dossier: Dossier) -> set[str]:
    """Return transitions that nobody can fire now: ways back, and what only a receiver that has not accepted may do."""
    closed = set(world.procedure.ways_back)
    waiting = {name: passage.receiver for name in dossier.states if (passage := dossier.offered(name))}
    for transition in world.procedure.transitions if waiting else ():
        receivers = {waiting[source] for source in transition.sources if source in waiting}
        roles = [world.procedure.role.get(by) for by in transition.by]
        if receivers and all(role is not None and dossier.parties[role.party] in receivers for role in roles):
            closed.add(transition.id)
    return closed


def _sender(world: World, dossier: Dossier, entry: Entry) -> str:
    """Return who has custody of what is left; the lead agency for what the system holds."""
    for state in entry.exited:
        if state in dossier.states and world.procedure.state[state].kind is not StateKind.FINAL:
            found = keeper_of(world.procedure, dossier, state)
            if found.kind in (Custody.AGENCY, Custody.APPLICANT):
                return found.party
    return dossier.agency


def first_offers(world: World, dossier: Dossier, day: date) -> tuple[Passage, ...]:
    """Return the offers of a new dossier: what the applicant sends by post, or another installation hands over."""
    sender = APPLICANT if dossier.origin is None else dossier.origin.agency
    states = [state for state in dossier.states if world.procedure.state[state].handoff is not None]
    offers = (_offer(world, dossier, state, sender, False, day) for state in states)
    return tuple(offer for offer in offers if offer is not None)


def _offer(
    world: World, dossier: Dossier, state: str, sender: str, given_back: bool, day: date
) -> Passage | None:
    declared, receiver = world.procedure.state[state], receiver_of(world.procedure, dossier, state)
    handoff = declared.handoff
    if handoff is None or (sender == APPLICANT and handoff.via is not Via.POST):
        return None
    if sender == receiver:
        if given_back or world.directory.took_over(receiver, day, world.procedure.code):
            return None
        raise HandoffToSelf(code=dossier.code, agency=receiver, state=state)
    _competent(world, dossier, state, receiver, day)
    before = dossier.handoffs.get(state)
    number = 1 if before is None else before.number + 1
    role = declared.holder or APPLICANT
    return Passage(
        state, number, handoff.via.value, sender, receiver, role, "offered", None, dossier.opened_at
    )


def _competent(world: World, dossier: Dossier, state: str, receiver: str, day: date) -> None:
    role = world.procedure.role.get(world.procedure.state[state].holder or "")
    if role is None:
        return
    agency = world.directory.agency.get(receiver)
    if agency is None or not agency.open_on(day):
        raise ReceiverClosed(code=dossier.code, agency=receiver)
    kind = next(party.kind for party in world.procedure.parties if party.id == role.party)
    facts = {"code": dossier.code, "agency": receiver, "state": state}
    if agency.kind != kind and receiver not in world.directory.seats_of(kind, day, world.procedure.code):
        reason, reason_vi = f"it is a {agency.kind}, not a {kind}", f"là {agency.kind}, không phải {kind}"
        raise AgencyNotCompetent(**facts, reason=reason, reason_vi=reason_vi)
    if not world.directory.holders(receiver, role.position, day):
        reason, reason_vi = f"nobody there is {role.label.en}", f"ở đó không có ai là {role.label.vi}"
        raise AgencyNotCompetent(**facts, reason=reason, reason_vi=reason_vi)


def offer_events(
    world: World, dossier: Dossier, offers: Iterable[Passage], officer: str | None, now: datetime
) -> Iterator[Event]:
    """Yield each offer with the clock of its first allowance."""
    for offer in offers:
        yield HandoffOffered(
            offer.state, offer.number, offer.via, offer.sender, offer.receiver, offer.role, officer, now
        )
        handoff = world.procedure.state[offer.state].handoff
        if handoff is not None:
            yield from armed(world, dossier, offer, handoff, handoff.acknowledge or handoff.accept, now)


def armed(
    world: World, dossier: Dossier, passage: Passage, handoff: Handoff, term: Term | None, now: datetime
) -> Iterator[Event]:
    """Yield the arming of an allowance, on the calendar of the receiver, who must answer; nothing without one."""
    if term is None:
        return
    agency = world.directory.agency.get(passage.receiver)
    calendar = world.procedure.calendar if agency is None else agency.calendar
    due = arm(term, now, world.calendars[calendar], None, step=True)
    name = f"{HANDOFF}{passage.state}"
    running = dossier.clocks.get(name)
    yield ClockArmed(
        clock=name,
        epoch=(dossier.epochs.get(name, 0) if running is None else running.epoch) + 1,
        term=term,
        calendar=calendar,
        from_instant=True,
        cutoff_minute=None,
        ladder=handoff.ladder,
        on_due=None,
        holder=passage.receiver,
        at=now,
        due=due.at,
        due_date=due.day,
        provisional=due.provisional,
    )


def withdrawn(dossier: Dossier, exited: Iterable[str], transition: str, now: datetime) -> Iterator[Event]:
    """Yield the end of every offer whose state was left before its receiver answered."""
    for state in exited:
        passage = dossier.offered(state)
        if passage is not None:
            yield HandoffCancelled(state, passage.number, transition, now)
            yield from stopped(dossier, state, "cancelled", now)


def stopped(dossier: Dossier, state: str, cause: str, now: datetime) -> Iterator[Event]:
    """Yield the end of the clock of a handoff, if one runs."""
    if f"{HANDOFF}{state}" in dossier.clocks:
        yield ClockStopped(f"{HANDOFF}{state}", cause, now)


def held_by(world: World, dossier: Dossier, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """Return the changes of holder that *events* bring about: the clocks of the dossier follow custody.

    Within a parallel block they stay with the agency that had custody before it; while the applicant, a carrier or
    the system has custody, with the last agency. An order that holds them lets people work on, and them go over.
    """
    after = reduce(evolve, events, dossier)
    if after.ended or len(after.states) > 1:
        return ()
    found = keeper_of(world.procedure, after, after.states[0])
    if found.kind is not Custody.AGENCY:
        return ()
    return tuple(
        ClockPassed(name, found.party, now)
        for name, clock in sorted(after.clocks.items())
        if of_the_dossier(name) and not clock.stopped and clock.holder != found.party
    )

"""A dossier in the applicant's words: where it is, who holds it, until when, and what to do now.

No name of an officer and nothing personal leaves here but what was written to the applicant; where the post is to bring
the result is hidden so far that who chose it knows it again.
"""

import json
from datetime import datetime
from typing import Any

from motcua.services.appointments import appointment
from motcua.services.citizens.admitting import admit, check_code
from motcua.services.citizens.feedback import answer_of
from motcua.services.citizens.masking import masked
from motcua.services.citizens.waiting import promise_of
from motcua.services.delivering import Delivery, allows_post, choose, chosen
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.papers import Paper, show
from motcua.services.papers.finding import PaperNotFound, series
from motcua.services.papers.occasion import events_of
from motcua.services.ports import NO_DESK, PAPER_NOTICES, CitizensDesk, PaperRow, Rating, Stored, Typesetter
from motcua.services.presenting_clocks import words_of
from motcua.services.ratings import ONLINE, Judgement, rate
from states import events as happened
from states.custody import Custodian, Custody, holder_of, receiver_of, unfinished
from states.dossier import STEP, Dossier
from states.events import Event
from states.procedure import APPLICANT, StateKind
from states.world import World

Plain = dict[str, Any]
_STANDING = (StateKind.ATOMIC, StateKind.FINAL)
PAYMENT, READY = 6, 9
"""National statuses: the applicant must pay; the result is ready. Source: status list of the national portal."""

_WORTH_SEEING = (4, 5, READY, 10)


def look_up(
    house: Installation, press: Typesetter, code: str, check: str, desk: CitizensDesk = NO_DESK
) -> Plain:
    """Return what the holder of both codes is told, as plain values; instants in the agency's time.

    Raises:
        LookUpRefused: The codes do not belong together.
    """
    stored = admit(house, press, code, check)
    how = chosen(house, stored)
    delivery = {**how, "to": masked(how["to"]), "post": allows_post(desk, stored)}
    return {**told(house, press, stored), "answer": answer_of(house, desk, stored), "delivery": delivery}


def applicants_paper(house: Installation, press: Typesetter, code: str, check: str, number: str) -> Paper:
    """Set a signed paper that is addressed to the applicant.

    Raises:
        LookUpRefused: The codes do not belong together.
        PaperNotFound: The applicant was given no paper of this number.
    """
    stored = admit(house, press, code, check)
    known = [series(press, row.draft) for row in _addressed(house, press, stored)]
    if number not in known:
        raise PaperNotFound(code=stored.dossier.code, number=number, known=", ".join(known) or "-")
    return show(house, press, stored.dossier.code, number)


def told(house: Installation, press: Typesetter, stored: Stored) -> Plain:
    """Return everything that the page of a dossier shows."""
    world, dossier, now = house.worlds.of(stored.dossier.cfg), stored.dossier, house.now(stored)
    history = list(events_of(house.store.records(f"dossier:{stored.id}")))
    reasons = _written(house, stored, history)
    local = world.calendar_of(dossier.agency)
    return {
        "code": dossier.code,
        "procedure": {"code": dossier.procedure, "name": words_of(world.procedure.name)},
        "result": words_of(world.procedure.result),
        "agency": _name(world, dossier, dossier.agency),
        "returns": _name(world, dossier, _returning(world, dossier)),
        "public": dossier.public,
        "ended": dossier.ended,
        "outcome": dossier.outcome,
        "opened_at": local_text(local, dossier.opened_at),
        "accepted_at": local_text(local, dossier.accepted_at),
        "completed_at": local_text(local, dossier.completed_at),
        "stands": [_stand(world, dossier, leaf, now) for leaf in unfinished(world.procedure, dossier.states)],
        "promise": promise_of(world, dossier, history, reasons, now),
        "steps": [step for _, event in history for step in _steps(world, dossier, event)],
        "todo": _todo(world, dossier, reasons),
        "fees": _fees(world, dossier),
        "parts": [_part(house, child) for child in dossier.children.values() if child.dossier],
        "papers": [_paper(press, world, row) for row in _addressed(house, press, stored)],
        "rateable": dossier.completed_at is not None or dossier.ended,
        "rated": next((row.score for row in house.store.ratings_of(stored.id) if row.way == ONLINE), None),
    }


def rate_online(
    house: Installation, press: Typesetter, code: str, check: str, score: int, comment: str
) -> Rating:
    """Take what the holder of both codes says of the service.

    Raises:
        LookUpRefused: The codes do not belong together.
        NotFinished, NoScore, CommentTooLong, RatedAlready: Nothing was stored.
    """
    return rate(house, admit(house, press, code, check), ONLINE, Judgement(score, comment))


def choose_online(
    house: Installation,
    press: Typesetter,
    desk: CitizensDesk,
    codes: tuple[str, str],
    wanted: Delivery,
    key: str | None = None,
) -> Stored:
    """Note how the holder of both codes wants the result.

    Raises:
        LookUpRefused: The codes do not belong together.
        WayNotChosen, AddressMissing, DeliveryRefused, Busy, MalformedKey, KeyReused: Nothing was recorded.
    """
    return choose(house, desk, admit(house, press, *codes), wanted, key)


def examples(house: Installation) -> list[Plain]:
    """Return a dossier for each of the statuses that a newcomer should see; only where time is virtual."""
    found: dict[int, Plain] = {}
    for stored in house.store.iterate() if house.virtual else ():
        public = stored.dossier.public
        if public in _WORTH_SEEING and public not in found:
            found[public] = {
                "code": stored.dossier.code,
                "check": check_code(house, stored.id),
                "public": public,
            }
        if len(found) == len(_WORTH_SEEING):
            break
    return [found[public] for public in sorted(found)]


def _written(house: Installation, stored: Stored, history: list[tuple[int, Event]]) -> dict[int, str]:
    """Return the reasons that were written to the applicant, by the number of the record; no other ones."""
    theirs = {seq for seq, event in history if _to_applicant(event)}
    values = house.store.personal(stored.id)
    return {
        value.seq: json.loads(value.value)
        for value in values
        if value.field == "reason" and value.seq in theirs
    }


def _to_applicant(event: Event) -> bool:
    if isinstance(event, happened.TransitionFired):
        return not frozenset(PAPER_NOTICES).isdisjoint(event.emits)
    return isinstance(event, happened.ApologyIssued)


def _name(world: World, dossier: Dossier, code: str) -> str:
    agency = world.directory.agency.get(code)
    return code if agency is None else agency.name


def _stand(world: World, dossier: Dossier, leaf: str, now: datetime) -> Plain:
    state, clock = world.procedure.state[leaf], dossier.clocks.get(f"{STEP}{leaf}")
    who = holder_of(world.procedure, dossier, leaf)
    role = world.procedure.role.get(state.holder or "")
    acts = who.kind is Custody.AGENCY and role is not None and dossier.parties[role.party] == who.party
    return {
        "label": words_of(state.label),
        "holder": who.kind.value,
        "agency": _party(world, dossier, who),
        "position": words_of(role.label) if acts and role is not None else None,
        "due": None if clock is None else local_text(world.calendars[clock.calendar], clock.due),
        "overdue": clock is not None and clock.running and clock.due is not None and clock.due < now,
    }


def _party(world: World, dossier: Dossier, who: Custodian) -> str:
    if who.kind in (Custody.AGENCY, Custody.CONSULTED):
        return _name(world, dossier, who.party)
    return who.party if who.kind is Custody.CARRIER else ""


def _steps(world: World, dossier: Dossier, event: Event) -> list[Plain]:
    """Return where the dossier came to by an event."""
    if not isinstance(event, happened.Opened | happened.TransitionFired):
        return []
    entered = event.states if isinstance(event, happened.Opened) else event.entered
    states = [world.procedure.state[name] for name in entered]
    return [
        {
            "at": local_text(world.calendar_of(dossier.agency), event.at),
            "label": words_of(state.label),
            "agency": _receiver(world, dossier, state.id),
        }
        for state in states
        if state.kind in _STANDING
    ]


def _returning(world: World, dossier: Dossier) -> str:
    """Return the agency whose counter gives the result out: the one agreed, else the one that holds what is ready."""
    if dossier.places is not None:
        return dossier.places.returns
    states = (*dossier.states, *world.procedure.state)
    ready = [each for each in states if world.procedure.state[each].public == READY]
    holders = [receiver_of(world.procedure, dossier, each) for each in ready]
    return next((each for each in holders if each in dossier.parties.values()), dossier.agency)


def _receiver(world: World, dossier: Dossier, state: str) -> str:
    code = receiver_of(world.procedure, dossier, state)
    return _name(world, dossier, code) if code in dossier.parties.values() else ""


def _todo(world: World, dossier: Dossier, reasons: dict[int, str]) -> Plain:
    """Return what the applicant must do now: `supplement`, `pay`, `collect`, `act`, `rate` or `wait`."""
    procedure = world.procedure
    mine = [leaf for leaf in dossier.states if procedure.state[leaf].holder == APPLICANT]
    clock = next(
        (dossier.clocks[f"{STEP}{leaf}"] for leaf in mine if f"{STEP}{leaf}" in dossier.clocks), None
    )
    until = None if clock is None else local_text(world.calendars[clock.calendar], clock.due)
    last = reasons[max(reasons)] if reasons else ""
    if dossier.ended:
        return {
            "what": "rate" if dossier.completed_at is not None else "ended",
            "until": None,
            "reason": last,
        }
    if dossier.public == PAYMENT:
        return {"what": "pay", "until": until, "reason": ""}
    if mine:
        return {"what": "supplement", "until": until, "reason": last, "missing": _missing(world, dossier)}
    if dossier.public == READY:
        return {"what": "collect", "until": None, "reason": ""}
    return {"what": "wait", "until": None, "reason": ""}


def _missing(world: World, dossier: Dossier) -> list[Plain]:
    """Return the papers that the procedure wants and the dossier has not."""
    guards = world.procedure.guards
    return [
        words_of(paper.label)
        for paper in world.procedure.documents
        if paper.id not in dossier.documents
        and (paper.required or (paper.required_if and guards[paper.required_if].evaluate(dossier.facts).ok))
    ]


def _fees(world: World, dossier: Dossier) -> Plain:
    """Return the fees of the procedure, and whether one was recorded as paid; None where nobody recorded either."""
    paid = dossier.facts.get("fee_paid")
    lines = [
        {"label": words_of(fee.label), "amount": fee.amount, "verified": fee.verified}
        for fee in world.procedure.fees
    ]
    return {"lines": lines, "free": all(line["amount"] == 0 for line in lines), "paid": paid}


def _part(house: Installation, child: Any) -> Plain:
    """Return where a component stands; who may see the group may see it, by a check code of its own."""
    stored = house.store.load(child.dossier)
    world, dossier = house.worlds.of(stored.dossier.cfg), stored.dossier
    return {
        "code": dossier.code,
        "name": words_of(world.procedure.name),
        "agency": _name(world, dossier, dossier.agency),
        "public": dossier.public,
        "due": local_text(world.calendar_of(dossier.agency), appointment(dossier)),
        "completed_at": local_text(world.calendar_of(dossier.agency), dossier.completed_at),
        "waits": any(world.procedure.state[leaf].holder == APPLICANT for leaf in dossier.states),
        "check": check_code(house, stored.id),
    }


def _addressed(house: Installation, press: Typesetter, stored: Stored) -> list[PaperRow]:
    """Return the papers that were signed and are addressed to the applicant."""
    rows = house.store.papers(stored.id)
    return [row for row in rows if row.signature is not None and press.spec(row.draft.form).notices]


def _paper(press: Typesetter, world: World, row: PaperRow) -> Plain:
    signed = row.signature
    at = None if signed is None else local_text(world.calendar_of(row.draft.agency), signed.signed_at)
    return {"number": series(press, row.draft), "form": row.draft.form, "signed_at": at}

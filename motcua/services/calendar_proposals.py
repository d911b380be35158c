"""A calendar is changed by two persons: one proposes, another one approves; until then nothing changes."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from audit.canonical import digest, sealed
from audit.record import Auth, RecordType
from motcua.services.adopting import Recomputed, adopt_calendar, recompute
from motcua.services.calendar_changes import YearChange, changed
from motcua.services.installation import Installation
from motcua.services.ports import Adopted, NewRecord
from motcua.services.publishing import person
from motcua.services.system_records import next_record
from states.calendar import CalendarDefinition
from states.errors import DomainError, Kind
from states.wire import from_wire, to_wire

PROPOSAL, DECISION = "calendar_proposal", "calendar_decision"
PROPOSED, APPROVED, DECLINED = "proposed", "approved", "declined"


class CalendarProposalNotFound(DomainError):
    """No change of a calendar was proposed with the digest {digest}. Take it from the list of calendars."""

    kind = Kind.NOT_FOUND
    vi = "Không có đề xuất thay đổi lịch nào với mã băm {digest}. Hãy chọn trong danh sách lịch."


class SameCalendarPerson(DomainError):
    """{by} proposed this change of the calendar and cannot approve it too. A second person must approve."""

    kind = Kind.NOT_AUTHORISED
    vi = "{by} đã đề xuất thay đổi lịch này nên không được tự phê duyệt. Cần người thứ hai phê duyệt."


class CalendarDecided(DomainError):
    """This change of the calendar was decided already. Look at the calendar in force, and propose anew if needed."""

    kind = Kind.CONFLICT
    vi = "Đề xuất thay đổi lịch này đã được quyết định. Hãy xem lịch đang áp dụng và đề xuất lại nếu cần."


class CalendarMovedOn(DomainError):
    """The calendar {calendar} has changed since this was proposed. Decline it, and propose for the one in force."""

    kind = Kind.CONFLICT
    vi = "Lịch {calendar} đã thay đổi sau khi đề xuất. Hãy bỏ đề xuất này và lập lại theo lịch đang áp dụng."


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change of a calendar with what became of it; `result` is the digest of the calendar that was approved."""

    digest: str
    change: YearChange
    by: str
    at: datetime
    status: str
    decided_by: str | None = None
    decided_at: datetime | None = None
    result: str | None = None


def propose_calendar(house: Installation, change: YearChange, by: str, auth: Auth | None = None) -> Proposed:
    """Store a change as a proposal; the same one again, while it is open, changes nothing.

    Raises:
        UnfitCalendarChange: It cannot be.
        CalendarMovedOn: It was made for a calendar that is in force no more.
        InvalidPerson: *by* is no id of a person.
    """
    by = person(by)
    _result(house, change)
    known = {one.digest: one for one in proposals(house)}
    while (same := known.get(digest(to_wire(change)))) is not None:
        if same.status == PROPOSED:
            return same
        change = replace(change, again=change.again + 1)
    (text, identity), now = sealed(to_wire(change)), house.now()
    row = Adopted(PROPOSAL, identity, identity, text, by, now)
    event = {"kind": "calendar_proposed", "digest": identity, "year": change.year, "base": change.base}
    house.store.adopt(row, _record(house, change.calendar, event, by, now, auth))
    return find_proposal(house, identity)


def approve_calendar(house: Installation, identity: str, by: str, auth: Auth | None = None) -> Recomputed:
    """Put a proposed change in force as its second person; open deadlines follow.

    What stopped between the approval and the deadlines is finished by approving again.

    Raises:
        CalendarProposalNotFound: Nothing was proposed with this digest.
        SameCalendarPerson: The approver proposed it.
        CalendarDecided: It was declined, or something else came after it.
        CalendarMovedOn: Another calendar came into force meanwhile.
        InvalidPerson: *by* is no id of a person.
    """
    by, found = person(by), find_proposal(house, identity)
    if found.by == by:
        raise SameCalendarPerson(by=by)
    if unfinished(house, found):
        return recompute(house, found.change.calendar)
    if found.status == DECLINED or (found.status == APPROVED and not _is_base(house, found.change)):
        raise CalendarDecided
    after = _result(house, found.change)
    if found.status == PROPOSED:
        _decide(house, found, APPROVED, by, auth, digest(to_wire(after)))
    return adopt_calendar(house, after, by, auth)


def unfinished(house: Installation, found: Proposed) -> bool:
    """Tell whether the calendar in force is the one that was approved, so that deadlines left behind may follow it."""
    known = definition_in_force(house, found.change.calendar)
    return found.status == APPROVED and known is not None and known[1] == found.result


def decline_calendar(house: Installation, identity: str, by: str, auth: Auth | None = None) -> Proposed:
    """Put a proposal away, as its proposer or anybody else who might have approved it.

    Raises:
        CalendarProposalNotFound: Nothing was proposed with this digest.
        CalendarDecided: It was decided before.
        InvalidPerson: *by* is no id of a person.
    """
    by, found = person(by), find_proposal(house, identity)
    if found.status != PROPOSED:
        raise CalendarDecided
    _decide(house, found, DECLINED, by, auth)
    return find_proposal(house, identity)


def proposals(house: Installation) -> list[Proposed]:
    """Return every change of a calendar that was ever proposed, the newest first."""
    decisions = {item.name: item for item in house.store.adopted(DECISION)}
    found = [_read(item, decisions.get(item.name)) for item in house.store.adopted(PROPOSAL)]
    return sorted(found, key=lambda one: (one.at, one.digest), reverse=True)


def find_proposal(house: Installation, identity: str) -> Proposed:
    """Return a proposed change by its digest. Raises: CalendarProposalNotFound."""
    found = next((one for one in proposals(house) if one.digest == identity), None)
    if found is None:
        raise CalendarProposalNotFound(digest=identity[:64])
    return found


def definition_in_force(house: Installation, name: str) -> tuple[CalendarDefinition, str] | None:
    """Return a calendar in force with its digest, as the store has it now."""
    for item in house.store.adopted("calendar"):
        if item.name == name:
            return from_wire(CalendarDefinition, json.loads(item.body)), item.digest
    return None


def result_of(house: Installation, change: YearChange) -> CalendarDefinition:
    """Return the calendar that a change makes of the one in force. Raises: UnfitCalendarChange, CalendarMovedOn."""
    return _result(house, change)


def _result(house: Installation, change: YearChange) -> CalendarDefinition:
    known = definition_in_force(house, change.calendar)
    if known is None or known[1] != change.base:
        raise CalendarMovedOn(calendar=change.calendar[:60])
    return changed(known[0], change)


def _is_base(house: Installation, change: YearChange) -> bool:
    known = definition_in_force(house, change.calendar)
    return known is not None and known[1] == change.base


def _decide(
    house: Installation, found: Proposed, verdict: str, by: str, auth: Auth | None, result: str | None = None
) -> None:
    body = {"proposal": found.digest, "verdict": verdict, "by": by, "result": result}
    event = {"kind": f"calendar_{verdict}", "digest": found.digest, "proposed_by": found.by}
    now = house.now()
    text, seal = sealed(body)
    row = Adopted(DECISION, found.digest, seal, text, by, now)
    house.store.adopt(row, _record(house, found.change.calendar, event, by, now, auth))


def _read(item: Adopted, decision: Adopted | None) -> Proposed:
    decided: dict[str, Any] = (
        {"verdict": PROPOSED, "result": None} if decision is None else json.loads(decision.body)
    )
    return Proposed(
        item.name,
        from_wire(YearChange, json.loads(item.body)),
        item.adopted_by,
        item.adopted_at,
        decided["verdict"],
        None if decision is None else decision.adopted_by,
        None if decision is None else decision.adopted_at,
        decided["result"],
    )


def _record(
    house: Installation, calendar: str, event: dict[str, Any], by: str, at: datetime, auth: Auth | None
) -> NewRecord:
    stream = f"calendar:{calendar}"
    return next_record(house, stream, RecordType.CALENDAR, event=event, at=at, actor=by, auth=auth)

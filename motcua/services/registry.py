"""The registry of agencies: look at it, propose a reorganisation, approve one as the second person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from audit.canonical import sealed
from audit.record import Auth, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import Adopted, NewRecord
from motcua.services.publishing import person
from motcua.services.system_records import next_record
from states.errors import DomainError, Kind
from states.reorganisation import InvalidChange, RegistryChange, reorganised
from states.wire import from_wire, to_wire

PROPOSAL, APPROVAL, EFFECT = "change", "change_approval", "change_effect"
"""The kinds under which the parts of a change are stored, insert-only; all three have its digest for a name."""


class ChangeNotFound(DomainError):
    """No change of the registry has the digest {digest}. "motcua registry pending" lists them."""

    kind = Kind.NOT_FOUND
    vi = "Không có thay đổi danh bạ nào mang mã băm {digest}. Xem danh sách bằng «motcua registry pending»."


class SameReviewer(DomainError):
    """{by} proposed this change of the registry and cannot approve it too. A second person must approve."""

    kind = Kind.NOT_AUTHORISED
    vi = "{by} đã đề xuất thay đổi danh bạ này nên không được tự phê duyệt. Cần người thứ hai phê duyệt."


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A change of the registry and how far it has come.

    Attributes:
        effected_at: When all of its dossiers were re-bound; None before.
        effect: What it did, once it did.
    """

    digest: str
    change: RegistryChange
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    effected_at: datetime | None
    effect: Mapping[str, Any]

    @property
    def status(self) -> str:
        """`proposed`, `approved` or `effected`."""
        done = self.effected_at is not None
        return "effected" if done else "proposed" if self.approved_at is None else "approved"


def propose(house: Installation, change: RegistryChange, by: str, auth: Auth | None = None) -> Reviewed:
    """Store a change that fits the registry in force as a proposal; the same one again changes nothing.

    Raises:
        InvalidChange: It does not fit, or needs a calendar that is not in force.
        InvalidPerson: *by* is no id of a person.
    """
    by, (text, identity) = person(by), sealed(to_wire(change))
    if not any(item.name == identity for item in house.store.adopted(PROPOSAL)):
        house.worlds.refresh()
        reorganised(house.worlds.directory, change, identity)
        _check_calendars(house, change)
        now = house.now()
        event = {"kind": "proposed", "digest": identity, "effective": change.effective.isoformat()}
        proposal = Adopted(PROPOSAL, identity, identity, text, by, now)
        house.store.adopt(proposal, record_of(house, event, by, now, auth))
    return find(house, identity)


def approve(house: Installation, identity: str, by: str, auth: Auth | None = None) -> Reviewed:
    """Approve a proposed change; from then on it takes effect on its day.

    Raises:
        ChangeNotFound: Nothing was proposed with this digest.
        SameReviewer: The approver proposed it.
        InvalidPerson: *by* is no id of a person.
    """
    by, found = person(by), find(house, identity)
    if found.proposed_by == by:
        raise SameReviewer(by=by)
    if found.approved_at is None:
        now = house.now()
        event = {"kind": "approved", "digest": identity, "proposed_by": found.proposed_by}
        text, seal = sealed({"change": identity, "approved_by": by})
        house.store.adopt(
            Adopted(APPROVAL, identity, seal, text, by, now),
            record_of(house, event, by, now, auth),
        )
    return find(house, identity)


def note_effect(house: Installation, reviewed: Reviewed, effect: Mapping[str, Any]) -> None:
    """Record that a change has taken effect everywhere, once."""
    now, by = house.now(), reviewed.approved_by
    event = {"kind": "reorganised", "digest": reviewed.digest, **effect}
    text, seal = sealed({"change": reviewed.digest, **effect})
    house.store.adopt(
        Adopted(EFFECT, reviewed.digest, seal, text, by or "", now),
        record_of(house, event, None, now, None),
    )


def record_of(
    house: Installation, event: Mapping[str, Any], by: str | None, at: datetime, auth: Auth | None
) -> NewRecord:
    """Return the next record of the registry's stream."""
    stream = f"registry:{house.worlds.directory.province}"
    return next_record(house, stream, RecordType.REGISTRY, event=event, at=at, actor=by, auth=auth)


def reviews(house: Installation) -> list[Reviewed]:
    """Return every change ever proposed, the earliest to take effect first."""
    approvals = {item.name: item for item in house.store.adopted(APPROVAL)}
    effects = {item.name: item for item in house.store.adopted(EFFECT)}
    found = [
        _reviewed(item, approvals.get(item.name), effects.get(item.name))
        for item in house.store.adopted(PROPOSAL)
    ]
    return sorted(found, key=lambda one: (one.change.effective, one.proposed_at, one.digest))


def find(house: Installation, identity: str) -> Reviewed:
    """Return one change by its digest. Raises: ChangeNotFound."""
    for reviewed in reviews(house):
        if reviewed.digest == identity:
            return reviewed
    raise ChangeNotFound(digest=identity)


def today(house: Installation) -> date:
    """Return the province's local day of now."""
    directory = house.worlds.directory
    return house.worlds.calendars[directory.get(directory.province).calendar].local_date(house.now())


def _reviewed(proposal: Adopted, approval: Adopted | None, effect: Adopted | None) -> Reviewed:
    told = {} if effect is None else json.loads(effect.body)
    return Reviewed(
        digest=proposal.name,
        change=from_wire(RegistryChange, json.loads(proposal.body)),
        proposed_by=proposal.adopted_by,
        proposed_at=proposal.adopted_at,
        approved_by=None if approval is None else approval.adopted_by,
        approved_at=None if approval is None else approval.adopted_at,
        effected_at=None if effect is None else effect.adopted_at,
        effect={name: value for name, value in told.items() if name != "change"},
    )


def _check_calendars(house: Installation, change: RegistryChange) -> None:
    for agency in change.new:
        if agency.calendar not in house.worlds.calendars:
            raise InvalidChange(
                reason=f"the calendar {agency.calendar} of {agency.code} is not in force",
                reason_vi=f"lịch {agency.calendar} của {agency.code} chưa được áp dụng",
            )

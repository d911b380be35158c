"""Mandates between officers: given by a signed paper for a time, used within their scope, taken back at any time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from audit.record import Auth, RecordType
from motcua.services.identity import calendar_of_province, today
from motcua.services.installation import Installation
from motcua.services.ports import Busy, Delegation, NewRecord, Stored
from motcua.services.system_records import next_record
from states.commands import Actor, Command, Mandate, SignPaper
from states.errors import DomainError, Kind
from states.wire import from_wire, instant_text, to_wire

ATTEMPTS = 20


class UnfitDelegation(DomainError):
    """No authority is given: {reason}. Correct it and try again."""

    vi = "Chưa ủy quyền được: {reason_vi}. Hãy sửa rồi thực hiện lại."


class DelegationRefused(DomainError):
    """{person} may not act by the mandate {mandate}: {reason}. Act in your own right, or ask for a new one."""

    kind = Kind.NOT_AUTHORISED
    vi = "{person} không được làm theo ủy quyền {mandate}: {reason_vi}. Hãy tự mình thực hiện hoặc xin ủy quyền khác."


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mandate is to say.

    Attributes:
        grantor: Whose authority it is; `holder` may use it.
        document: Number of the signed paper.
        agency: Code of the agency in which the grantor holds the post.
        since, until: Aware; inclusive, exclusive.
        procedures: Codes; empty: all.
        actions: Ids of transitions and extensions; empty: all.
    """

    grantor: str
    holder: str
    document: str
    agency: str
    since: datetime
    until: datetime
    procedures: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def grant(house: Installation, terms: Terms, by: str | None = None, auth: Auth | None = None) -> Delegation:
    """Let an officer act with the authority of another, once: a twin would stay when the mandate is taken back.

    Returns:
        The mandate; where one of the very same terms stands already, that one.

    Raises:
        UnfitDelegation: To oneself, without a paper, for no time at all, or of somebody without a post there.
        Busy: Others gave mandates of the same person all the while.
    """
    _check(house, terms)
    said = {**to_wire(terms), "document": terms.document.strip()}
    made = from_wire(Delegation, {**said, "id": house.new_id(), "granted_at": instant_text(house.now())})
    event = {"kind": "delegation_granted", "delegation": made.id, **said}
    for _ in range(ATTEMPTS):
        try:
            return house.store.grant(made, _record(house, terms.grantor, event, by, auth))
        except Busy:
            continue
    raise Busy(what=made.document)


def revoke(
    house: Installation, delegation: str, by: str | None = None, auth: Auth | None = None
) -> Delegation:
    """Take a mandate back: with the next act it counts no more. Raises: DelegationRefused, where there is none left."""
    known = house.store.delegation(delegation)
    now = house.now()
    event = {"kind": "delegation_revoked", "delegation": delegation}
    if known is None or not house.store.revoke(
        delegation, now, _record(house, known.grantor, event, by, auth)
    ):
        raise _refused(
            by or "-", delegation, "there is none that could be taken back", "không còn ủy quyền để thu hồi"
        )
    return replace(known, revoked_at=now)


def stand_ins(house: Installation, person: str) -> list[Delegation]:
    """Return the mandates that a person may use now."""
    now = house.now()
    return [given for given in house.store.delegations(holder=person) if given.in_force(now)]


def listed_delegations(house: Installation, person: str | None = None) -> list[dict[str, Any]]:
    """Return mandates as lists show them: all, or those that one person gave or was given; instants local.

    `follows` and `goes_on` name the ones before and after a reorganisation (`change`).
    """
    now, zone = house.now(), calendar_of_province(house).zone
    known = house.store.delegations()
    goes_on: dict[str, list[str]] = {}
    for given in known:
        if given.follows is not None:
            goes_on.setdefault(given.follows, []).append(given.id)
    return [
        {
            "id": given.id,
            "grantor": given.grantor,
            "holder": given.holder,
            "document": given.document,
            "agency": given.agency,
            "procedures": list(given.procedures),
            "actions": list(given.actions),
            "since": given.since.astimezone(zone).isoformat(),
            "until": given.until.astimezone(zone).isoformat(),
            "revoked": given.revoked_at is not None,
            "follows": given.follows,
            "change": given.change,
            "goes_on": goes_on.get(given.id, []),
            "in_force": given.in_force(now),
        }
        for given in known
        if person in (None, given.grantor, given.holder)
    ]


def acting(house: Installation, person: str, delegation: str) -> Actor:
    """Return a person as they act by a mandate, named by its id or by the number of its paper.

    Raises:
        DelegationRefused: It is not theirs, or several go by that number.
    """
    given = house.store.delegation(delegation) or _numbered(house, person, delegation)
    if given is None or given.holder != person:
        raise _refused(person, delegation, "it is not theirs", "không phải ủy quyền cho người này")
    return Actor(
        "officer", person, given.agency, on_behalf=given.grantor, mandate=Mandate(given.id, given.document)
    )


def check_mandate(house: Installation, actor: Actor, command: Command, stored: Stored, now: datetime) -> None:
    """Check that the mandate of an actor, if they use one, covers a command on a dossier at the instant of decision.

    Raises:
        DelegationRefused: It is not theirs, over, taken back, of another agency, or not for this.
    """
    if actor.mandate is None:
        return
    given = house.store.delegation(actor.mandate.id)
    person, name = actor.person or "-", actor.mandate.document
    if given is None or (given.holder, given.grantor, given.document) != (person, actor.on_behalf, name):
        raise _refused(person, name, "it is not theirs", "không phải ủy quyền cho người này")
    if not given.in_force(now):
        raise _refused(person, name, *_out_of_force(house, given))
    if not _covers(given, command):
        raise _refused(person, name, "it is not for this act", "không bao gồm việc này")
    if given.procedures and stored.dossier.procedure not in given.procedures:
        raise _refused(person, name, "it is not for this procedure", "không bao gồm thủ tục này")
    if not house.worlds.directory.posts_of(person, today(house)):
        raise _refused(person, name, "they hold no post", "người này không giữ vị trí nào")


def _numbered(house: Installation, person: str, document: str) -> Delegation | None:
    """Return a person's mandate by the number of its paper, one in force if any is. Raises: DelegationRefused."""
    known = [given for given in house.store.delegations(holder=person) if given.document == document.strip()]
    now = house.now()
    counting = [given for given in known if given.in_force(now)]
    if len(counting) > 1:
        ids = ", ".join(given.id for given in counting)
        raise _refused(
            person, document, f"several go by that number: {ids}", f"nhiều ủy quyền cùng số: {ids}"
        )
    return next(iter(counting or known[::-1]), None)


def _covers(given: Delegation, command: Command) -> bool:
    """A mandate about all acts covers signing papers as well; one that names acts covers those alone."""
    if isinstance(command, SignPaper):
        return not given.actions
    action = getattr(command, "transition", None) or getattr(command, "extension", None)
    return action is not None and (not given.actions or action in given.actions)


def _check(house: Installation, terms: Terms) -> None:
    """Find the first thing that is wrong with a mandate. Raises: UnfitDelegation."""
    grantor, holder, agency, day = terms.grantor, terms.holder, terms.agency, today(house)
    posts = house.worlds.directory.posts_of
    for wrong, reason, reason_vi in (
        (grantor == holder, "nobody gives authority to themselves", "không ai ủy quyền cho chính mình"),
        (not terms.document.strip(), "it needs the number of its paper", "cần số văn bản ủy quyền"),
        (
            not terms.document.isprintable(),
            "the number of its paper holds signs that cannot be printed",
            "số văn bản có ký tự không in được",
        ),
        (terms.until <= terms.since, "it ends before it begins", "kết thúc phải sau khi bắt đầu"),
        (terms.until <= house.now(), "it is over already", "thời hạn ủy quyền đã qua"),
        (
            agency not in {post.agency for post in posts(grantor, day)},
            f"{grantor} holds no post in {agency}",
            f"{grantor} không giữ vị trí nào ở {agency}",
        ),
        (not posts(holder, day), f"{holder} holds no post", f"{holder} không giữ vị trí nào"),
    ):
        if wrong:
            raise UnfitDelegation(reason=reason, reason_vi=reason_vi)


def _out_of_force(house: Installation, given: Delegation) -> tuple[str, str]:
    """Say why; where a reorganisation ended it, by which one it goes on."""
    heirs = [one for one in house.store.delegations(holder=given.holder) if one.follows == given.id]
    if not heirs:
        return "it is not in force now", "ủy quyền không còn hoặc chưa có hiệu lực"
    told = ", ".join(f"{one.id} ({one.agency})" for one in heirs)
    return (
        f"{given.agency} was reorganised and it goes on as {told}",
        f"{given.agency} đã sắp xếp lại, ủy quyền được tiếp tục bằng {told}",
    )


def _refused(person: str, mandate: str, reason: str, reason_vi: str) -> DelegationRefused:
    return DelegationRefused(person=person, mandate=mandate, reason=reason, reason_vi=reason_vi)


def _record(
    house: Installation, grantor: str, event: Mapping[str, Any], by: str | None, auth: Auth | None
) -> NewRecord:
    return next_record(
        house, f"access:{grantor}", RecordType.ACCESS, event=event, at=house.now(), actor=by, auth=auth
    )

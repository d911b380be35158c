"""Mandates by page: given by whoever holds the post, or entered by an administrator from a signed paper; taken back."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.services.access import Visitor, denials
from motcua.services.calendars import read_instant
from motcua.services.delegating import Terms, UnfitDelegation, grant, listed_delegations, revoke
from motcua.services.identity import calendar_of_province, today
from motcua.services.installation import Installation
from motcua.services.ports import Delegation
from motcua.services.presenting_clocks import words_of
from states.errors import DomainError, Kind
from states.procedure import Label, Procedure

ADMIN, AUDITOR = "admin", "auditor"
_NAMES = 3
"""Of an act that procedures call differently, so many names are told."""


class NotTheirsToGive(DomainError):
    """{person} may give or take back only mandates of their own authority. Ask {grantor} or an administrator."""

    kind = Kind.NOT_AUTHORISED
    vi = "{person} chỉ được lập hoặc thu hồi ủy quyền của chính mình. Hãy nhờ {grantor} hoặc quản trị viên."


@dataclass(frozen=True, slots=True)
class Wish:
    """A mandate as somebody types it.

    Attributes:
        since, until: Local instants such as `2026-03-02T07:00`.
        procedures: Codes; empty: all.
        actions: Ids of transitions and extensions, apart by commas or spaces; empty: all.
    """

    grantor: str
    holder: str
    document: str
    agency: str
    since: str
    until: str
    procedures: tuple[str, ...] = ()
    actions: str = ""


def give(house: Installation, visitor: Visitor, wish: Wish) -> Delegation:
    """Give a mandate: of one's own authority, or as an administrator that of a signed paper.

    A form that is sent twice gives it once: a twin would stay in force when the mandate is taken back.

    Raises:
        NotTheirsToGive: It is another's authority, and the visitor is no administrator.
        UnfitDelegation, InvalidInstant: Something about it cannot be.
    """
    with denials(house, visitor, "grant_mandate", f"authority of {wish.grantor}"):
        _check_own(visitor, wish.grantor)
        _check_scope(house, wish)
        calendar = calendar_of_province(house)
        terms = Terms(
            wish.grantor,
            wish.holder,
            wish.document,
            wish.agency,
            read_instant(wish.since, calendar),
            read_instant(wish.until, calendar),
            wish.procedures,
            _actions(wish),
        )
        return grant(house, terms, visitor.person, visitor.auth)


def take_back(house: Installation, visitor: Visitor, mandate: str) -> Delegation:
    """Take a mandate back; asked again, it is taken back already.

    Raises:
        NotTheirsToGive: It is another's authority, and the visitor is no administrator.
        DelegationRefused: There is no such mandate.
    """
    with denials(house, visitor, "revoke_mandate", mandate):
        known = house.store.delegation(mandate)
        if known is not None:
            _check_own(visitor, known.grantor)
            if known.revoked_at is not None:
                return known
        return revoke(house, mandate, visitor.person, visitor.auth)


def mandates_of(house: Installation, person: str | None = None) -> list[dict[str, Any]]:
    """Return mandates, the newest first: all, or those that one person gave or was given, with what things are called.

    `procedures_named` and `actions_named` have `id`, `vi` and `en`, by the versions in force; what none of them knows
    any more goes by its id.
    """
    day, directory = today(house), house.worlds.directory
    rows = listed_delegations(house, person)[::-1]
    known = {one.code: one for one in _in_force(house)} if rows else {}
    return [
        {
            **row,
            "agency_name": directory.name_of(row["agency"], day),
            "procedures_named": [
                {"id": code, **_called(code, [known[code].name] if code in known else [])}
                for code in row["procedures"]
            ],
            "actions_named": [
                {"id": act, **_called(act, _labels(known, row["procedures"], act))} for act in row["actions"]
            ],
        }
        for row in rows
    ]


def may_be_given(house: Installation, person: str | None = None) -> dict[str, Any]:
    """Return what a form offers: agencies (all, or those in which a person holds a post), and procedures in force."""
    day, directory = today(house), house.worlds.directory
    held = None if person is None else {post.agency for post in directory.posts_of(person, day)}
    agencies = [one for one in directory.agencies if one.open_on(day) and (held is None or one.code in held)]
    return {
        "agencies": [(one.code, directory.name_of(one.code, day)) for one in agencies],
        "procedures": [(one.code, words_of(one.name)) for one in _in_force(house)],
        "colleagues": sorted(_colleagues(house, held)) if held else [],
    }


def _colleagues(house: Installation, agencies: set[str]) -> Iterator[str]:
    """Yield who holds a post in some agencies today."""
    day = today(house)
    for post in house.worlds.directory.posts:
        if post.agency in agencies and post.since <= day and (post.until is None or day < post.until):
            yield post.officer


def _in_force(house: Installation) -> list[Procedure]:
    """Return the procedures that dossiers are opened under today, but what only routes."""
    found = [house.worlds.procedure(digest) for digest in house.store.in_force(today(house))]
    return [procedure for procedure in found if procedure.code != house.dispatch]


def _called(id: str, labels: list[Label]) -> dict[str, str]:
    """Return what procedures call a thing; several names of one act are told, apart by a stroke."""
    if not labels:
        return {"vi": id, "en": id}
    vi, en = (dict.fromkeys(names) for names in zip(*((one.vi, one.en) for one in labels), strict=True))
    return {"vi": " / ".join(list(vi)[:_NAMES]), "en": " / ".join(list(en)[:_NAMES])}


def _labels(known: Mapping[str, Procedure], codes: Collection[str], act: str) -> list[Label]:
    concerned = [one for code, one in known.items() if not codes or code in codes]
    moves = [one.transition[act].label for one in concerned if act in one.transition]
    return moves + [one.extension[act].label for one in concerned if act in one.extension]


def _check_own(visitor: Visitor, grantor: str) -> None:
    if AUDITOR in visitor.duties or (visitor.person != grantor and ADMIN not in visitor.duties):
        raise NotTheirsToGive(person=visitor.person, grantor=grantor)


def _actions(wish: Wish) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.split(r"[\s,;]+", wish.actions.strip()))) if wish.actions.strip() else ()


def _check_scope(house: Installation, wish: Wish) -> None:
    """Find what names nothing: such a mandate would cover less than its paper says. Raises: UnfitDelegation."""
    known = {one.code: one for one in _in_force(house)}
    for code in sorted(set(wish.procedures) - set(known)):
        raise UnfitDelegation(
            reason=f"no procedure {code} is in force", reason_vi=f"không có thủ tục {code} đang áp dụng"
        )
    acts: set[str] = set()
    for code in wish.procedures or known:
        acts.update(one.id for one in known[code].transitions)
        acts.update(one.id for one in known[code].extensions)
    for act in sorted(set(_actions(wish)) - acts):
        raise UnfitDelegation(
            reason=f"these procedures have no act {act}", reason_vi=f"các thủ tục này không có việc {act}"
        )

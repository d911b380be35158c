"""One action on many tasks of an inbox: each by itself, in a transaction of its own, with its own result."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.services.access import Visitor, looked_at
from motcua.services.giving_out import IdentityNotNoted, gives_out
from motcua.services.installation import Installation
from motcua.services.ports import DossierNotFound, Stored
from motcua.services.presenting import actions_of
from motcua.services.presenting_clocks import words_of
from motcua.services.tasks import claim, reassign, release
from motcua.services.transitions import Particulars, send
from motcua.services.trying import barred
from states.authority import work_of
from states.errors import DomainError

Plain = dict[str, Any]
CLAIM, RELEASE, ASSIGN, MOVE = "claim", "release", "assign", "move"


@dataclass(frozen=True, slots=True)
class Marked:
    """A task that somebody marked; `version` is that of its dossier as the page showed it."""

    code: str
    version: int
    task: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be done with each marked task.

    Attributes:
        kind: `claim`, `release`, `assign` or `move`.
        officer: To whom, of `assign`.
        transition: Along which, of `move`; a dossier with several marked tasks is moved once.
        reason: Why, of `move`.
    """

    kind: str
    officer: str = ""
    transition: str = ""
    reason: str | None = None


class UnknownDeed(DomainError):
    """Nothing can be done: mark at least one task, at most {most}, and choose what to do with them."""

    vi = "Chưa thực hiện được: hãy đánh dấu từ một đến {most} việc và chọn cách xử lý."


def do_all(
    house: Installation, visitor: Visitor, marked: Sequence[Marked], deed: Deed, key: str
) -> list[Plain]:
    """Do one thing with every marked task; what is refused leaves the others alone.

    Args:
        house: The installation.
        visitor: Who does it.
        marked: The tasks, in the order in which they are done.
        deed: What.
        key: Of the form: sent twice, each task is done once.

    Returns:
        For each `code`, `task`, its `label` (None where it is gone already) and `error`, the refusal or None.
    """
    # Two tasks of one dossier were seen at one version, which the first of them raises.
    moved: dict[tuple[str, int], int] = {}
    listed = list({one.code: one for one in marked}.values()) if deed.kind == MOVE else marked
    return [_one(house, visitor, one, deed, key, moved) for one in listed]


def movable(house: Installation, visitor: Visitor, marked: Iterable[Marked]) -> list[Plain]:
    """Return the transitions that all marked dossiers share and the visitor may send now without giving more facts.

    Results are given out one by one: who takes each is noted.

    Each has `id`, `label` and `reason_required`.

    Raises:
        DossierNotFound: One of them is not for the visitor.
    """
    shared: dict[str, Plain] | None = None
    for code in dict.fromkeys(one.code for one in marked):
        sight = looked_at(house, visitor, code)
        own = {one["id"]: one for one in _own(house, visitor, sight.stored)} if sight.whole else {}
        kept = own if shared is None else shared
        shared = {
            name: kept[name] for name in kept if name in own and kept[name]["label"] == own[name]["label"]
        }
    return list((shared or {}).values())


def _own(house: Installation, visitor: Visitor, stored: Stored) -> list[Plain]:
    alone = gives_out(house, stored)
    moves = [
        action
        for action in actions_of(house, stored)
        if action["kind"] == "transition" and action["blocked"] is None and not action["inputs"]
    ]
    locked = barred(house.whole, stored, visitor.actor, moves)
    return [
        {name: action[name] for name in ("id", "label", "reason_required")}
        for action in moves
        if action["id"] not in locked and action["id"] not in alone
    ]


def _one(
    house: Installation,
    visitor: Visitor,
    marked: Marked,
    deed: Deed,
    key: str,
    moved: dict[tuple[str, int], int],
) -> Plain:
    told: Plain = {"code": marked.code, "task": marked.task, "label": None, "error": None}
    version = moved.get((marked.code, marked.version), marked.version)
    try:
        told["label"] = _theirs(house, visitor, marked, deed)
        done = _DEEDS[deed.kind](house, visitor, marked, deed, version, f"{key}-{marked.code}-{marked.task}")
        moved[marked.code, marked.version] = done.dossier.version
    except DomainError as error:
        told["error"] = error
    return told


def _theirs(house: Installation, visitor: Visitor, marked: Marked, deed: Deed) -> Plain | None:
    """Check that a task is for the visitor to look at, and return what it is called. Raises: DossierNotFound."""
    sight = looked_at(house, visitor, marked.code)
    task = sight.stored.dossier.task(marked.task)
    if not sight.whole and (deed.kind == MOVE or task is None or not sight.covers(task.agency)):
        raise DossierNotFound(code=marked.code)
    world = house.worlds.of(sight.stored.dossier.cfg)
    return None if task is None else words_of(work_of(world, task))


def _claim(house: Installation, who: Visitor, one: Marked, deed: Deed, version: int, key: str) -> Stored:
    return claim(house, one.code, one.task, who.actor, who.auth, key, version)


def _release(house: Installation, who: Visitor, one: Marked, deed: Deed, version: int, key: str) -> Stored:
    return release(house, one.code, one.task, who.actor, who.auth, key, version)


def _assign(house: Installation, who: Visitor, one: Marked, deed: Deed, version: int, key: str) -> Stored:
    return reassign(house, one.code, one.task, deed.officer, who.actor, who.auth, key, version)


def _move(house: Installation, who: Visitor, one: Marked, deed: Deed, version: int, key: str) -> Stored:
    if deed.transition in gives_out(house, house.store.load(one.code)):
        raise IdentityNotNoted
    given = Particulars(reason=deed.reason)
    return send(house, one.code, deed.transition, who.actor, version, given, who.auth, key)


_DEEDS: dict[str, Callable[[Installation, Visitor, Marked, Deed, int, str], Stored]] = {
    CLAIM: _claim,
    RELEASE: _release,
    ASSIGN: _assign,
    MOVE: _move,
}

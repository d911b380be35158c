"""Compares two versions part by part and says what is not as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from states.differences.aspects import Aspect
from states.differences.difference import Audience, Change, Difference
from states.differences.parts import COLLECTIONS, Collection
from states.differences.wording import NO, NONE, UNKNOWN, Names
from states.procedure import Label, Procedure

__all__ = ["COLLECTIONS", "differences"]

_EMPTY = Label("", "")


def differences(
    before: Procedure, after: Procedure, statuses: Mapping[int, Label] | None = None
) -> tuple[Difference, ...]:
    """Return what changes for people from one version to another, in the order in which they want to read it.

    Parts are the same when their ids are. The order of lists in which order means nothing is no difference, nor
    are version number and digest.

    Args:
        before: One version.
        after: The other.
        statuses: The national names of public statuses, where they are known.
    """
    old, new = Names(before, statuses), Names(after, statuses)
    return tuple(
        found
        for collection in COLLECTIONS
        for pair in _pairs(collection, old, new)
        for found in pair.differences()
    )


def _pairs(collection: Collection, old: Names, new: Names) -> Iterator["_Pair"]:
    """Yield each part with what it was and what it is: those gone first, in the order of the files."""
    left, right = collection.items(old), collection.items(new)
    for id in [*(id for id in left if id not in right), *right]:
        yield _Pair(collection, id, old, new, left.get(id), right.get(id))


@dataclass(frozen=True, slots=True)
class _Pair:
    """One part in two versions; None in the one that lacks it."""

    collection: Collection
    id: str
    old: Names
    new: Names
    before: Any
    after: Any

    def differences(self) -> Iterator[Difference]:
        """Yield that the part came or went, or else each aspect in which it changed."""
        if self.before is None:
            yield self._whole(Change.ADDED, self.new, self.after)
        elif self.after is None:
            yield self._whole(Change.REMOVED, self.old, self.before)
        else:
            yield from (self._changed(aspect) for aspect in self.collection.aspects if self._differs(aspect))

    def _differs(self, aspect: Aspect) -> bool:
        left, right = aspect.value(self.before), aspect.value(self.after)
        return left != right and aspect.key(self.old, left) != aspect.key(self.new, right)

    def _whole(self, change: Change, names: Names, item: Any) -> Difference:
        concerned = self.collection.concerned(names, item) | set(self.collection.audiences)
        return Difference(
            subject=self.collection.subject,
            id=self.id,
            aspect="",
            change=change,
            audiences=_ordered(concerned),
            what=self.collection.what(names, self.id, item),
            name=_EMPTY,
            before=None,
            after=self._brief(names, item) if change is Change.ADDED else None,
        )

    def _brief(self, names: Names, item: Any) -> Label:
        """Say in short what a new part is like."""
        told = [
            (aspect.name, aspect.told(names, aspect.value(item)))
            for aspect in self.collection.aspects
            if aspect.brief
        ]
        kept = [(name, value) for name, value in told if value not in (NONE, UNKNOWN, NO)]
        return Label(
            "; ".join(f"{name.vi} {value.vi}" for name, value in kept),
            "; ".join(f"{name.en} {value.en}" for name, value in kept),
        )

    def _changed(self, aspect: Aspect) -> Difference:
        left, right = aspect.value(self.before), aspect.value(self.after)
        before, after = _apart(aspect.told(self.old, left), aspect.told(self.new, right), left, right)
        concerned = set(aspect.audiences)
        if aspect.acting:
            concerned |= self.collection.concerned(self.old, self.before)
            concerned |= self.collection.concerned(self.new, self.after)
        return Difference(
            subject=self.collection.subject,
            id=self.id,
            aspect=aspect.field,
            change=Change.CHANGED,
            audiences=_ordered(concerned),
            what=self.collection.what(self.new, self.id, self.after),
            name=aspect.name,
            before=before,
            after=after,
        )


def _apart(before: Label, after: Label, left: Any, right: Any) -> tuple[Label, Label]:
    """Return words that differ in both languages: ids for parts of one name, the other language for one reworded."""
    if before == after:
        before, after = _bare(left), _bare(right)
    if before.vi == after.vi:
        return Label(before.en, before.en), Label(after.en, after.en)
    if before.en == after.en:
        return Label(before.vi, before.vi), Label(after.vi, after.vi)
    return before, after


def _bare(value: Any) -> Label:
    told = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return Label(told, told)


def _ordered(audiences: set[Audience] | frozenset[Audience]) -> tuple[Audience, ...]:
    return tuple(audience for audience in Audience if audience in audiences)

"""What the portal heard of both sides, held against what is true there: nothing lost, nothing that contradicts them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.services.portal import Reconciled
from motcua.services.portal.reconciling import MISSING


@dataclass(slots=True)
class Heard:
    """What a portal has, once all is healed, and what is wrong with that.

    Attributes:
        dossiers: How many it was told of.
        steps: How many moves of theirs.
        asked: How often it was asked anything, and of that how often it misbehaved.
        lost: Dossiers that it never heard of, moves that it lacks, and messages that still wait.
        contradictory: Another status or appointment, a dossier that is none of ours, a move that it has twice.
    """

    dossiers: int = 0
    steps: int = 0
    asked: int = 0
    troubled: int = 0
    lost: set[str] = field(default_factory=set)
    contradictory: set[str] = field(default_factory=set)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.contradictory)


def held_against(
    heard: Heard, found: Sequence[Reconciled], moved: Mapping[str, int], told: Iterable[str]
) -> Heard:
    """Add to *heard* what is wrong.

    Args:
        heard: Grows.
        found: The comparison of each side with the portal.
        moved: By dossier, how many moves the trails of both sides have.
        told: The dossier of each move that the portal has.
    """
    for side in found:
        if side.waiting:
            heard.lost.add(f"{side.waiting} dossiers with messages that still wait")
        for item in side.differences:
            said = f"{item.code}: {item.kind}, {item.ours} here, {item.theirs} there"
            (heard.lost if item.kind == MISSING else heard.contradictory).add(said)
    known = Counter(told)
    for code in sorted({*moved, *known}):
        ours, theirs = moved.get(code, 0), known[code]
        if ours != theirs:
            said = f"{code}: {ours} moves here, {theirs} there"
            (heard.lost if theirs < ours else heard.contradictory).add(said)
    heard.steps = sum(known.values())
    return heard

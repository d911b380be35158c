"""When enough is known of a consultation, and what came of it: pure, from what stands on each question."""

from collections.abc import Iterator

from states.dossier import Asked, Round
from states.procedure import Consultation

_MEANING = {"agree": "consent", "object": "objection", "other": "other"}


def opinion(asked: Asked) -> str | None:
    """Return `consent`, `objection` or `other` where an answer or a silence counts as one; None where nothing does."""
    if asked.answer is not None:
        return _MEANING[asked.answer]
    return None if asked.closed is not None or asked.open else asked.silent


def opinions(held: Round) -> list[str]:
    """Return the opinions that count so far."""
    return [found for asked in held.asked if (found := opinion(asked)) is not None]


def needed(declared: Consultation, held: Round) -> int:
    """Return how many opinions are enough in this round; never more than questions are put."""
    most = len(held.questions)
    return most if declared.quorum is None else min(declared.quorum, most)


def enough(declared: Consultation, held: Round) -> bool:
    """Tell whether the round can be finished.

    The mandatory opinions are there, and as many as the quorum asks; or nothing is open any more.
    """
    waiting = frozenset(_waiting(held))
    if not waiting:
        return True
    mandatory = {question.id for question in declared.questions if question.mandatory}
    return not waiting & mandatory and len(opinions(held)) >= needed(declared, held)


def _waiting(held: Round) -> Iterator[str]:
    """Yield the questions of which something may still come."""
    yield from held.unasked
    yield from (asked.question for asked in held.asked if asked.open)


def outcome_of(declared: Consultation, held: Round) -> str:
    """Return what came of a round in which enough is known.

    One objection makes it `objection`; `consent` needs a quorum in which every opinion is a consent; all else,
    where opinions are missing or are neither, is `incomplete`.
    """
    found = opinions(held)
    if "objection" in found:
        return "objection"
    agreed = all(one == "consent" for one in found) and len(found) >= needed(declared, held)
    return "consent" if agreed else "incomplete"

"""What went on between agencies: who had custody when, what was returned, who stayed silent, and whether it adds up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from motcua.services.demonstrating.temper import GRANTED
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.responsibility import lives, named
from states.custody import Custodian, Custody, party_of
from states.dossier import Asked, Dossier, Passage
from states.responsibility import MICROSECOND, Moment, Span, shares, spans
from states.world import World

Plain = dict[str, Any]
Rank = tuple[Any, ...]
RETURNED, ACCEPTED = "returned", "accepted"
SILENT = ("silent_consent", "silent_objection", "passed_over")


@dataclass(slots=True)
class Between:
    """What the trail says of all dossiers; the examples are the same for the same seed.

    Attributes:
        dossiers: All of them, components included.
        submissions: Those that are part of no other.
        differing: Codes of dossiers whose seconds of responsibility do not add up exactly to their lead time.
        handoffs: Offers, by how far they came.
        questions: Questions put to other bodies, by what stands.
        story: One dossier that was settled after it had been with most agencies, leg by leg.
        returned: The first handoff that was returned.
        silent: The first question that was never answered in time to count.
    """

    dossiers: int = 0
    submissions: int = 0
    differing: list[str] = field(default_factory=list)
    handoffs: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    story: Plain | None = None
    returned: Plain | None = None
    silent: Plain | None = None


def look_between(house: Installation) -> Between:
    """Read every dossier's records once, one dossier at a time in memory."""
    told = Between()
    best: dict[str, tuple[Rank, Plain]] = {}
    for dossier, moments, at in lives(house):
        world, until = house.worlds.of(dossier.cfg), max(house.now(), at)
        found = spans(world.procedure, moments, until)
        told.dossiers += 1
        told.submissions += dossier.parent is None
        if sum(span.microseconds for span in found) != _lead(moments, until):
            told.differing.append(dossier.code)
        offers, asked = _offers(moments), _questions(moments)
        told.handoffs.update(passage.status for passage in offers.values())
        told.questions.update(one.standing for one in asked.values())
        _keep(best, "story", _story(world, dossier, found))
        _keep(best, "returned", _returned(world, dossier, offers))
        _keep(best, "silent", _silent(world, dossier, asked))
    for name, (_, example) in best.items():
        setattr(told, name, example)
    told.differing.sort()
    return told


def _keep(best: dict[str, tuple[Rank, Plain]], name: str, found: tuple[Rank, Plain] | None) -> None:
    """Keep the example of the lowest rank, so that the order in which dossiers are read does not matter."""
    if found is not None and (name not in best or found[0] < best[name][0]):
        best[name] = found


def _lead(moments: Sequence[Moment], until: datetime) -> int:
    """Return the lead time in microseconds, from the first record to the one that ended the dossier, or to *until*."""
    end = next((at for at, seen in moments if seen.ended), until)
    return (end - moments[0][0]) // MICROSECOND


def _offers(moments: Sequence[Moment]) -> dict[tuple[str, int], Passage]:
    return {
        (passage.state, passage.number): passage for _, seen in moments for passage in seen.handoffs.values()
    }


def _questions(moments: Sequence[Moment]) -> dict[tuple[str, int, str], Asked]:
    return {
        (name, held.number, one.question): one
        for _, seen in moments
        for name, held in seen.consultations.items()
        for one in held.asked
    }


# Examples


def _story(world: World, dossier: Dossier, found: Sequence[Span]) -> tuple[Rank, Plain] | None:
    """Of the dossiers that were granted and returned in time to be told, most agencies first, then fewest legs."""
    if not dossier.ended or dossier.outcome != GRANTED or not dossier.handoffs:
        return None
    agencies = {span.who for span in found if span.who.kind in (Custody.AGENCY, Custody.CONSULTED)}
    legs = legs_of(world, found)
    told = {"code": dossier.code, "procedure": dossier.procedure, "legs": legs}
    return (-len(agencies), len(legs), dossier.code), told


def legs_of(world: World, found: Iterable[Span]) -> list[Plain]:
    """Return who had custody from when to when, and the working minutes planned and taken by each in turn."""
    return [_leg(world, who, list(part)) for who, part in groupby(found, key=lambda span: span.who)]


def _leg(world: World, who: Custodian, part: list[Span]) -> Plain:
    [share] = shares(world, part)
    return {
        **named(world, who),
        "from": local_text(world.calendar, part[0].start),
        "until": local_text(world.calendar, part[-1].end),
        "states": list(dict.fromkeys(span.state for span in part)),
        "planned_minutes": share.planned,
        "working_minutes": share.actual,
    }


def _returned(
    world: World, dossier: Dossier, offers: dict[tuple[str, int], Passage]
) -> tuple[Rank, Plain] | None:
    back = [passage for passage in offers.values() if passage.status == RETURNED]
    if not back:
        return None
    first = min(back, key=lambda passage: passage.offered_at)
    later = offers.get((first.state, first.number + 1))
    accepted = later.answered_at if later is not None and later.status == ACCEPTED else None
    told = {
        "code": dossier.code,
        "state": first.state,
        "sender": named(world, party_of(first.sender))["name"],
        "receiver": named(world, party_of(first.receiver))["name"],
        "offered_at": local_text(world.calendar, first.offered_at),
        "returned_at": local_text(world.calendar, first.answered_at),
        "accepted_at": local_text(world.calendar, accepted),
    }
    return (accepted is None, first.offered_at, dossier.code), told


def _silent(
    world: World, dossier: Dossier, asked: dict[tuple[str, int, str], Asked]
) -> tuple[Rank, Plain] | None:
    mute = [(key, one) for key, one in asked.items() if one.standing in SILENT]
    if not mute:
        return None
    (name, _, _), first = min(mute, key=lambda found: (found[1].asked_at, found[0]))
    told = {
        "code": dossier.code,
        "question": f"{name}/{first.question}",
        "agency": named(world, party_of(first.agency))["name"],
        "asked_at": local_text(world.calendar, first.asked_at),
        "standing": first.standing,
    }
    return (SILENT.index(first.standing), first.asked_at, dossier.code), told


def figures_between(told: Between) -> Plain:
    """Return what is told as plain values."""
    return {
        "submissions": told.submissions,
        "dossiers": told.dossiers,
        "responsibility": {"dossiers": told.dossiers, "differing": len(told.differing)},
        "handoffs": dict(sorted(told.handoffs.items())),
        "questions": dict(sorted(told.questions.items())),
        "story": told.story,
        "returned": told.returned,
        "silent": told.silent,
    }

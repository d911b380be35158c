"""The life of a dossier as people tell it: one line for each record, what happened, who did it, and when."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import NO_WORDS, Stored, Words
from motcua.services.presenting_clocks import clock_name, rung_line, words_of
from motcua.services.timeline_words import WORDS
from states.escalation import UNACKNOWLEDGED
from states.procedure import Procedure
from states.world import World

Plain = dict[str, Any]


@dataclass(frozen=True)
class _Names:
    """What is called how in the life of one dossier."""

    house: Installation
    procedure: Procedure
    words: Words


def timeline(house: Installation, stored: Stored, words: Words = NO_WORDS) -> list[Plain]:
    """Return the records of a dossier, the newest first, each told by the most telling of its events.

    `seq` counts from 1; `at` is local; `who` is None where the clock or the system acted; `mandate` is the number of
    the paper by which they acted for `on_behalf`; `text` is in both languages;
    `rungs` are those that fired, with whom they told.
    """
    world = house.worlds.of(stored.dossier.cfg)
    names = _Names(house, world.procedure, words)
    lines: list[Plain] = []
    for record in house.store.records(f"dossier:{stored.id}"):
        said = json.loads(record.raw)
        lines.append(
            {
                "seq": record.seq,
                "at": local_text(world.calendar, record.at),
                "type": record.type,
                "who": said["actor"],
                "on_behalf": said["on_behalf"],
                "mandate": ((said["command"] or {}).get("mandate") or {}).get("document"),
                "position": said["position"],
                "agency": None if said["agency"] is None else _name(house, said["agency"]),
                "cause": said["cause"],
                "events": len(said["events"]),
                "text": _headline(names, said["events"]),
                "rungs": _rungs(world, stored, said["events"]),
                "hash": record.leaf_hash,
            }
        )
    return lines[::-1]


def _name(house: Installation, agency: str) -> str:
    known = house.worlds.directory.agency.get(agency)
    return agency if known is None else known.name


def _headline(names: _Names, events: list[Plain]) -> Plain:
    """Return the words for the event that tells most: the first in the order of `WORDS`."""
    for kind, (vi, en) in WORDS.items():
        for event in events:
            if event["kind"] == kind:
                found = {name: show(names, event) for name, show in _SHOWN.items() if f"{{{name}}}" in vi}
                return {
                    "vi": vi.format_map({name: words["vi"] for name, words in found.items()}),
                    "en": en.format_map({name: words["en"] for name, words in found.items()}),
                }
    return {"vi": "Ghi nhận", "en": "Noted"}


def _rungs(world: World, stored: Stored, events: list[Plain]) -> list[Plain]:
    """Return the rungs that fired: `clock`, `rung` as `rung_line` tells it, `silent`, and `told`, the officers."""
    return [
        {
            "clock": clock_name(world.procedure, event["clock"]),
            "rung": rung_line(
                world, stored.dossier.clocks.get(event["clock"]), event["rung"].removesuffix(UNACKNOWLEDGED)
            ),
            "silent": event["rung"].endswith(UNACKNOWLEDGED),
            "told": list(event["recipients"]),
        }
        for event in events
        if event["kind"] == "rung_reached"
    ]


def _same(text: object) -> Plain:
    return {"vi": str(text), "en": str(text)}


def _move(names: _Names, event: Plain) -> Plain:
    found = names.procedure.transition.get(event["transition"])
    return _same(event["transition"]) if found is None else words_of(found.label)


def _state(names: _Names, event: Plain) -> Plain:
    found = names.procedure.state.get(event.get("state") or "")
    return _same(event.get("state", "")) if found is None else words_of(found.label)


def _clock(names: _Names, event: Plain) -> Plain:
    return clock_name(names.procedure, str(event.get("clock", "")))


def _agency(names: _Names, event: Plain) -> Plain:
    return _same(_name(names.house, str(event.get("receiver") or event.get("agency") or "")))


def _paper(names: _Names, event: Plain) -> Plain:
    found = next(
        (paper.label for paper in names.procedure.documents if paper.id == event.get("document")), None
    )
    return _same(event.get("document")) if found is None else words_of(found)


def _called(field: str, kind: str) -> Callable[[_Names, Plain], Plain]:
    return lambda names, event: dict(names.words.of(kind, str(event.get(field) or "")))


def _plain(field: str) -> Callable[[_Names, Plain], Plain]:
    return lambda names, event: _same(event.get(field) or "")


_SHOWN: Mapping[str, Callable[[_Names, Plain], Plain]] = {
    "move": _move,
    "state": _state,
    "clock": _clock,
    "agency": _agency,
    "paper": _paper,
    "form": _called("form", "paper"),
    "template": _called("template", "notice"),
    **{name: _plain(name) for name in ("officer", "dossier", "order", "on_behalf", "document")},
}

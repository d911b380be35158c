"""Rules on the file as it is written, before states are flattened: sizes, twins, first states, contradictions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from states.guards import is_fact_name
from states.problem import Path, Problem
from states.procedure import APPLICANT, ASSIGNEE, PLATFORM_FACTS, SIDES, SYSTEM

Raw = Mapping[str, Any]
Place = tuple[Path, Raw]

MAX_STATES = 200
MAX_TRANSITIONS = 400
MAX_ALTERNATIVES = 50
_LISTS = (
    "legal_basis",
    "facts",
    "parties",
    "roles",
    "documents",
    "fees",
    "suspensions",
    "extensions",
    "components",
    "consultations",
    "transitions",
)
_RESERVED = {
    "roles": {APPLICANT, SYSTEM, ASSIGNEE},
    "parties": {"parent", "province", "holder", *SIDES},
    "facts": set(PLATFORM_FACTS),
}


def too_large(mapping: Raw) -> Iterator[Problem]:
    """A chart that no person can read is not looked at any further."""
    counts = (
        ("states", sum(1 for _ in places(mapping["states"])), MAX_STATES),
        ("transitions", len(mapping["transitions"]), MAX_TRANSITIONS),
    )
    for what, count, limit in counts:
        if count > limit:
            yield Problem("E-SIZE-001", (what,), {"what": what, "count": count, "limit": limit})
    for index, transition in enumerate(mapping["transitions"][:MAX_TRANSITIONS]):
        for what, limit in (("choose", MAX_ALTERNATIVES), ("from", MAX_STATES)):
            count = len(transition.get(what) or ())
            if count > limit:
                path = ("transitions", index, what)
                yield Problem("E-SIZE-001", path, {"what": what, "count": count, "limit": limit})


def twins(mapping: Raw) -> Iterator[Problem]:
    """Two things of one kind, two rungs, or two entries of one list of names, may not share a name."""
    for kind in _LISTS:
        entries = [((kind, index), raw) for index, raw in enumerate(mapping.get(kind, ()))]
        yield from _twins(kind, entries)
    yield from _twins("states", list(places(mapping["states"])))
    for index, asked in enumerate(mapping.get("consultations", ())):
        yield from _twins(
            "ask", [(("consultations", index, "ask", n), raw) for n, raw in enumerate(asked["ask"])]
        )
    for index, transition in enumerate(mapping["transitions"]):
        for key in ("from", "by", "inputs", "emits"):
            names = [
                (("transitions", index, key, at), {"id": id}) for at, id in enumerate(transition.get(key, ()))
            ]
            yield from _twins(key, names)


def reserved(mapping: Raw) -> Iterator[Problem]:
    """Some names have a meaning of their own, or could not be written in a guard."""
    kept = {f"{raw['id']}_count" for raw in mapping.get("suspensions", ())}
    kept |= {
        f"{raw['id']}_outcome" for part in ("components", "consultations") for raw in mapping.get(part, ())
    }
    for kind, reserved_names in _RESERVED.items():
        names = reserved_names | kept if kind == "facts" else reserved_names
        for index, raw in enumerate(mapping.get(kind, ())):
            if raw["id"] in names or (kind == "facts" and not is_fact_name(raw["id"])):
                yield Problem("E-ID-002", (kind, index, "id"), {"id": raw["id"]})


def first_states(mapping: Raw) -> Iterator[Problem]:
    """Every level of the chart has exactly one state that is entered first; branches are entered together."""
    yield from _first((), mapping["states"])
    for path, raw in places(mapping["states"]):
        if raw.get("parallel"):
            for index, region in enumerate(raw.get("states", ())):
                if region.get("initial"):
                    yield _contradiction(
                        (*path, "states", index, "initial"), region["id"], "initial", "branch"
                    )
        elif raw.get("states"):
            yield from _first(path, raw["states"])


def contradictions(mapping: Raw) -> Iterator[Problem]:
    """Keys that cannot stand together in one state."""
    for path, raw in places(mapping["states"]):
        kind = _kind(raw)
        for key in _FORBIDDEN[kind]:
            if raw.get(key) not in (None, False, []):
                yield _contradiction((*path, key), raw["id"], key, kind)
        if kind == "parallel" and len(raw.get("states", ())) < 2:
            yield Problem("E-SHAPE-004", path, {"state": raw["id"]})


_INNER = ("holder", "clock", "no_clock", "suspends", "consultation", "outcome", "final")
_FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "final": (
        "states",
        "holder",
        "clock",
        "no_clock",
        "suspends",
        "consultation",
        "done",
        "parallel",
        "initial",
    ),
    "parallel": _INNER,
    "compound": _INNER,
    "atomic": ("done",),
}


def _kind(raw: Raw) -> str:
    if raw.get("final") and not raw.get("states"):
        return "final"
    if raw.get("parallel"):
        return "parallel"
    return "compound" if raw.get("states") else "atomic"


def places(raws: Sequence[Raw], above: Path = ()) -> Iterator[Place]:
    """Yield every state of the file with its path, in document order."""
    for index, raw in enumerate(raws):
        path = (*above, "states", index)
        yield path, raw
        yield from places(raw.get("states", ()), path)


def _twins(kind: str, entries: Sequence[Place]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, raw in entries:
        if raw["id"] in seen:
            where = (*path, "id") if len(raw) > 1 else path
            yield Problem("E-ID-001", where, {"kind": kind, "id": raw["id"]})
        seen.add(raw["id"])


def _first(above: Path, raws: Sequence[Raw]) -> Iterator[Problem]:
    marked = [index for index, raw in enumerate(raws) if raw.get("initial")]
    where = (*above, "states")
    if not marked:
        yield Problem("E-SHAPE-001", where, {})
    for index in marked[1:]:
        facts = {"state": raws[index]["id"], "first": raws[marked[0]]["id"]}
        yield Problem("E-SHAPE-002", (*where, index, "initial"), facts)


def _contradiction(path: Path, state: str, key: str, kind: str) -> Problem:
    return Problem("E-SHAPE-003", path, {"state": state, "key": key, "kind": kind})


OUTLINE_RULES = (twins, reserved, first_states, contradictions)

"""From the plain values of a procedure file, whose shape was checked, to a `Procedure` without its table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from states.group_parsing import parse_components
from states.guards import FactType
from states.liaison_parsing import parse_consultation, parse_handoff, parse_stage
from states.plain_values import Raw, term
from states.plain_values import label as _label
from states.procedure import (
    Alternative,
    Assign,
    CaseClock,
    Citation,
    Consultation,
    Cutoff,
    Document,
    Effect,
    Extension,
    Fact,
    Fee,
    Label,
    Ladder,
    Party,
    Procedure,
    Resolve,
    Role,
    Stage,
    State,
    StateKind,
    StepClock,
    Suspension,
    Transition,
)

_CLOCK_LABELS = {
    "legal": Label("thời hạn theo luật", "legal term"),
    "committed": Label("thời hạn cam kết", "committed term"),
}


def parse_procedure(mapping: Raw, ladders: Mapping[str, Ladder], source_sha256: str) -> Procedure:
    """Resolve and flatten a procedure; nothing is judged here, so a broken one can be parsed and then linted.

    Args:
        mapping: A procedure file whose shape is right.
        ladders: The known ladders, by `name@version`; those that the file names become part of it.
        source_sha256: Digest of the file.

    Returns:
        The procedure with an empty table, whose `initial` names the top state that is entered first.
    """
    head, calendar = mapping["procedure"], mapping["calendar"]
    effective = head["effective"]
    consultations = tuple(map(parse_consultation, mapping.get("consultations", ())))
    stages = tuple(map(parse_stage, mapping.get("stages", ())))
    states = tuple(_states(mapping["states"], None, None))
    clocks = tuple(_case_clock(id, raw) for id, raw in mapping["clocks"].items() if raw is not None)
    return Procedure(
        schema_version=mapping["schema_version"],
        code=head["code"],
        version=head["version"],
        name=_label(head["name"]),
        field=_label(head["field"]),
        result=_label(head["result"]),
        effective_from=date.fromisoformat(effective["from"]),
        effective_until=_day(effective.get("until")),
        calendar=calendar["use"],
        cutoff=_cutoff(calendar.get("cutoff")),
        clocks=clocks,
        ladders=_used(ladders, clocks, states, consultations, stages),
        states=states,
        transitions=tuple(map(_transition, mapping["transitions"])),
        initial=_initial(mapping["states"])[:1],
        table={},
        source_sha256=source_sha256,
        consultations=consultations,
        stages=stages,
        **_lists(mapping),
    )


def _lists(mapping: Raw) -> dict[str, Any]:
    """Read the lists whose entries stand for themselves."""
    return {
        "citations": tuple(map(_citation, mapping["legal_basis"])),
        "facts": tuple(map(_fact, mapping.get("facts", ()))),
        "parties": tuple(map(_party, mapping["parties"])),
        "roles": tuple(map(_role, mapping["roles"])),
        "separation": tuple(map(tuple, mapping.get("separation_of_duties", ()))),
        "documents": tuple(map(_document, mapping.get("documents", ()))),
        "fees": tuple(map(_fee, mapping.get("fees", ()))),
        "suspensions": tuple(map(_suspension, mapping.get("suspensions", ()))),
        "extensions": tuple(map(_extension, mapping.get("extensions", ()))),
        "components": parse_components(mapping),
        "recall": mapping.get("recall"),
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _cutoff(raw: Raw | None) -> Cutoff | None:
    if raw is None:
        return None
    hours, minutes = raw["after"].split(":")
    return Cutoff(int(hours) * 60 + int(minutes), raw["source"], raw["verified"])


def _citation(raw: Raw) -> Citation:
    return Citation(
        raw["id"], raw["instrument"], raw.get("article"), raw.get("title"), raw["source"], raw["verified"]
    )


def _fact(raw: Raw) -> Fact:
    return Fact(raw["id"], _label(raw["label"]), FactType(raw["type"]), tuple(raw.get("values", ())))


def _party(raw: Raw) -> Party:
    return Party(raw["id"], _label(raw["label"]), raw["kind"], Resolve(raw["resolve"]))


def _role(raw: Raw) -> Role:
    return Role(raw["id"], _label(raw["label"]), raw["party"], raw["position"], Assign(raw["assign"]))


def _document(raw: Raw) -> Document:
    return Document(
        id=raw["id"],
        label=_label(raw["name"]),
        required=raw.get("required") or False,
        required_if=raw.get("required_if"),
        copies=raw.get("copies"),
        source=raw["source"],
        verified=raw["verified"],
    )


def _fee(raw: Raw) -> Fee:
    return Fee(raw["id"], _label(raw["name"]), raw.get("amount"), raw["source"], raw["verified"])


def _suspension(raw: Raw) -> Suspension:
    cause, effect = _label(raw["cause"]), Effect(raw["effect"])
    return Suspension(raw["id"], cause, effect, raw.get("max_times"), raw["source"], raw["verified"])


def _extension(raw: Raw) -> Extension:
    return Extension(
        id=raw["id"],
        label=_label(raw["label"]),
        role=raw["role"],
        clocks=tuple(raw["clocks"]),
        max_times=raw["max_times"],
        max_each=term(raw.get("max_each")),
        letter_before=term(raw.get("letter_before")),
        source=raw["source"],
        verified=raw["verified"],
    )


def _case_clock(id: str, raw: Raw) -> CaseClock:
    return CaseClock(
        id=id,
        label=_CLOCK_LABELS[id],
        term=term(raw["term"]),
        starts=raw["starts"],
        stops=tuple(raw["stops"]),
        ladder=raw.get("ladder"),
        source=raw["source"],
        verified=raw["verified"],
    )


def _step_clock(raw: Raw | None) -> StepClock | None:
    if raw is None:
        return None
    return StepClock(
        term(raw["budget"]), raw.get("ladder"), raw.get("on_due"), raw["source"], raw["verified"]
    )


def _states(raws: Sequence[Raw], parent: str | None, public: int | None) -> Iterator[State]:
    """Yield the states in document order, each before its children, with the public status they inherit."""
    for raw in raws:
        own = raw.get("public")
        status = public if own is None else own
        yield _state(raw, parent, status)
        yield from _states(raw.get("states", ()), raw["id"], status)


def _state(raw: Raw, parent: str | None, public: int | None) -> State:
    first = _initial(raw.get("states", ()))
    compound = _kind(raw) is StateKind.COMPOUND
    return State(
        id=raw["id"],
        label=_label(raw["label"]),
        kind=_kind(raw),
        parent=parent,
        initial=first[0] if first and compound else None,
        done=raw.get("done"),
        public=public,
        holder=raw.get("holder"),
        clock=_step_clock(raw.get("clock")),
        no_clock=None if raw.get("no_clock") is None else _label(raw["no_clock"]),
        suspends=raw.get("suspends"),
        outcome=raw.get("outcome"),
        gathers=raw.get("gathers"),
        awaits=tuple(raw.get("awaits", ())),
        consultation=raw.get("consultation"),
        stage=raw.get("stage"),
        handoff=parse_handoff(raw.get("handoff")),
    )


def _kind(raw: Raw) -> StateKind:
    if raw.get("parallel"):
        return StateKind.PARALLEL
    if raw.get("states"):
        return StateKind.COMPOUND
    return StateKind.FINAL if raw.get("final") else StateKind.ATOMIC


def _initial(raws: Sequence[Raw]) -> tuple[str, ...]:
    return tuple(raw["id"] for raw in raws if raw.get("initial"))


def _transition(raw: Raw) -> Transition:
    return Transition(
        id=raw["id"],
        label=_label(raw["label"]),
        sources=tuple(raw["from"]),
        alternatives=tuple(_alternatives(raw)),
        by=tuple(raw["by"]),
        guard=raw.get("when"),
        inputs=tuple(raw.get("inputs", ())),
        reason=raw.get("reason") is not None,
        emits=tuple(raw.get("emits", ())),
        recalls=raw.get("recalls", False),
    )


def _alternatives(raw: Raw) -> Iterator[Alternative]:
    if raw.get("choose") is None:
        yield Alternative(None, raw["to"])
        return
    for choice in raw["choose"]:
        last = choice.get("otherwise")
        yield Alternative(choice.get("when"), choice["to"] if last is None else last)


def _used(
    ladders: Mapping[str, Ladder],
    clocks: tuple[CaseClock, ...],
    states: tuple[State, ...],
    consultations: tuple[Consultation, ...],
    stages: tuple[Stage, ...],
) -> tuple[Ladder, ...]:
    named = {clock.ladder for clock in clocks} | {state.clock.ladder for state in states if state.clock}
    named |= {stage.ladder for stage in stages}
    named |= {question.ladder for asked in consultations for question in asked.questions}
    named |= {state.handoff.ladder for state in states if state.handoff}
    return tuple(ladder for id, ladder in sorted(ladders.items()) if id in named)

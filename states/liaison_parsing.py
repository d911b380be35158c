"""From plain values to what binds agencies together: handoffs, consultations and their questions."""

from states.plain_values import Raw, label, term
from states.procedure import Consultation, Handoff, Order, Question, Silence, Stage, Via

ALL = "all"


def parse_handoff(raw: Raw | None) -> Handoff | None:
    """Read how custody goes over to whom a state is held by."""
    if raw is None:
        return None
    return Handoff(
        via=Via(raw["via"]),
        acknowledge=term(raw["acknowledge"]),
        accept=term(raw["accept"]),
        ladder=raw.get("ladder"),
        returns=raw.get("returns"),
        documents=tuple(raw.get("documents", ())),
        source=raw["source"],
        verified=raw["verified"],
    )


def parse_stage(raw: Raw) -> Stage:
    """Read what an agency is given for its steps."""
    return Stage(
        id=raw["id"],
        label=label(raw["label"]),
        party=raw["party"],
        budget=term(raw["budget"]),
        ladder=raw.get("ladder"),
        source=raw["source"],
        verified=raw["verified"],
    )


def parse_consultation(raw: Raw) -> Consultation:
    """Read one consultation whose shape is right."""
    quorum = raw["quorum"]
    return Consultation(
        id=raw["id"],
        label=label(raw["label"]),
        order=Order(raw["order"]),
        questions=tuple(map(_question, raw["ask"])),
        quorum=None if quorum == ALL else quorum,
        then=raw["then"],
    )


def _question(raw: Raw) -> Question:
    return Question(
        id=raw["id"],
        label=label(raw["label"]),
        role=raw["role"],
        ask_if=raw.get("ask_if"),
        documents=tuple(raw.get("documents", ())),
        facts=tuple(raw.get("facts", ())),
        term=term(raw["term"]),
        ladder=raw.get("ladder"),
        mandatory=raw["mandatory"],
        silence=Silence(raw["silence"]),
        silence_source=raw.get("silence_source"),
        source=raw["source"],
        verified=raw["verified"],
    )

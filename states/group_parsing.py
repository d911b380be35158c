"""From the plain values of a procedure file to the components of a group."""

from collections.abc import Mapping
from typing import Any

from states.procedure import Component, Label, Take

Raw = Mapping[str, Any]


def parse_components(mapping: Raw) -> tuple[Component, ...]:
    """Read the components of a file whose shape is right; none where it is no group."""
    return tuple(map(_component, mapping.get("components", ())))


def _component(raw: Raw) -> Component:
    procedure, procedure_fact = _told(raw["procedure"])
    party, agency_fact = _told(raw["party"])
    return Component(
        id=raw["id"],
        label=Label(raw["label"]["vi"], raw["label"]["en"]),
        procedure=procedure,
        procedure_fact=procedure_fact,
        party=party,
        agency_fact=agency_fact,
        after=tuple(raw.get("after", ())),
        opens_if=raw.get("if"),
        takes=tuple(Take(take["document"], take["from"]) for take in raw.get("takes", ())),
        returned=raw.get("returned"),
    )


def _told(value: str | Raw) -> tuple[str | None, str | None]:
    """Read a value that the file names itself, or the fact that tells it."""
    return (value, None) if isinstance(value, str) else (None, value["fact"])

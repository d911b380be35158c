"""What every part of a config file is made of, from its plain values: labels, terms."""

from collections.abc import Mapping
from typing import Any

from states.procedure import Label
from states.term import Term, parse_term

Raw = Mapping[str, Any]


def label(raw: Raw) -> Label:
    """Read `{vi: ..., en: ...}`."""
    return Label(raw["vi"], raw["en"])


def term(raw: Raw | None) -> Term | None:
    """Read `{unit: amount}`; None stays None, which is an unknown number."""
    if raw is None:
        return None
    ((unit, amount),) = raw.items()
    return parse_term(unit, "1" if amount is True else str(amount))

"""A stretch of time as a law or a process states it: a unit and an amount, never a bare number."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from states.errors import InvalidTerm


class Unit(StrEnum):
    """The units in which Vietnamese law and internal processes state time."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MONTHS = "months"
    SAME_DAY = "same_day"


_LONGEST = 16
_DECIMAL = re.compile(r"[+-]?[0-9]+([./][0-9]+)?")
"""A decimal or a fraction of plain digits: no underscore, no digits of other scripts, no exponent to multiply out."""
WORKING_UNITS = frozenset({Unit.WORKING_DAYS, Unit.WORKING_HOURS})


@dataclass(frozen=True, slots=True)
class Term:
    """An amount of one unit.

    Attributes:
        unit: What is counted.
        quarters: The amount in quarters of the unit, so that half and quarter days stay exact; 1 for `same_day`.
    """

    unit: Unit
    quarters: int

    @property
    def amount(self) -> Fraction:
        """The amount in whole units and quarters."""
        return Fraction(self.quarters, 4)

    @property
    def whole(self) -> bool:
        """Whether the amount is a whole number of units."""
        return self.quarters % 4 == 0

    def __str__(self) -> str:
        if self.unit is Unit.SAME_DAY:
            return self.unit.value
        number = self.quarters // 4 if self.whole else self.quarters / 4
        return f"{number} {self.unit.value}"


def parse_term(unit: str, amount: str) -> Term:
    """Read a term from its unit and its decimal amount.

    Raises:
        InvalidTerm: Unknown unit, or an amount that is not a positive multiple of a quarter, at most 10,000.
    """
    given = f"{amount} {unit}"
    if unit not in set(Unit):
        raise InvalidTerm(given=given, reason="unknown unit", reason_vi="không có đơn vị này")
    if len(amount) > _LONGEST or _DECIMAL.fullmatch(amount) is None:
        raise InvalidTerm(
            given=f"{amount[:_LONGEST]} {unit}",
            reason="the amount is not a number",
            reason_vi="lượng không phải là số",
        )
    try:
        quarters = Fraction(amount) * 4
    except (ValueError, ZeroDivisionError) as error:
        raise InvalidTerm(
            given=given, reason="the amount is not a number", reason_vi="lượng không phải là số"
        ) from error
    if quarters.denominator != 1 or not 0 < quarters <= 40_000:
        raise InvalidTerm(
            given=given,
            reason="the amount must be a multiple of 0.25, above 0 and at most 10,000",
            reason_vi="lượng phải là bội của 0,25, lớn hơn 0 và không quá 10.000",
        )
    return Term(Unit(unit), int(quarters))

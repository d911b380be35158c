"""What the schemas of all config files share: ids, labels, lengths of time, numbers with their source."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from states.errors import InvalidTerm
from states.term import Unit, parse_term


class Shape(BaseModel):
    """A mapping whose keys are all known; nothing is converted."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", strict=True, frozen=True, populate_by_name=False, hide_input_in_errors=True
    )


@dataclass(frozen=True)
class Like:
    """Makes a text an id: the pattern fits the whole of it, ASCII only."""

    pattern: str

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.pattern}$"}

    def _check(self, text: str) -> str:
        if re.fullmatch(self.pattern, text, re.ASCII) is None:
            raise PydanticCustomError("id", "{given}", {"given": shown(text), "pattern": self.pattern})
        return text


def shown(value: object) -> str:
    """Return a value as messages show it: short, and with characters outside ASCII named by number.

    A letter that only looks like a Latin one would otherwise be shown as the very thing it imitates.
    """
    if isinstance(value, dict | list):
        return "[…]" if isinstance(value, list) else "{…}"
    text = str(value)[:60]
    return "".join(
        char if char.isascii() or char.isspace() else f"{char}(U+{ord(char):04X})" for char in text
    )


Id = Annotated[str, Like(r"[a-z][a-z0-9_]{0,63}")]
CitationId = Annotated[str, Like(r"[a-z0-9][a-z0-9-]{0,63}")]
CalendarId = Annotated[str, Like(r"[a-z][a-z0-9-]{0,63}")]
Code = Annotated[str, Like(r"[0-9A-Za-z][0-9A-Za-z.-]{0,31}")]
Version = Annotated[str, Like(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}")]
FragmentRef = Annotated[str, Like(r"[a-z][a-z0-9_]{0,63}@[1-9][0-9]{0,3}")]
LadderRef = Annotated[str, Like(r"[a-z][a-z0-9_]{0,63}@[1-9][0-9]{0,3}")]
RecipientRef = Annotated[str, Like(r"[a-z][a-z0-9_]{0,63}(@[a-z][a-z0-9_]{0,63})?")]

Words = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]
Note = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"\S")]
Guard = Annotated[str, Field(min_length=1, max_length=10_000)]
Count = Annotated[int, Field(ge=1, le=1_000)]


class LabelShape(Shape):
    """What people read, in both languages."""

    vi: Words
    en: Words


def _term(value: object) -> object:
    """Check that *value* is one unit and one amount."""
    if not isinstance(value, dict) or len(value) != 1:
        raise PydanticCustomError("duration", "one unit", {"reason": "one-unit", "given": shown(value)})
    ((unit, amount),) = value.items()
    if unit not in set(Unit):
        raise PydanticCustomError("duration", "unknown unit", {"reason": "unit", "given": shown(unit)})
    if not _amount_fits(unit, amount):
        raise PydanticCustomError("duration", "amount", {"reason": "amount", "given": shown(amount)})
    return value


def _amount_fits(unit: str, amount: object) -> bool:
    if unit == Unit.SAME_DAY:
        return amount is True
    if isinstance(amount, bool) or not isinstance(amount, int | str):
        return False
    if isinstance(amount, str) and not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,4})?", amount, re.ASCII):
        return False
    try:
        parse_term(unit, str(Fraction(amount)))
    except InvalidTerm:
        return False
    return True


def _term_schema() -> dict[str, Any]:
    amount = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 10_000},
            {"type": ["number", "string"], "description": "a multiple of 0.25"},
        ]
    }
    kinds = [_one_key(unit, {"const": True} if unit is Unit.SAME_DAY else amount) for unit in Unit]
    return {"description": "One unit and an amount, as {working_days: 3}.", "oneOf": kinds}


def _one_key(unit: Unit, amount: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [unit.value],
        "properties": {unit.value: amount},
    }


TermShape = Annotated[Any, BeforeValidator(_term), WithJsonSchema(_term_schema())]


class Sourced(Shape):
    """A number of the law: where it comes from, and whether that text was read."""

    source: CitationId = Field(description="Id in legal_basis.")
    verified: bool = Field(description="True only when the number was read in the text itself.")

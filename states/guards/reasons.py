"""Why a guard does not hold for the facts of a dossier, in two languages."""

from collections.abc import Callable, Mapping

from states.guards.conditions import Comparison, Condition, Fact, Group, Literal, Membership, Not, Truth

Values = Mapping[str, bool | int | str]
Holds = Callable[[Values], bool]
Reason = tuple[str, str]
_LONGEST_VALUE = 60


def why_not(condition: Condition, holds: Mapping[int, Holds], facts: Values, wanted: bool = True) -> Reason:
    """Return the Vietnamese and the English reason why *condition* is not *wanted*.

    Args:
        condition: One that is known not to be as wanted for these facts.
        holds: The compiled test of each part, by its identity.
        facts: All facts that the condition names.
        wanted: False inside an odd number of `not`.
    """
    match condition:
        case Not(inner):
            return why_not(inner, holds, facts, not wanted)
        case Group(parts, needs_all):
            guilty = [part for part in parts if holds[id(part)](facts) is not wanted]
            told = [why_not(part, holds, facts, wanted) for part in guilty]
            one_is_enough = needs_all is wanted
            return _joined(told, "; ", "; ") if one_is_enough else _joined(told, " và ", " and ")
        case Truth(operand, source):
            return _truth(operand, source, wanted)
        case Comparison(left, _, right, source):
            return _atom(source, _shown((left, right), facts), wanted)
        case Membership(left, _, source):
            return _atom(source, _shown((left,), facts), wanted)


def _truth(operand: Fact | Literal, source: str, wanted: bool) -> Reason:
    if isinstance(operand, Literal):
        return f"điều kiện «{source}» không bao giờ đạt", f'the condition "{source}" is never met'
    actual_vi, actual_en = ("sai", "false") if wanted else ("đúng", "true")
    return f"«{source}» là {actual_vi}", f'"{source}" is {actual_en}'


def _atom(source: str, shown: str, wanted: bool) -> Reason:
    if wanted:
        return f"«{source}» không đúng{shown}", f'"{source}" does not hold{shown}'
    return f"«{source}» đang đúng{shown}", f'"{source}" holds{shown}'


def _shown(operands: tuple[Fact | Literal, ...], facts: Values) -> str:
    pairs = [f"{each.name} = {_value(facts[each.name])}" for each in operands if isinstance(each, Fact)]
    return f" ({', '.join(dict.fromkeys(pairs))})" if pairs else ""


def _value(value: bool | int | str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _joined(told: list[Reason], comma_vi: str, comma_en: str) -> Reason:
    return comma_vi.join(vi for vi, _ in told), comma_en.join(en for _, en in told)

"""What is wrong with a config file: a coded problem at a path, in two languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Path = tuple[str | int, ...]


class Severity(StrEnum):
    """Whether a problem forbids publishing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the linter holds a file to.

    Attributes:
        code: Stable code, such as `E-FLOW-003`.
        vi: Vietnamese message template, filled from the problem's facts.
        en: English message template.
        why_vi: Why the rule exists and how to satisfy it, for `motcua explain`.
        why_en: The same in English.
    """

    code: str
    severity: Severity
    vi: str
    en: str
    why_vi: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of a rule.

    Attributes:
        rule: Code of the rule.
        path: Where in the file: keys and list indexes from the root.
        facts: What the rule's message templates need.
    """

    rule: str
    path: Path
    facts: Mapping[str, object] = field(default_factory=dict)


def describe(problem: Problem, rules: Mapping[str, Rule]) -> tuple[str, str]:
    """Return the message of *problem* in Vietnamese and in English.

    Args:
        problem: The breach to put into words.
        rules: The known rules by code. A code that is not among them, or a fact that a template
            asks for and the problem lacks, shows as itself: a message must never be the failure.
    """
    rule = rules.get(problem.rule)
    if rule is None:
        return problem.rule, problem.rule
    facts = _Facts(problem.facts)
    return rule.vi.format_map(facts), rule.en.format_map(facts)


class _Facts(dict[str, object]):
    """Facts in which one that lacks stands for itself."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"

"""Why a guard refuses, told to people: facts, choices and comparisons by their names instead of their ids."""

import re
from collections.abc import Mapping

from motcua.services.ports import Words
from states.procedure import Procedure

_TOKEN = re.compile(r"'(?P<choice>[^']*)'|(?<!\w)(?P<id>[a-z][a-z0-9_]*)(?!\w)|(?P<sign>[=!<>]=)")
_SIGNS: Mapping[str, tuple[str, str]] = {
    "==": ("là", "is"),
    "!=": ("khác", "is not"),
    "<=": ("≤", "≤"),
    ">=": ("≥", "≥"),
    "and": ("và", "and"),
    "or": ("hoặc", "or"),
}
Named = Mapping[str, str]


def worded(procedure: Procedure, words: Words, reason: Named) -> dict[str, str]:
    """Return a reason of a guard, in both languages, with names for the ids in it; an id without a name stays."""
    names = fact_names(procedure, words)
    return {lang: _told(text, lang, names, words) for lang, text in reason.items()}


def _told(text: str, lang: str, names: Mapping[str, Named], words: Words) -> str:
    fact = ""

    def one(found: re.Match[str]) -> str:
        nonlocal fact
        said = found["choice"] or found["id"] or found["sign"] or ""
        if found["choice"] is None and said in names:
            fact = said
            return names[said][lang]
        if said in _SIGNS:
            return _SIGNS[said][lang == "en"]
        known = words.named.get(f"values.{fact}", {}).get(said)
        return found[0] if known is None else known[lang]

    return _TOKEN.sub(one, text)


def fact_names(procedure: Procedure, words: Words) -> dict[str, Named]:
    """Return what facts are called: of the procedure, counts of suspensions, outcomes of parts, the platform's."""
    found: dict[str, Named] = {
        f"{one.id}_count": {"vi": f"số lần «{one.cause.vi}»", "en": f'times of "{one.cause.en}"'}
        for one in procedure.suspensions
    }
    parts = [(part.id, part.label) for part in procedure.components]
    parts += [(part.id, part.label) for part in procedure.consultations]
    for id, label in parts:
        found[f"{id}_outcome"] = {"vi": f"kết quả {label.vi}", "en": f"outcome of {label.en}"}
    found |= words.named.get("fact", {})
    return found | {fact.id: {"vi": fact.label.vi, "en": fact.label.en} for fact in procedure.facts}

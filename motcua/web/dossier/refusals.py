"""Why something was not done, told to officers: names instead of the ids of facts and fields."""

from typing import Any

from motcua.services.ports import Words
from motcua.web.dossier.asking import UnreadableField
from motcua.web.dossier.reasons import fact_names, worded
from states.errors import DomainError, TransitionRefused
from states.procedure import Procedure


def faults_of(
    error: DomainError | None, procedure: Procedure, words: Words, lang: str
) -> list[dict[str, str | None]]:
    """Return what pages show of an error, if there was one."""
    return [] if error is None else [{"field": None, "text": said(error, procedure, words, lang)}]


def said(error: DomainError, procedure: Procedure, words: Words, lang: str) -> str:
    """Return the message of an error in a language, worded as the version of the dossier calls things."""
    facts: dict[str, Any] = dict(error.facts)
    if isinstance(error, TransitionRefused):
        reason = worded(procedure, words, {"vi": facts["reason_vi"], "en": facts["reason"]})
        facts |= {"reason": reason["en"], "reason_vi": reason["vi"]}
        return TransitionRefused(**facts).message(lang)
    if isinstance(error, UnreadableField):
        names = fact_names(procedure, words)
        field = facts["field"]
        return UnreadableField(**{**facts, "field": names[field][lang] if field in names else field}).message(
            lang
        )
    return error.message(lang)

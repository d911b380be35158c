"""What a transition asks of whoever sends it: as fields of a form, and back from the form to what is sent."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from starlette.datastructures import FormData

from motcua.services.ports import Words
from motcua.services.presenting_clocks import words_of
from motcua.services.transitions import Particulars
from motcua.web.dossier.reasons import worded
from motcua.web.forms import text_of
from motcua.web.visitors import Visitor
from states.errors import DomainError
from states.guards import FactType
from states.procedure import APPLICANT, Procedure
from states.procedure.facts import PLATFORM_FACTS
from states.term import Unit, parse_term

Plain = dict[str, Any]
_FACT, _PAPER = "fact.", "paper"
_DIGITS = 9
NOTHING: Mapping[str, Any] = MappingProxyType({})


class UnreadableField(DomainError):
    """The field {field} is not filled in as it must be: {given}. Correct it and send again."""

    vi = "Ô {field} chưa đúng: {given}. Hãy sửa rồi gửi lại."


def asked(
    procedure: Procedure,
    words: Words,
    actions: list[Plain],
    visitor: Visitor | None,
    openings: Mapping[str, list[Plain]] = NOTHING,
    barred: Mapping[str, Plain] = NOTHING,
) -> list[Plain]:
    """Return the actions with `mine` (whether this visitor may send them) and the `fields` that each asks for.

    *barred* says what is not theirs to send; where they hold a post for it all the same, `barred` tells why. To None,
    somebody who only reads, nothing is offered. `ways` holds None for their own right, else of *openings* the mandates
    by which they may send it for another.
    """
    offered = _offered(procedure, words, actions, visitor, barred)
    return [
        {**action, "ways": [None] if action["mine"] else list(openings.get(action["id"], ()))}
        for action in offered
    ]


def _offered(
    procedure: Procedure,
    words: Words,
    actions: list[Plain],
    visitor: Visitor | None,
    barred: Mapping[str, Plain],
) -> list[Plain]:
    return [
        {
            **action,
            "blocked": action["blocked"] and worded(procedure, words, action["blocked"]),
            "mine": visitor is not None and action["blocked"] is None and action["id"] not in barred,
            "barred": barred.get(action["id"]) if _has_post(visitor, action) else None,
            "fields": [field_of(procedure, name) for name in action["inputs"]],
            "papers": _brought(procedure, action["id"]),
        }
        for action in actions
    ]


def _has_post(visitor: Visitor | None, action: Plain) -> bool:
    return visitor is not None and any(visitor.person in who["officers"] for who in action["by"])


def _brought(procedure: Procedure, action: str) -> list[Plain]:
    """Return the papers that may come along: the desk takes them where the dossier waits for the applicant."""
    transition = procedure.transition.get(action)
    if transition is None or any(procedure.state[one].holder != APPLICANT for one in transition.sources):
        return []
    return [{"id": paper.id, "label": words_of(paper.label)} for paper in procedure.documents]


def field_of(procedure: Procedure, name: str) -> Plain:
    """Return how a form asks for a fact: `id`, `label`, `type`, and `values` to choose from."""
    declared = next((fact for fact in procedure.facts if fact.id == name), None)
    if declared is None:
        spec = PLATFORM_FACTS.get(name)
        kind, values = ("boolean", ()) if spec is None else (spec.type.value, spec.values)
        return {"id": name, "label": name, "type": kind, "values": values}
    return {
        "id": name,
        "label": words_of(declared.label),
        "type": declared.type.value,
        "values": declared.values,
    }


def told(procedure: Procedure, transition: str, form: FormData) -> tuple[int, Particulars, str]:
    """Return the version that was seen, what is sent along, and the key of the form.

    Raises:
        UnreadableField, TextTooLong: A field does not hold what it should.
    """
    facts = {
        name.removeprefix(_FACT): value_of(procedure, name.removeprefix(_FACT), str(given))
        for name, given in form.items()
        if name.startswith(_FACT) and given != ""
    }
    reason = text_of(form, "reason") or None
    by = None
    if form.get("amount"):
        by = parse_term(str(form.get("unit") or Unit.WORKING_DAYS), str(form["amount"]).strip())
    version = version_of(form)
    papers = tuple(dict.fromkeys(str(each) for each in form.getlist(_PAPER)))
    return version, Particulars(facts, papers, reason, by), str(form.get("key") or "")


def version_of(form: FormData) -> int:
    """Return the version that the form was made of. Raises: UnreadableField."""
    given = str(form.get("version") or "")
    if not given.isdecimal() or len(given) > _DIGITS:
        raise UnreadableField(field="version", given=given[:20])
    return int(given)


def words(procedure: Procedure, name: str) -> tuple[str, str]:
    """Return what a fact is called, in Vietnamese and in English; a fact of the platform by its id."""
    label = field_of(procedure, name)["label"]
    return (label, label) if isinstance(label, str) else (label["vi"], label["en"])


def value_of(procedure: Procedure, name: str, given: str) -> bool | int | str:
    """Return what a form says of a fact. Raises: UnreadableField."""
    kind = field_of(procedure, name)["type"]
    if kind == FactType.BOOLEAN.value:
        if given not in ("yes", "no"):
            raise UnreadableField(field=name, given=given[:40])
        return given == "yes"
    if kind != FactType.INTEGER.value:
        return given
    try:
        return int(given)
    except ValueError as error:
        raise UnreadableField(field=name, given=given[:40]) from error

"""A small procedure that asks the fire police, and a desk at which its questions are answered."""

from functools import cache
from typing import Any

from builders import OWN, Raw, compiled, label, move, procedure_mapping, state
from desk import Desk, checking, rules
from world import actor_of

from states.commands import AnswerConsultation, PassOverConsultation
from states.procedure import Procedure

CONSULTING = "9.000003"
Q, C = "consultations", "opinions"


def question(id: str, **keys: Any) -> Raw:
    """A question to the fire police, to be answered within four working hours, whose silence means nothing."""
    base = {
        "id": id,
        "label": label(id),
        "role": "fire_officer",
        "documents": ["form"],
        "facts": ["kind"],
        "term": {"working_hours": 4},
        "ladder": "step@1",
        "mandatory": True,
        "silence": "nothing",
        **OWN,
    }
    return {**base, **keys}


def silent(id: str, meaning: str = "consent", **keys: Any) -> Raw:
    """A question whose silence means something."""
    return question(id, silence=meaning, silence_source="law", **keys)


def consulting_mapping(*questions: Raw, order: str = "parallel", quorum: object = "all") -> Raw:
    """The default procedure file, in which the branch of the fire police is a consultation."""
    mapping = procedure_mapping()
    mapping["procedure"]["code"] = CONSULTING
    asking = [
        state("asking", holder="officer", initial=True, consultation=C),
        state("asked", final=True),
    ]
    mapping["states"][2]["states"][1] = state("opinion", states=asking)
    mapping["facts"] = mapping["facts"][:1]
    gather = move("gather", ["asking"], "asked", "system")
    choose = [{"when": "opinions_outcome == 'objection'", "to": "refused"}, {"otherwise": "result_ready"}]
    decide = move("decide", ["signing"], None, "leader", choose=choose)
    mapping["transitions"][5], mapping["transitions"][6] = gather, decide
    asked = list(questions) or [question("safety"), silent("water")]
    mapping["consultations"] = [
        {"id": C, "label": label(C), "order": order, "quorum": quorum, "then": "gather", "ask": asked}
    ]
    return mapping


@cache
def consulting() -> Procedure:
    """Two questions at once: silence means nothing on the first, and consent on the second."""
    return compiled(consulting_mapping())


def asking(*questions: Raw, order: str = "parallel", quorum: object = "all") -> "Asking":
    """A desk with a dossier that waits for opinions."""
    procedure = compiled(consulting_mapping(*questions, order=order, quorum=quorum)) if questions else None
    return at_desk(checking(rules(procedure or consulting())))


def at_desk(desk: Desk) -> "Asking":
    """The same desk, which now knows about questions."""
    return Asking(desk.world, desk.now, desk.last, desk.log, desk.kept)


class Asking(Desk):
    """A desk that knows about questions."""

    def answer(
        self, question: str, given: str = "agree", officer: str = "firefighter", **keys: Any
    ) -> "Asking":
        """Answer a question."""
        self.do(AnswerConsultation(C, question, given, actor_of(officer), **keys))
        return self

    def pass_over(self, question: str, officer: str = "officer", reasoned: bool = True) -> "Asking":
        """Go on without an answer."""
        self.do(PassOverConsultation(C, question, actor_of(officer), self.dossier.version, reasoned))
        return self

    def lapse(self, local: str = "2026-03-02T14:30") -> "Asking":
        """Let the terms of questions put at half past eight run out."""
        self.until(local)
        self.sweep()
        return self

    @property
    def stands(self) -> dict[str, str]:
        """What stands on each question that was put."""
        return {asked.question: asked.standing for asked in self.dossier.consultations[C].asked}

    @property
    def outcome(self) -> object:
        """What came of it; None while it is open."""
        return self.dossier.facts.get("opinions_outcome")

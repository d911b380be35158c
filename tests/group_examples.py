"""A small group of procedures as plain values, and for each rule on groups one change that breaks it."""

from builders import Raw, label, move, procedure_mapping, state
from soundness_examples import Example, both, cut, put

from states.problem import Path

S, T, C = "states", "transitions", "components"
GROUP, FIRST, SECOND, THIRD = "9.100000", "9.100001", "9.100002", "9.100003"


def component(id: str, procedure: str, party: str = "lead", **keys: object) -> Raw:
    """A component with a label."""
    return {"id": id, "label": label(id), "procedure": procedure, "party": party, **keys}


def paper(id: str, required: bool) -> Raw:
    """A paper of the dossier."""
    return {"id": id, "name": label(id), "required": required, "source": "law", "verified": True}


def group_mapping() -> Raw:
    """A group: one procedure first, then two at once, one of them only where a card is wanted."""
    mapping = procedure_mapping(suspensions=[], fees=[], separation_of_duties=[])
    mapping["procedure"]["code"] = GROUP
    mapping["facts"] = [{"id": "wants_card", "type": "boolean", "label": label("card")}]
    mapping["documents"] = [paper("form", required=True)]
    mapping[C] = [
        component("birth", FIRST),
        component(
            "home", SECOND, "fire", after=["birth"], takes=[{"document": "certificate", "from": "birth"}]
        ),
        component("card", THIRD, after=["birth"], **{"if": "wants_card and birth_outcome == 'granted'"}),
    ]
    mapping[S] = [
        state("submitted", public=1, holder="counter", initial=True, no_clock=label("quick")),
        state("gathering", public=4, holder="system", gathers="gathered", no_clock=label("others act")),
        state("recalling", public=4, holder="system", gathers="recalled", no_clock=label("others act")),
        state("result_ready", public=9, holder="counter", outcome="granted", no_clock=label("people come")),
        state("closed", public=10, final=True),
        state("refused", public=8, final=True, outcome="refused"),
        state("stopped", public=8, final=True, outcome="withdrawn"),
    ]
    mapping[T] = [
        move("accept", ["submitted"], "gathering", "counter", when="docs_complete"),
        move("gathered", ["gathering"], "result_ready", "system"),
        move("hand_over", ["result_ready"], "closed", "counter"),
        move("withdraw", ["gathering"], "recalling", "applicant", "counter", recalls=True),
        move("recalled", ["recalling"], "stopped", "system"),
        move("refuse", ["submitted", "gathering"], "refused", "leader"),
    ]
    mapping["roles"] = [role for role in mapping["roles"] if role["id"] in ("counter", "leader")]
    return mapping


def member_mapping(code: str, party: str, *papers: Raw) -> Raw:
    """The procedure of a component: taken in, decided, handed over; it ends when its group recalls it."""
    mapping = procedure_mapping(suspensions=[], fees=[], separation_of_duties=[], extensions=[])
    mapping["procedure"]["code"] = code
    kind = {"lead": "committee", "fire": "fire_police"}[party]
    mapping["parties"] = [{"id": "lead", "kind": kind, "resolve": "competent", "label": label("lead")}]
    position = {"lead": "head", "fire": "officer"}[party]
    mapping["roles"] = [
        {"id": "officer", "party": "lead", "position": position, "assign": "pool", "label": label("officer")}
    ]
    mapping["facts"], mapping["documents"] = [], [paper("form", required=False), *papers]
    mapping["recall"] = "recalled"
    mapping["clocks"]["legal"]["starts"] = mapping["clocks"]["committed"]["starts"] = "accept"
    mapping[S] = [
        state("submitted", public=1, holder="officer", initial=True, no_clock=label("quick")),
        state("working", public=4, holder="officer", no_clock=label("quick")),
        state("result_ready", public=9, holder="officer", outcome="granted", no_clock=label("people come")),
        state("closed", public=10, final=True),
        state("refused", public=9, final=True, outcome="refused"),
        state("stopped", public=8, final=True, outcome="withdrawn"),
    ]
    mapping[T] = [
        move("accept", ["submitted"], "working", "officer"),
        move("grant", ["working"], "result_ready", "officer"),
        move("refuse", ["working"], "refused", "officer"),
        move("hand_over", ["result_ready"], "closed", "officer"),
        move("recalled", ["submitted", "working"], "stopped", "system"),
    ]
    return mapping


def _path(index: int, *rest: str | int) -> Path:
    return (C, index, *rest)


EXAMPLES: tuple[Example, ...] = (
    ("E-ID-001", _path(1, "id"), put((C, 1, "id"), "birth")),
    ("E-ID-002", ("facts", 0, "id"), put(("facts", 0, "id"), "birth_outcome")),
    ("E-REF-007", (S, 1, "gathers"), put((S, 1, "gathers"), "nothing")),
    ("E-REF-007", ("recall",), put(("recall",), "nothing")),
    ("E-REF-008", _path(0, "party"), put((C, 0, "party"), "police")),
    ("E-GROUP-011", (S, 1, "awaits", 0), put((S, 1, "awaits"), ["births"])),
    ("E-GROUP-011", _path(1, "after", 0), put((C, 1, "after"), ["births"])),
    ("E-GROUP-011", _path(1, "takes", 0, "from"), put((C, 1, "takes", 0, "from"), "births")),
    ("E-FACT-001", (T, 0, "inputs", 0), put((T, 0, "inputs"), ["birth_outcome"])),
    ("E-GUARD-003", _path(2, "if"), put((C, 2, "if"), "wants_card and (")),
    ("E-GROUP-001", _path(0, "after"), put((C, 0, "after"), ["home"])),
    ("E-GROUP-002", _path(1, "takes", 0, "from"), put((C, 1, "after"), [])),
    ("E-GROUP-003", _path(2, "if"), put((C, 2, "if"), "home_outcome == 'granted'")),
    ("E-GROUP-004", _path(0, "party", "fact"), put((C, 0, "party"), {"fact": "wants_card"})),
    ("E-GROUP-004", _path(0, "procedure", "fact"), put((C, 0, "procedure"), {"fact": "which"})),
    ("E-REF-007", _path(0, "returned"), put((C, 0, "returned"), "nothing")),
    ("E-GROUP-008", _path(0, "returned"), put((C, 0, "returned"), "withdraw")),
    ("E-GROUP-014", _path(0, "returned"), put((C, 0, "returned"), "recalled")),
    (
        "E-GROUP-005",
        (C,),
        both(cut((S, 1, "gathers")), cut((S, 2, "gathers"))),
    ),
    ("E-GROUP-006", (S, 0, "gathers"), put((S, 0, "gathers"), "gathered")),
    ("E-GROUP-006", (S, 1, "gathers"), put((C,), [])),
    ("E-GROUP-007", (T, 2, "recalls"), put((T, 2, "recalls"), True)),
    ("E-GROUP-013", _path(0, "procedure"), put((C, 0, "procedure"), {"fact": "which"})),
    ("E-GROUP-008", (S, 1, "gathers"), put((T, 1, "when"), "wants_card")),
    ("E-GROUP-008", ("recall",), put(("recall",), "hand_over")),
    ("E-GROUP-009", (S, 1, "gathers"), put((T, 1, "to"), "gathering")),
)

"""Valid-by-default builders: a small procedure, its ladders, and ways to change one thing in it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from office_time import VN

from states.chart import compile_table
from states.ladder_parsing import parse_ladder
from states.parsing import parse_procedure
from states.procedure import Ladder, Procedure
from states.soundness import Context

Raw = dict[str, Any]
SHA = "0" * 64
LAW = {"source": "law", "verified": True}
OWN = {"source": "process", "verified": False}


def label(text: str) -> Raw:
    """The same words in both languages."""
    return {"vi": text, "en": text}


def clock(hours: int, **keys: object) -> Raw:
    """A step clock of some working hours."""
    return {"budget": {"working_hours": hours}, "ladder": "step@1", **OWN, **keys}


def state(id: str, **keys: object) -> Raw:
    """A state with a label."""
    return {"id": id, "label": label(id), **keys}


def move(id: str, sources: list[str], to: str | None, *by: str, **keys: object) -> Raw:
    """A transition with a label."""
    target = {} if to is None else {"to": to}
    return {"id": id, "label": label(id), "from": sources, **target, "by": list(by), **keys}


def procedure_mapping(**changes: object) -> Raw:
    """A sound procedure file as plain values: intake, a parallel block, signing, a supplement that restarts.

    Args:
        changes: Root keys to put in place of the default ones.
    """
    base: Raw = {
        "schema_version": "1.0",
        **_head(),
        **_people(),
        **_papers(),
        **_terms(),
        "states": _states(),
        "transitions": _transitions(),
    }
    return deepcopy({**base, **changes})


def _head() -> Raw:
    """Which procedure, in which calendar, by which law."""
    return {
        "procedure": {
            "code": "9.000001",
            "version": "1.0.0",
            "name": label("permit"),
            "field": label("field"),
            "result": label("result"),
            "effective": {"from": "2026-01-01", "until": None},
        },
        "legal_basis": [
            {"id": "law", "instrument": "1/2025", "source": "read", "verified": True},
            {"id": "process", "instrument": "internal", "source": "proposal", "verified": False},
        ],
        "calendar": {"use": "vn-gov", "cutoff": {"after": "15:00", **LAW}},
    }


def _people() -> Raw:
    """Who takes part."""
    return {
        "parties": [
            {"id": "lead", "kind": "committee", "resolve": "competent", "label": label("lead")},
            {"id": "fire", "kind": "fire_police", "resolve": "only", "label": label("fire")},
        ],
        "roles": [_role(id, party, position) for id, party, position in _ROLES],
        "separation_of_duties": [["officer", "leader"]],
    }


def _papers() -> Raw:
    """What is asked of the applicant, and what guards may read."""
    return {
        "facts": [
            {"id": "kind", "type": "text", "values": ["new", "repair"], "label": label("kind")},
            {"id": "objects", "type": "boolean", "label": label("objects")},
        ],
        "documents": [
            {"id": "form", "name": label("form"), "required": True, "copies": 1, **LAW},
            {"id": "plan", "name": label("plan"), "required_if": "kind == 'new'", **OWN},
        ],
        "fees": [{"id": "fee", "name": label("fee"), "amount": 1000, **OWN}],
    }


def _terms() -> Raw:
    """The terms of the whole dossier, and what moves them."""
    runs = {"starts": "accept", "stops": ["result_ready", "refused"]}
    moved = {"clocks": ["legal", "committed"], "max_times": 1, "max_each": None}
    return {
        "clocks": {
            "legal": {"term": {"working_days": 7}, **runs, "ladder": "case@1", **LAW},
            "committed": {"term": {"working_days": 5}, **runs, **OWN},
        },
        "suspensions": [
            {"id": "supplement", "cause": label("supplement"), "effect": "restart", "max_times": 1, **LAW}
        ],
        "extensions": [
            {
                "id": "extend",
                "label": label("extend"),
                "role": "leader",
                **moved,
                "letter_before": {"calendar_days": 1},
                **LAW,
            }
        ],
    }


_ROLES = (
    ("counter", "lead", "one_stop_officer"),
    ("officer", "lead", "officer"),
    ("fire_officer", "fire", "officer"),
    ("leader", "lead", "head"),
)


def _role(id: str, party: str, position: str) -> Raw:
    return {"id": id, "party": party, "position": position, "assign": "pool", "label": label(id)}


def _states() -> list[Raw]:
    site = [state("visiting", holder="officer", initial=True, clock=clock(16)), state("visited", final=True)]
    asking = [
        state("asking", holder="fire_officer", initial=True, clock=clock(8)),
        state("asked", final=True),
    ]
    waiting = {"budget": {"calendar_days": 15}, "on_due": "lapse", **LAW}
    return [
        state("submitted", public=1, holder="counter", initial=True, clock=clock(8)),
        state(
            "handling",
            public=4,
            states=[state("appraising", holder="officer", initial=True, clock=clock(8))],
        ),
        state(
            "checks",
            public=4,
            parallel=True,
            done="signing",
            states=[state("site", states=site), state("opinion", states=asking)],
        ),
        state("waiting", public=5, holder="applicant", suspends="supplement", clock=waiting),
        state("signing", public=4, holder="leader", clock=clock(4)),
        state("result_ready", public=9, holder="counter", outcome="granted", no_clock=label("people come")),
        state("closed", public=10, final=True),
        state("refused", public=9, final=True, outcome="refused"),
        state("stopped", public=8, final=True, outcome="stopped"),
    ]


def _transitions() -> list[Raw]:
    return [
        move("accept", ["submitted"], "appraising", "counter", when="docs_complete", inputs=["fee_paid"]),
        move(
            "ask_more", ["appraising"], "waiting", "officer", when="supplement_count < 1", reason="required"
        ),
        move("resubmit", ["waiting"], "appraising", "applicant", "counter"),
        move("appraise", ["appraising"], "checks", "officer"),
        move("visit", ["visiting"], "visited", "officer"),
        move("answer", ["asking"], "asked", "fire_officer", inputs=["objects"]),
        move(
            "decide",
            ["signing"],
            None,
            "leader",
            choose=[{"when": "objects", "to": "refused"}, {"otherwise": "result_ready"}],
        ),
        move("hand_over", ["result_ready"], "closed", "counter", emits=["receipt"]),
        move("lapse", ["waiting"], "stopped", "system"),
        move("withdraw", ["submitted", "handling", "waiting"], "stopped", "applicant", "counter"),
    ]


def ladder_mapping(id: str = "step", **changes: object) -> Raw:
    """A sound ladder file as plain values."""
    rungs = [
        {"id": "warn", "at": {"before": {"working_hours": 2}}, "do": ["notify"], "to": ["assignee"]},
        {"id": "due", "at": "due", "do": ["notify"], "to": ["assignee", "unit_head"]},
        {
            "id": "up",
            "at": {"after": {"working_days": 1}},
            "do": ["notify", "reassign"],
            "to": ["unit_head", "head"],
            "acknowledge": {"within": {"working_hours": 4}, "else": ["head", "chairman@province"]},
        },
        {"id": "top", "at": {"after": {"working_days": 3}}, "do": ["notify"], "to": ["head@lead"]},
    ]
    return deepcopy({"ladder": {"id": id, "version": 1, "label": label(id)}, "rungs": rungs, **changes})


def ladders() -> dict[str, Ladder]:
    """The ladders that the default procedure names."""
    found = (parse_ladder(ladder_mapping(id)) for id in ("step", "case"))
    return {ladder.id: ladder for ladder in found}


def surroundings() -> Context:
    """Surroundings in which the default procedure is sound."""
    people = ("one_stop_officer", "officer", "unit_head", "head", "chairman")
    return Context(
        calendars={"vn-gov": VN},
        positions={**dict.fromkeys(people, True), "mailbox": False},
        party_kinds=frozenset({"committee", "fire_police"}),
        templates=frozenset({"receipt", "stop_notice"}),
    )


def parsed(mapping: Mapping[str, Any] | None = None, **changes: object) -> Procedure:
    """The default procedure, or *mapping*, parsed and without a table."""
    return parse_procedure(procedure_mapping(**changes) if mapping is None else mapping, ladders(), SHA)


def compiled(mapping: Mapping[str, Any] | None = None, **changes: object) -> Procedure:
    """The default procedure, or *mapping*, with its table."""
    return _tabled(parsed(mapping, **changes))


def apologising() -> Procedure:
    """The default procedure in a later version, whose case ladder drafts an apology when the term has passed."""
    rung = {"id": "sorry", "at": "due", "do": ["draft_apology"], "to": ["head@lead"]}
    rungs = [rung, *ladder_mapping("case")["rungs"][2:]]
    mapping = procedure_mapping()
    mapping["procedure"]["version"] = "1.1.0"
    case = parse_ladder(ladder_mapping("case", rungs=rungs))
    return _tabled(parse_procedure(mapping, {**ladders(), case.id: case}, SHA))


def _tabled(procedure: Procedure) -> Procedure:
    chart = compile_table(procedure.states, procedure.transitions, procedure.initial[0])
    return replace(procedure, initial=chart.initial, table=chart.table)

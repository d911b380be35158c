"""What ships in config/ and templates/: clean, covered by its scenarios, and honest about what was verified."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from motcua.adapters.agency_files import read_directory
from motcua.adapters.calendar_files import read_calendars
from motcua.adapters.procedure_files import (
    Surroundings,
    read_procedure,
    read_scenarios,
    read_surroundings,
    validate_paths,
)
from motcua.adapters.rendering import JinjaRenderer
from states.calendar import BusinessCalendar
from states.opening import bind_parties
from states.procedure import Procedure
from states.simulate import Trace, coverage, run_scenario
from states.soundness.budgets import critical_way
from states.soundness.context import View
from states.world import World

HOUSE = Path(__file__).resolve().parents[2]
CONFIG = HOUSE / "config"
FOLDERS = {
    folder.name.partition("-")[0]: folder for folder in (CONFIG / "procedures").iterdir() if folder.is_dir()
}
CODES = sorted(FOLDERS)
EXPECTED_CODES = [
    "1.001193", "1.001612", "1.001776", "1.004222", "1.009756", "1.009994", "1.010727", "1.012756",
    "2.000205", "2.000815", "2.002621", "2.002622", "3.000333", "3.000346",
    *(f"MC.{number:06d}" for number in range(1, 12)),
]  # fmt: skip
FEW = 4
"""Scenarios that are enough for a procedure of this installation alone, such as a component of one step."""
BY_THE_CLOCK = ["apology", "apology_draft", "consultation_question", "escalation", "nonconformity"]
BY_ORDER = ["order_notice", "order_reversal"]
BETWEEN_AGENCIES = ["component_unopened", "handoff_offer", "handoff_return", "intake_waiting"]


@cache
def surroundings() -> Surroundings:
    """What the shipped procedures may name."""
    return read_surroundings(CONFIG)


@cache
def procedure(code: str) -> Procedure:
    """A shipped procedure, compiled."""
    compiled, problems = read_procedure(FOLDERS[code], surroundings())
    assert compiled is not None, problems
    return compiled


@cache
def world(code: str) -> World:
    """The world of a shipped procedure: shipped calendars and directory."""
    calendars = {key: BusinessCalendar(found) for key, found in read_calendars(CONFIG / "calendars").items()}
    return World(procedure(code), calendars, read_directory(CONFIG), "", {}, "")


@cache
def traces(code: str) -> tuple[Trace, ...]:
    """All scenarios of a procedure, played."""
    scenarios, problems = read_scenarios(FOLDERS[code], procedure(code))
    assert not problems
    return tuple(run_scenario(world(code), scenario) for scenario in scenarios)


def test_everything_in_config_is_clean() -> None:
    """The linter finds neither an error nor a warning in what ships."""
    found = [(p.file, p.line, p.problem.rule) for p in validate_paths([CONFIG])]
    assert (EXPECTED_CODES, []) == (CODES, found)


@pytest.mark.parametrize("code", CODES)
def test_scenarios_come_out_as_worked_out_by_hand(code: str) -> None:
    """Every scenario plays as its hand-computed states, instants, rungs and notices say."""
    assert [] == [(trace.scenario, failure) for trace in traces(code) for failure in trace.failures]


@pytest.mark.parametrize("code", CODES)
def test_scenarios_use_every_transition(code: str) -> None:
    """The scenarios, at least six of a national procedure, take every alternative of every transition."""
    _, _, unused = coverage(world(code), traces(code))
    assert ((), True) == (unused, len(traces(code)) >= (FEW if code.startswith("MC.") else 6))


WORKED_OUT = {
    "1.001612": 1320, "1.001776": 8160, "1.009756": 720, "1.009994": 2520, "1.010727": 6720, "1.012756": 2760,
    "1.001193": 480, "1.004222": 960, "MC.000004": 1440, "MC.000007": 960,
    "2.000205": 3600, "2.000815": 105, "2.002621": 1440, "2.002622": 11160, "3.000333": 480, "3.000346": 1800,
}  # fmt: skip


@pytest.mark.parametrize(("code", "minutes"), WORKED_OUT.items())
def test_steps_add_up_on_the_critical_path(code: str, minutes: int) -> None:
    """The budgets on the longest way are, in working minutes, the sum that was worked out by hand."""
    view = View(procedure(code), surroundings().context)
    assert {minutes} == {int(critical_way(view, clock).end) for clock in procedure(code).clocks}


def test_steps_of_the_same_day_fit_between_cutoff_and_close() -> None:
    """What is accepted at the last minute before the cut-off can still be done by the close of office."""
    cutoff, view = procedure("2.000815").cutoff, View(procedure("2.000815"), surroundings().context)
    assert cutoff is not None
    close = world("2.000815").calendar.definition.hours[0][-1][1]
    assert critical_way(view, procedure("2.000815").clocks[0]).end <= close - cutoff.after_minute


@pytest.mark.parametrize("code", CODES)
def test_parties_find_their_agencies_in_the_shipped_province(code: str) -> None:
    """From every agency that can be competent, every party of the procedure finds one agency."""
    directory, parties = world(code).directory, procedure(code).parties
    competent = directory.of_kind(parties[0].kind)
    bound = [bind_parties(procedure(code), directory, agency.code) for agency in competent]
    assert ({len(parties)}, True) == ({len(one) for one in bound}, bool(competent))


@pytest.mark.parametrize("code", CODES)
def test_every_role_has_people_at_its_agency(code: str) -> None:
    """Every role of a shipped procedure is staffed at the agency its party finds."""
    directory = world(code).directory
    competent = directory.of_kind(procedure(code).parties[0].kind)[0].code
    parties, day = (
        bind_parties(procedure(code), directory, competent),
        world(code).calendar.first_day.replace(2026),
    )
    empty = [
        role.id
        for role in procedure(code).roles
        if not directory.holders(parties[role.party], role.position, day)
    ]
    assert [] == empty


def test_only_what_was_read_in_the_law_is_verified() -> None:
    """Of the terms of whole dossiers, those that were read in the text are verified; no promise is."""
    verified = {(code, clock.id) for code in CODES for clock in procedure(code).clocks if clock.verified}
    read = {"1.009756", "1.012756", "2.000815"}
    assert {(code, "legal") for code in read} == verified


@pytest.mark.parametrize("code", CODES)
def test_a_verified_number_cites_a_text_that_was_read(code: str) -> None:
    """A number is verified only when the instrument it names was read."""
    found = procedure(code)
    read = {citation.id for citation in found.citations if citation.verified}
    steps = [state.clock for state in found.states if state.clock is not None]
    numbers: list[Any] = [*found.clocks, *steps, *found.suspensions, *found.extensions]
    numbers += [*found.documents, *found.fees]
    assert {number.source for number in numbers if number.verified} <= read


def own_facts() -> dict[str, dict[str, Any]]:
    """What single templates get besides, by name."""
    instant = "2026-03-04T17:00:00+07:00"
    handed = {"state": "Chờ ký", "sender_name": "Bên giao", "receiver_name": "Bên nhận"}
    paper = {"order": "storm", "number": "15/QĐ", "signer": "Chủ tịch"}
    ordered = {**paper, "cause": {"vi": "Bão", "en": "Storm"}, "since": instant}
    return {
        "apology": {"previous_due": instant, "new_due": instant, "late": True},
        "apology_draft": {"clock": "committed", "previous_due": instant},
        "component_unopened": {"component": {"vi": "Thẻ", "en": "Card"}, "component_agency": "Bảo hiểm"},
        "escalation": {"clock": "legal", "rung": "due", "rung_due": instant, "acknowledge_by": None},
        "nonconformity": {"cause": "overdue", "clock": None},
        "consultation_question": {
            "consultation": "opinions",
            "question": "fire",
            "label": {"vi": "Ý kiến", "en": "Opinion"},
            "answer_by": instant,
            "silence": "nothing",
            "documents": [{"id": "ban_ve", "vi": "Bản vẽ", "en": "Drawings"}],
            "facts": [{"id": "height", "vi": "Chiều cao", "en": "Height", "value": 9}],
        },
        "handoff_offer": {**handed, "via": "post", "about": "signing#1", "answer_by": instant},
        "handoff_return": handed,
        "order_notice": {
            **ordered,
            "action": "suspend",
            "until": instant,
            "previous_due": None,
            "new_due": None,
        },
        "order_reversal": {
            **ordered,
            "action": "reverse",
            "until": None,
            "previous_due": None,
            "new_due": instant,
        },
        "intake_waiting": {"submission": "000.00.G1-260302-0001", "filed_at": instant},
    }


def context(template: str) -> dict[str, Any]:
    """Return what a message gives its template, no more; see templates/notices/context.md."""
    due = {
        "legal": None,
        "committed": "2026-03-04T17:00:00+07:00",
        "step:waiting_applicant": "2026-03-18T00:00:00+07:00",
    }
    about: dict[str, Any] = {
        "code": "H99.41.01-260302-0001",
        "procedure": "1.001612",
        "procedure_name": {"vi": "Tên", "en": "Name"},
        "agency": "H99.41.01",
        "agency_name": "Ủy ban nhân dân",
        "states": ["signing"],
        "public": 4,
        "due": due,
        "message_id": "1:2:3",
        "recipients": ["applicant"],
    }
    return about | own_facts().get(template, {"transition": "lapse"})


def test_every_notice_is_written_in_both_languages() -> None:
    """Every template that a procedure or the clock sends can be filled with the documented variables."""
    emitted = {name for code in CODES for move in procedure(code).transitions for name in move.emits}
    renderer = JinjaRenderer(HOUSE / "templates")
    texts = {
        name: renderer.render(name, context(name))
        for name in sorted(emitted | {*BY_THE_CLOCK, *BETWEEN_AGENCIES, *BY_ORDER})
    }
    files = {file.name.partition(".")[0] for file in (HOUSE / "templates" / "notices").glob("*.txt.j2")}
    assert files == set(texts)
    assert all("Mã hồ sơ: H99.41.01" in text and "Dossier: H99.41.01" in text for text in texts.values())


def test_the_supplement_notice_names_the_last_day() -> None:
    """Midnight is told as 24:00 of the day that ends there, so that nobody reads a day too many."""
    renderer = JinjaRenderer(HOUSE / "templates")
    assert "Hạn bổ sung: 24:00 17/03/2026" in renderer.render(
        "supplement_request", context("supplement_request")
    )

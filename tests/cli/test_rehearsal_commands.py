"""test and simulate: playing scenarios, and stepping by hand with a clock of one's own."""

import shutil
from pathlib import Path

import pytest
from command_line import motcua

HOUSEHOLD = "1.001612"
AT = ("--at", "2026-03-02T08:30")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A config folder of one's own, with one procedure."""
    config = tmp_path / "config"
    for part in ("fragments", "ladders", "calendars", "agencies", "roles"):
        shutil.copytree(Path("config") / part, config / part)
    [source] = Path("config/procedures").glob(f"{HOUSEHOLD}*")
    shutil.copytree(source, config / "procedures" / source.name)
    return config / "procedures" / source.name


def test_the_scenarios_of_a_procedure_are_played() -> None:
    """`test` of one procedure exits with 0 and tells each scenario and the transitions that were taken."""
    said = motcua("test", HOUSEHOLD, "--json")
    [played] = said.json["procedures"]

    assert (0, True, HOUSEHOLD) == (said.code, said.json["ok"], played["code"])
    assert all(scenario["ok"] and scenario["failures"] == [] for scenario in played["scenarios"])
    assert played["coverage"]["possible"] == played["coverage"]["used"] + len(played["coverage"]["unused"])


def test_a_scenario_that_goes_otherwise_fails(copy: Path) -> None:
    """A wrong expectation exits with 3 and is told with what was expected and what came."""
    file = copy / "scenarios.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("legal: 2026-03-05T17:00", "legal: 2026-03-06T17:00", 1), encoding="utf-8")
    said, told = motcua("test", copy, "--json"), motcua("test", copy, "--lang", "en")

    assert (3, 3) == (said.code, told.code)
    [failed] = [item for item in said.json["procedures"][0]["scenarios"] if not item["ok"]]
    assert "due" == failed["failures"][0]["what"]
    assert "expected" in told.out


def test_a_folder_without_scenarios_has_nothing_to_play(copy: Path) -> None:
    """A procedure without scenarios is an error of its own, not a silent success."""
    (copy / "scenarios.yaml").unlink()

    assert (4, "NothingToPlay") == ((said := motcua("test", copy, "--json")).code, said.error)


def test_a_dossier_can_be_stepped_through() -> None:
    """Transitions, jumps of the clock and the next due instant, read from stdin; the trace is JSON."""
    said = motcua(
        "simulate", HOUSEHOLD, *AT, "--json", stdin="accept\n+2h\ndue\n+1wd\n+4wh\nask_supplement\nquit\n"
    )
    trace = said.json["trace"]

    assert 0 == said.code
    assert ["open", "accept"] == [row["what"] for row in trace[:2]]
    assert "clock" in {row["what"] for row in trace}
    assert ["waiting_applicant"] == trace[-1]["states"]
    assert "2026-03-05T17:00:00+07:00" == trace[1]["due"]["legal"]


def test_what_is_refused_leaves_the_session_as_it_was() -> None:
    """An impossible step says why; the session goes on, and the exit code of a script tells."""
    said = motcua("simulate", HOUSEHOLD, *AT, "--lang", "en", stdin="sign\n99\naccept fee_paid=no\naccept\n")

    assert 5 == said.code
    assert "TransitionRefused" in said.err
    assert "[UnknownStep]" in said.err
    assert 2 == said.out.count("[1]") + said.out.count("[4]")


def test_a_session_can_be_played_again_as_a_scenario() -> None:
    """The scenario that a session prints holds its steps in the form of scenarios.yaml."""
    steps = "accept fee_paid=true by=counter\nextend +1wd\n"
    said = motcua("simulate", HOUSEHOLD, *AT, "--fact", "has_members=false", "--json", stdin=steps)
    scenario = said.json["scenario"]

    assert {"has_members": False} == scenario["facts"]
    assert ["accept", "extend"] == [step["do"] for step in scenario["steps"]]
    assert {"working_days": 1} == scenario["steps"][1]["extension"]


def test_the_clock_cannot_be_moved_beyond_the_calendar() -> None:
    """A jump into a year without a file is refused and changes nothing."""
    said = motcua("simulate", HOUSEHOLD, *AT, "--json", stdin="+2000wd\n")

    assert 5 == said.code
    assert "CalendarHorizonError" == said.error
    assert "2026-03-02T08:30:00+07:00" == said.json["now"]


def test_questions_are_answered_in_a_session() -> None:
    """An open question is shown with its answers, and is answered by its name; an overdue one may be passed over."""
    lines = "accept\naccept_handoff by=manager\nassign\nconsult\nopinions/construction\n"
    over = "opinions/security answer=other\ndue\ndue\ndue\ndue\nopinions/environment answer=pass_over\nquit\n"
    said = motcua("simulate", "1.009756", *AT, "--lang", "en", stdin=lines + over)
    told = motcua("simulate", "1.009756", *AT, "--json", stdin=lines + over)

    assert (0, True) == (said.code, "opinions/environment  Opinion of environment" in said.out), said
    assert ["concluding"] == told.json["trace"][-1]["states"]
    assert "pass_over" == told.json["scenario"]["steps"][-1]["do"]

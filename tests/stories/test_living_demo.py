"""A visitor of a demonstration sees rows turn from green over amber to red within five minutes of theirs."""

from datetime import timedelta
from pathlib import Path

from shipped_province import HERE, shipped_province

from motcua.bootstrap.living import PACE
from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating import set_the_stage
from motcua.services.inbox import inbox

FIVE_MINUTES = timedelta(minutes=5) * PACE


def test_rows_turn_red_while_a_visitor_looks(tmp_path: Path) -> None:
    """Nothing is late when the visitor comes in; five minutes later something is, and nobody touched it."""
    with shipped_province(tmp_path) as province:
        house, clock = province.house, province.clock
        directory = house.worlds.directory
        calendar = house.worlds.calendars[directory.get(HERE).calendar]
        person = next(
            p.officer for p in directory.posts if (p.agency, p.position) == (HERE, "one_stop_officer")
        )
        begins = set_the_stage(house, clock.move, calendar, HERE, seed=7)
        seen = []
        for at in (begins, calendar.add(begins, int(FIVE_MINUTES / timedelta(minutes=1)))):
            clock.move(at)
            pass_deadlines(house)
            seen.append({row["step"]["light"] for row in inbox(house, person)["rows"]})

        assert [False, True] == ["late" in lights for lights in seen]
        assert "soon" in seen[0] | seen[1]

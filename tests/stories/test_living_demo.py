"""A visitor of a demonstration sees rows turn amber, red and escalated within five minutes of theirs."""

from pathlib import Path

from shipped_province import HERE, shipped_province

from motcua.bootstrap.living import PACE
from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating import set_the_stage
from motcua.services.inbox import inbox

LOOKS = tuple(int(seconds * PACE / 60) for seconds in (60, 180, 285))
"""Office minutes that pass in one, three and nearly five minutes of a visitor."""


def test_rows_turn_red_while_a_visitor_looks(tmp_path: Path) -> None:
    """Nothing is late when the visitor comes in; a minute later some are, before five the head must confirm it."""
    with shipped_province(tmp_path) as province:
        house, clock = province.house, province.clock
        directory = house.worlds.directory
        calendar = house.worlds.calendars[directory.get(HERE).calendar]
        person = next(
            p.officer for p in directory.posts if (p.agency, p.position) == (HERE, "one_stop_officer")
        )
        begins = set_the_stage(house, clock.move, calendar, HERE, seed=7)
        seen, escalated = [], []
        for at in (begins, *(calendar.add(begins, minutes) for minutes in LOOKS)):
            clock.move(at)
            pass_deadlines(house)
            seen.append({row["step"]["light"] for row in inbox(house, person)["rows"]})
            escalated.append(len(house.store.unacknowledged(frozenset((HERE,)), 100)))

        assert [False, True, True, True] == ["late" in lights for lights in seen]
        assert [True, True, True, True] == ["soon" in lights for lights in seen]
        assert [0, 0, 0, 4] == escalated

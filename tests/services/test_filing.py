"""A dossier that was filed on the national portal: its terms count from then, and the desk is told at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from world import LEAD, RESTARTING, START, Office

from audit.verify import Level
from motcua.services.auditing import verify_store
from motcua.services.intake import Submission, submit
from states.errors import InvalidFacts
from states.kin import Filed

FILED = Filed("QG-2026-000001", START - timedelta(minutes=30))
GIVEN = Submission(RESTARTING, "online", LEAD, {"kind": "repair"}, ("form",), filed=FILED)


def test_the_term_of_intake_counts_from_filing() -> None:
    """Filed at eight, the eight hours end at five, though it was known here half an hour later."""
    office = Office()
    late = submit(office.house, GIVEN).dossier
    [step] = [name for name in late.clocks if name.startswith("step:")]

    assert START + timedelta(hours=8, minutes=30) == late.clocks[step].due
    assert FILED == late.filed
    assert [] == list(verify_store(office.house, Level.LEGAL).findings)


def test_whoever_takes_it_in_is_told() -> None:
    """The message is owed in the record of the opening, and says when it was filed."""
    office = Office()
    submit(office.house, GIVEN)
    [told] = [message.notice for message in office.store.waiting(10)]

    assert ("intake_waiting", FILED.submission) == (told.template, told.payload["submission"])
    assert (f"one_stop_officer@{LEAD}",) == told.recipients


def test_nothing_is_filed_in_the_future() -> None:
    """A portal whose clock is ahead is taken at the present instant; further it is refused."""
    office = Office()
    ahead = replace(GIVEN, filed=Filed("QG-2", START + timedelta(minutes=3)))
    far = replace(GIVEN, filed=Filed("QG-3", START + timedelta(days=2)))

    taken = submit(office.house, ahead).dossier

    assert Filed("QG-2", START) == taken.filed
    with pytest.raises(InvalidFacts, match="ahead"):
        submit(office.house, far)

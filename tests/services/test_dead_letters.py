"""Messages that were given up, as an administrator sees them, and another try with a record of who wanted it."""

import json

import pytest
from world import Office

from motcua.services.dead_letters import dead_letters, try_again
from motcua.services.outbox import NoDeadLetter


def given_up(office: Office) -> list[str]:
    """Ids of the messages of a late dossier, all of which were given up."""
    office.accepted()
    office.wait(days=1, hours=2)
    waiting = [message.notice.id for message in office.store.waiting(100)]
    for message in waiting:
        office.store.failed(message, None, "the gateway said no")
    return waiting


def test_a_letter_is_told_without_what_it_says_and_tried_again_with_a_record() -> None:
    """One, then all the others; each time the record names who wanted it and how many there were."""
    office = Office()
    first, *others = given_up(office)
    shown = dead_letters(office.house)
    one, rest = try_again(office.house, first, "admin"), try_again(office.house, "", "admin")
    events = [json.loads(row.raw)["events"][0] for row in office.store.records("access:admin")]

    assert {first, *others} == {letter["id"] for letter in shown}
    assert {"id", "code", "template", "created_at", "attempts", "error"} == set(shown[0])
    assert (1, len(others), []) == (one, rest, dead_letters(office.house))
    assert [("messages_retried", 1), ("messages_retried", len(others))] == [
        (event["kind"], event["count"]) for event in events
    ]


def test_a_letter_that_is_none_leaves_no_record() -> None:
    """There is nothing to try."""
    office = Office()
    with pytest.raises(NoDeadLetter):
        try_again(office.house, "x:1:1", "admin")
    assert [] == office.store.records("access:admin")

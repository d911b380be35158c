"""The inbox of an officer, and the life of a dossier as people tell it."""

import pytest
from world import LEAD, Office

from motcua.services.inbox import QUEUES, UnknownQueue, inbox
from motcua.services.marks import UnreadableMark
from motcua.services.tasks import claim
from motcua.services.timeline import timeline
from states.commands import Actor


def rows(office: Office, person: str, queue: str = "all") -> list[tuple[str, str]]:
    """Code and light of the step of each row."""
    return [(row["code"], row["step"]["light"]) for row in inbox(office.house, person, queue)["rows"]]


def counts(office: Office, person: str) -> dict[str, int]:
    """What the queues count."""
    return {queue["id"]: queue["count"] for queue in inbox(office.house, person)["queues"]}


def test_an_officer_sees_the_pool_of_their_post_and_their_own() -> None:
    """What somebody else took is gone from the list; what one took oneself stays, and counts as one's own."""
    office = Office()
    code = office.accepted()
    [task] = office.store.load(code).dossier.tasks
    posts = office.house.worlds.directory.posts
    held = [post.officer for post in posts if (post.agency, post.position) == (LEAD, task.position)]

    seen = {person: rows(office, person) for person in held}
    claim(office.house, code, task.id, Actor("officer", held[0], LEAD, task.position))

    assert {person: [(code, "good")] for person in held} == seen
    assert [[(code, "good")], []] == [rows(office, held[0]), [] if len(held) < 2 else rows(office, held[1])]
    assert 1 == counts(office, held[0])["own"]


def test_what_is_late_is_red_and_stands_in_its_queue() -> None:
    """A ladder gave the task to the head of the unit, whose post it is not: it is theirs all the same."""
    office = Office()
    code = office.accepted()
    office.wait(days=30)
    [task] = office.store.load(code).dossier.tasks
    person = task.assignee or ""

    assert [(code, "late")] == rows(office, person, "late")
    assert (list(QUEUES), 1) == (list(counts(office, person)), counts(office, person)["late"])


def test_nobody_without_a_post_has_an_inbox() -> None:
    """A stranger sees nothing; an unknown queue and a made-up place in the list are refused."""
    office = Office()
    office.accepted()

    assert ([], None) == (rows(office, "nobody"), inbox(office.house, "nobody")["next"])
    with pytest.raises(UnknownQueue):
        inbox(office.house, "nobody", "nothing")
    with pytest.raises(UnreadableMark):
        inbox(office.house, "nobody", after="%%%")


def test_the_timeline_says_which_rung_fired_and_whom_it_told() -> None:
    """Where on the ladder it stands, once more where nobody confirmed it, and the officers by id."""
    office = Office()
    code = office.accepted()
    office.wait(days=30)
    lines = timeline(office.house, office.store.load(code))
    fired = [
        event for record in office.records(code) for event in record.events if event["kind"] == "rung_reached"
    ]
    told = [rung for line in reversed(lines) for rung in line["rungs"]]

    assert 0 < len(fired) == len(told)
    assert [list(event["recipients"]) for event in fired] == [rung["told"] for rung in told]
    assert [str(event["rung"]).endswith("unacknowledged") for event in fired] == [
        rung["silent"] for rung in told
    ]
    assert {"side", "offset"} == {name for rung in told for name in rung["rung"]}
    assert all(rung["clock"]["vi"] and rung["clock"]["en"] for rung in told)


def test_the_timeline_tells_every_record_the_newest_first() -> None:
    """Each record has a line with words in both languages, and who did it where a person did."""
    office = Office()
    code = office.accepted()
    stored = office.store.load(code)

    lines = timeline(office.house, stored)

    assert list(range(stored.seq, 0, -1)) == [line["seq"] for line in lines]
    assert ("Nộp hồ sơ", "Handed in") == (lines[-1]["text"]["vi"], lines[-1]["text"]["en"])
    assert all(line["text"]["vi"] and "{" not in line["text"]["vi"] for line in lines)

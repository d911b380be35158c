"""What the citizens' pages take from the config folder."""

from pathlib import Path

import pytest
from shipped import CONFIG, FOLDERS, shipped

from motcua.adapters.citizen_files import UnreadableDesk, read_citizens_desk
from motcua.services.ports import NO_DESK


def test_what_ships_names_procedures_that_ship() -> None:
    """Each kind of feedback has its answer and the fact that lets it be published; each public result a law."""
    desk = read_citizens_desk(CONFIG)
    procedures = {found.code: found for found in map(shipped, FOLDERS)}
    facts = {code: {fact.id for fact in found.facts} for code, found in procedures.items()}
    answers = [
        (kind.answer in procedures[kind.procedure].transition, kind.publishable in facts[kind.procedure])
        for kind in desk.kinds
    ]

    assert [(True, True)] * 2 == answers
    assert set() == {result.procedure for result in desk.results} - procedures.keys()
    assert [] == [result.procedure for result in desk.results if not result.source or result.verified]


def test_topics_are_those_that_the_procedures_know() -> None:
    """Whoever takes feedback in can choose each of them."""
    desk = read_citizens_desk(CONFIG)
    procedures = {found.code: found for found in map(shipped, FOLDERS)}
    known = {
        fact.values for kind in desk.kinds for fact in procedures[kind.procedure].facts if fact.id == "topic"
    }

    assert {tuple(topic.id for topic in desk.topics)} == known


def test_a_folder_without_these_files_offers_nothing(tmp_path: Path) -> None:
    """A configuration of one's own need not have them."""
    assert NO_DESK == read_citizens_desk(tmp_path)


@pytest.mark.parametrize("text", ["kinds = 3", "[[kinds]]\nid = 'x'", "not toml at all"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    """With the reason, whatever is wrong with it."""
    (tmp_path / "feedback.toml").write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableDesk, match=r"feedback\.toml"):
        read_citizens_desk(tmp_path)

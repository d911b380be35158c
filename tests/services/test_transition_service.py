"""Pressing a button: one dossier, one record, and a clear no that changes nothing."""

import json
from typing import Any

import pytest
from troubled import TroubledStore
from world import Office, actor_of

from motcua.services.enacting import ATTEMPTS
from motcua.services.ports import Busy, DossierNotFound
from motcua.services.transitions import ExtensionWithoutTerm, Particulars, send
from states.commands import APPLICANT_ACTOR
from states.errors import (
    DomainError,
    InvalidFacts,
    NotAuthorised,
    StaleDossier,
    TransitionRefused,
)


def test_accepting_starts_the_clocks_and_owes_no_second_look() -> None:
    """One record, one version more, the committed appointment five working days on."""
    office = Office()

    stored = office.store.load(office.accepted())

    assert (2, 2, ("appraising",)) == (stored.seq, stored.dossier.version, stored.dossier.states)
    assert "2026-03-09" == str(stored.dossier.clocks["committed"].due_date)


@pytest.mark.parametrize(
    ("transition", "officer", "given", "error"),
    [
        ("fly", "officer", {}, TransitionRefused),
        ("decide", "head", {}, TransitionRefused),
        ("appraise", "counter", {}, NotAuthorised),
        ("appraise", None, {}, NotAuthorised),
        ("appraise", "officer", {"facts": {"objects": True}}, InvalidFacts),
        ("appraise", "officer", {"documents": ("poem",)}, InvalidFacts),
        ("ask_more", "officer", {"reason": None}, TransitionRefused),
        ("extend", "head", {}, ExtensionWithoutTerm),
        ("extend", "officer", {"by": "x"}, NotAuthorised),
    ],
)
def test_a_move_that_is_not_possible_is_refused_and_leaves_nothing(
    transition: str, officer: str | None, given: dict[str, Any], error: type[DomainError]
) -> None:
    """The error names its reason in two languages; no record is written."""
    office = Office()
    code = office.accepted()

    with pytest.raises(error) as refused:
        office.send(code, transition, officer, **given)

    assert 2 == office.store.load(code).seq
    assert refused.value.message("vi") != refused.value.message("en")


def test_a_stale_version_is_refused_before_anything_else() -> None:
    """Whoever saw an older version must look again, even for an unknown transition."""
    office = Office()
    code = office.accepted()

    with pytest.raises(StaleDossier):
        send(office.house, code, "fly", actor_of("officer"), 1, Particulars())


def test_what_the_clock_owes_happens_before_what_a_person_asks() -> None:
    """After a silent night the missed rungs are recorded first, in order, then the move."""
    office = Office()
    code = office.accepted()
    office.pass_time(days=1, hours=2)

    office.send(code, "appraise", "officer")

    types = [json.loads(raw)["type"] for raw in office.raws(code)]
    assert (["opened", "transition"], "transition") == (types[:2], types[-1])
    assert {"rung"} == set(types[2:-1])


def test_what_the_clock_owes_stays_although_the_person_is_refused() -> None:
    """A refusal takes back nothing of what had fallen due."""
    office = Office()
    code = office.accepted()
    office.pass_time(days=7)

    with pytest.raises(NotAuthorised):
        office.send(code, "appraise", "counter")

    assert 2 < office.store.load(code).seq


def test_rungs_of_the_clock_do_not_make_a_version_stale() -> None:
    """Only people raise the version, so an escalation never takes away what an officer has looked at."""
    office = Office()
    code = office.accepted()
    office.wait(days=1, hours=2)

    stored = send(office.house, code, "appraise", actor_of("officer"), 2, Particulars())

    assert 3 == stored.dossier.version


def test_a_second_extension_is_refused() -> None:
    """The appointment moves once in the life of a dossier."""
    office = Office()
    code = office.accepted()
    office.extend(code)

    with pytest.raises(TransitionRefused) as refused:
        office.extend(code)

    assert "1 time(s) only" in refused.value.message("en")


def test_nothing_follows_the_end() -> None:
    """A dossier that has ended takes no transition and no extension, and no longer wakes anybody."""
    office = Office()
    code = office.accepted()
    office.send(code, "withdraw", None)

    for transition in ("appraise", "withdraw"):
        with pytest.raises(TransitionRefused):
            office.send(code, transition, "head")
    with pytest.raises(TransitionRefused):
        office.extend(code)

    assert office.store.load(code).dossier.ended
    assert office.store.next_wake() is None


def test_a_reason_is_kept_apart_from_its_record() -> None:
    """Free text may name people: the record holds a commitment."""
    office = Office()
    code = office.accepted()

    stored = office.send(code, "ask_more", "officer", reason="Thiếu giấy của bà Hoa")

    assert "Hoa" not in office.raws(code)[-1]
    assert ["reason"] == [
        value.field for value in office.store.personal(stored.id) if value.seq == stored.seq
    ]


def test_the_world_is_asked_again_when_somebody_was_faster() -> None:
    """A write that is outrun once is decided again on what is there then."""
    store = TroubledStore()
    office = Office(store)
    code = office.accepted()
    before, store.outrun = store.writes, 1

    assert ("visiting", "asking") == office.send(code, "appraise", "officer").dossier.states
    assert 2 == store.writes - before


def test_a_dossier_that_never_stands_still_gives_busy() -> None:
    """After many attempts the caller is told, and nothing was written."""
    store = TroubledStore()
    office = Office(store)
    code = office.accepted()
    store.outrun = ATTEMPTS

    with pytest.raises(Busy):
        office.send(code, "appraise", "officer")


def test_an_unknown_dossier_is_not_found() -> None:
    """A code that nobody was given leads nowhere."""
    with pytest.raises(DossierNotFound):
        send(Office().house, "H99.01-260302-0009", "accept", APPLICANT_ACTOR, 1, Particulars())

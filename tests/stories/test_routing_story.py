"""Handed in where nobody knows who is competent: queued, routed, given back, and routed again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from shipped_province import (
    APPLICANT,
    BEGINS,
    BUSINESS,
    CENTRE,
    HERE,
    THERE,
    Post,
    Province,
    birth,
    shipped_province,
)

from audit.record import Cause
from motcua.services.dispatching import NotWaiting, queue, route
from motcua.services.enacting import Request, enact
from motcua.services.families import tree
from motcua.services.identity import officer
from motcua.services.intake import Submission, submit
from motcua.services.outbox import deliver_pending
from motcua.services.ports import Stored
from motcua.services.reports import standing
from motcua.services.responsibility import responsibility
from states.commands import SYSTEM_ACTOR, Command, HearChild, MeetChild
from states.directory import PartyUnbound
from states.errors import InvalidFacts
from states.gathering import NotRouted
from states.world import World


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    """Everything that ships, in force."""
    with shipped_province(tmp_path) as lent:
        yield lent


def unrouted(province: Province) -> str:
    """A dossier that came in at the centre and names no agency; returns the code of the dispatcher's."""
    files = {"giay_de_nghi_1": {"sha256": "a" * 64, "name": "đơn.pdf"}}
    given = Submission(
        BUSINESS,
        "online",
        None,
        {"has_members": False},
        ("giay_de_nghi",),
        APPLICANT,
        received=CENTRE,
        files=files,
    )
    return submit(province.house, given).dossier.code


def test_what_cannot_be_routed_waits_and_is_routed_with_all_it_brought(province: Province) -> None:
    """It has a clock of its own; the real dossier has the code of its agency, and its clock begins at acceptance."""
    code = unrouted(province)
    [waiting] = queue(province.house)
    assert (code, BUSINESS, CENTRE, True) == (
        waiting.code,
        waiting.procedure,
        waiting.received,
        waiting.due is not None,
    )
    person = officer(province.house, "cb.h99.01-4")
    with pytest.raises(PartyUnbound):
        route(province.house, code, CENTRE, person, None)
    dispatcher = province.house.worlds.directory.holders(CENTRE, "one_stop_officer", BEGINS.date())[0]
    route(province.house, code, THERE, officer(province.house, dispatcher), None)
    deliver_pending(province.house, Post())
    [real] = province.children(code).values()
    stored = province.house.store.load(real)
    dossier = stored.dossier
    assert (THERE, BUSINESS, ("giay_de_nghi",)) == (real[:9], dossier.procedure, dossier.documents)
    assert dossier.facts["has_members"] is False
    names = sorted(value.field for value in province.house.store.personal(stored.id))
    assert ["applicant.full_name", "applicant.phone", "file.giay_de_nghi_1"] == names
    assert "legal" not in dossier.clocks
    province.act(real, "accept", facts={"fee_paid": True})
    assert "legal" in province.house.store.load(real).dossier.clocks
    assert [] == queue(province.house)
    sums = standing(province.house)
    assert sums.components is not None
    assert ({BUSINESS}, 1) == (set(sums.states), sums.components.dossiers)
    province.sound()


def routed(province: Province, code: str, agency: str) -> str:
    """The dispatcher names an agency; returns the code of the dossier that was opened there."""
    person = province.house.worlds.directory.holders(CENTRE, "one_stop_officer", BEGINS.date())[0]
    route(province.house, code, agency, officer(province.house, person), None)
    deliver_pending(province.house, Post())
    return province.children(code)["routed"]


def test_what_an_agency_gives_back_is_in_the_queue_again_and_goes_to_another(province: Province) -> None:
    """With the reason, a clock of its own, and everything it brought; no second of either dossier is lost."""
    code = unrouted(province)
    wrong = routed(province, code, HERE)
    province.after(hours=2)
    assert [] == queue(province.house)
    province.act(wrong, "not_competent", reason="Địa điểm kinh doanh ở xã khác")
    [waiting] = queue(province.house)
    given_back = (waiting.code, waiting.returned, waiting.returned_by, waiting.reason)
    assert (code, (wrong,), HERE, "Địa điểm kinh doanh ở xã khác") == given_back
    since = province.clock.now()
    assert (since, True) == (waiting.since, waiting.due is not None and waiting.due > since)
    sums = standing(province.house)
    assert sums.components is not None
    assert (1, 1) == (sums.dossiers, sums.components.dossiers)
    province.after(hours=1)
    right = routed(province, code, THERE)
    stored = province.house.store.load(right)
    assert (THERE, ("giay_de_nghi",), False) == (
        right[:9],
        stored.dossier.documents,
        stored.dossier.facts["has_members"],
    )
    assert ([], 1) == (queue(province.house), standing(province.house).dossiers)
    shown = [(child["code"], child["outcome"]) for child in tree(province.house, right)["children"]]
    assert [(wrong, "misdirected"), (right, None)] == shown
    for one in (code, wrong, right):
        told = responsibility(province.house, province.house.store.load(one))
        dossier = province.house.store.load(one)
        until = dossier.at if dossier.dossier.ended else province.clock.now()
        lead = (until - dossier.dossier.opened_at) // timedelta(microseconds=1)
        assert lead == told["microseconds"] == sum(span["microseconds"] for span in told["spans"])
    province.sound()


def heard_before(province: Province, code: str, command: Command) -> None:
    """The relay tells once more what it told already."""

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        return Request(command, SYSTEM_ACTOR, cause=Cause.SYSTEM)

    enact(province.house, code, ask)


def test_news_of_a_dossier_that_was_given_back_is_heard_once(province: Province) -> None:
    """A relay that repeats itself changes nothing, though another agency has it meanwhile."""
    code = unrouted(province)
    wrong = routed(province, code, HERE)
    province.act(wrong, "not_competent", reason="Không thuộc địa bàn")
    right = routed(province, code, THERE)
    before = province.house.store.load(code)
    heard_before(province, code, HearChild("routed", wrong, "misdirected", True, "again"))
    heard_before(province, code, MeetChild("routed", wrong, "again"))
    after = province.house.store.load(code)
    assert (before.seq, right) == (after.seq, after.dossier.children["routed"].dossier)


def test_only_what_a_dispatcher_routed_is_given_back(province: Province) -> None:
    """A dossier that its applicant brought to an agency has nobody to go back to."""
    given = Submission(BUSINESS, "online", HERE, {"has_members": False}, ("giay_de_nghi",), APPLICANT)
    code = submit(province.house, given).dossier.code
    with pytest.raises(NotRouted):
        province.act(code, "not_competent", reason="Không thuộc địa bàn")
    assert ("submitted",) == province.house.store.load(code).dossier.states


def test_a_forgotten_dossier_climbs_the_ladder(province: Province) -> None:
    """Nobody names an agency: the queue's clock tells head and chairman, and nothing is dropped."""
    code = unrouted(province)
    province.after(days=4)
    fired = province.house.store.load(code).dossier.clocks["step:waiting"].fired
    assert {"warn", "due", "half_day", "day_2"} <= set(fired)
    assert [code] == [waiting.code for waiting in queue(province.house)]
    province.sound()


def test_only_what_waits_is_routed_and_only_what_fits_is_taken_in(province: Province) -> None:
    """A dossier of its agency is no matter for a dispatcher; bad data is refused before anything waits."""
    code = birth(province)
    person = officer(province.house, "cb.h99.41.01-6")
    with pytest.raises(NotWaiting):
        route(province.house, code, THERE, person, None)
    with pytest.raises(InvalidFacts):
        submit(province.house, Submission(BUSINESS, "online", None, {"floors": 3}))
    assert [] == queue(province.house)

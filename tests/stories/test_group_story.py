"""A child is born, handed in at one commune and registered at another: one submission, four dossiers, one trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.record import Cause
from motcua.bootstrap import config_folder, read_settings
from motcua.bootstrap.rehearsal import rehearsal_house
from motcua.services.auditing import reconcile, verify_store
from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating import publish_all
from motcua.services.dispatching import NotWaiting, queue, route
from motcua.services.enacting import Request, enact
from motcua.services.families import tree
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.outbox import deliver_pending
from motcua.services.ports import Stored
from motcua.services.reports import standing
from motcua.services.responsibility import responsibility
from motcua.services.transitions import Particulars, send
from states.commands import SYSTEM_ACTOR, Command, HearChild, MeetChild
from states.directory import PartyUnbound
from states.errors import InvalidFacts, TransitionRefused
from states.gathering import NotRouted
from states.world import World

SETTINGS = read_settings({})
CONFIG = config_folder(SETTINGS)
BEGINS = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
HERE, THERE, CENTRE = "H99.41.01", "H99.41.03", "H99.01"
BIRTH, BUSINESS = "2.002621", "1.001612"
APPLICANT = {"full_name": "Nguyễn Thị Lan", "phone": "0900000000"}


class Post:
    """A channel that takes everything."""

    name = "post"

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Take a message."""


@dataclass
class Province:
    """The shipped province, and short ways to act in it."""

    house: Installation
    clock: Any

    def after(self, **amount: float) -> None:
        """Let time pass, what falls due take effect, and messages leave."""
        self.clock.move(self.clock.now() + timedelta(**amount))
        assert {} == pass_deadlines(self.house).failed
        deliver_pending(self.house, Post())

    def act(self, code: str, transition: str, **given: Any) -> Stored:
        """Somebody who may does it; then what that owes is relayed."""
        stored = self.house.store.load(code)
        world = self.house.worlds.of(stored.dossier.cfg)
        role = world.procedure.role[world.procedure.transition[transition].by[0]]
        day = world.calendar.local_date(self.clock.now())
        holders = world.directory.holders(stored.dossier.parties[role.party], role.position, day)
        person = next((task.assignee for task in stored.dossier.tasks if task.assignee), holders[0])
        moved = send(self.house, code, transition, officer(self.house, person), None, Particulars(**given))
        deliver_pending(self.house, Post())
        return moved

    def children(self, code: str) -> dict[str, str]:
        """The codes of the components of a group, as far as they are open."""
        found = self.house.store.load(code).dossier.children
        return {name: child.dossier for name, child in found.items() if child.dossier is not None}

    def sound(self) -> None:
        """The trail verifies, parents and children agree, and no escalation was missed."""
        assert () == verify_store(self.house).findings
        assert reconcile(self.house, self.clock.now()).ok


@pytest.fixture(name="province")
def shipped_province(tmp_path: Path) -> Iterator[Province]:
    """A database of virtual time with everything that ships in force."""
    sources = [CONFIG.load(file) for file in CONFIG.procedure_files(CONFIG.root / "procedures")]
    with rehearsal_house(f"sqlite:///{tmp_path / 'motcua.db'}", SETTINGS, BEGINS) as (house, clock):
        publish_all(house, [(source.procedure, source.source) for source in sources])
        yield Province(house, clock)


def birth(province: Province) -> str:
    """A child's papers are handed in here and concern a commune elsewhere; returns the code of the group."""
    given = Submission(
        BIRTH,
        "counter",
        THERE,
        {"wants_card": False},
        ("to_khai", "giay_chung_sinh"),
        APPLICANT,
        received=HERE,
    )
    code = submit(province.house, given).dossier.code
    province.act(code, "accept")
    return code


def test_birth_then_residence_and_card_in_parallel(province: Province) -> None:
    """Each component has the code of its agency, its own clock, and takes the result of the one before."""
    code = birth(province)
    [first] = province.children(code).values()
    assert (HERE, THERE) == (code.rpartition("-")[0][:9], first[:9])
    province.after(minutes=30)
    assert "legal" not in province.house.store.load(first).dossier.clocks
    province.act(first, "accept")
    assert "legal" in province.house.store.load(first).dossier.clocks
    province.act(first, "register_birth", facts={"born_known": True})
    opened = province.children(code)
    assert {"birth", "residence", "health"} == set(opened)
    home = province.house.store.load(opened["residence"]).dossier
    assert ("H99.06.05", ("giay_khai_sinh",)) == (home.agency, home.documents)
    assert home.parent is not None and {"giay_khai_sinh": first} == home.parent.results
    assert home.places is not None and HERE == home.places.received
    for component in ("health", "residence"):
        province.act(opened[component], "accept")
        province.after(hours=3)
        province.act(opened[component], "grant")
    assert ("result_ready",) == province.house.store.load(code).dossier.states
    with pytest.raises(TransitionRefused, match=first):
        province.act(code, "hand_over")
    province.act(first, "hand_over")
    assert province.act(code, "hand_over").dossier.ended
    province.sound()


def test_a_submission_is_counted_once(province: Province) -> None:
    """Whatever it became: the components are counted apart, each at its own agency."""
    code = birth(province)
    province.act(province.children(code)["birth"], "accept")
    sums = standing(province.house)
    assert sums.components is not None
    assert (1, 1) == (sums.dossiers, sums.components.dossiers)
    assert ({HERE}, {THERE}) == (set(sums.agencies), set(sums.components.agencies))


def test_the_tree_shows_the_whole_from_any_part(province: Province) -> None:
    """What is open, and what has not been its turn yet."""
    code = birth(province)
    found = tree(province.house, province.children(code)["birth"])
    shown = [(child["component"], child["status"]) for child in found["children"]]
    assert [("birth", "open"), ("residence", "later"), ("health", "later"), ("card", "later")] == shown
    assert (code, BIRTH) == (found["code"], found["procedure"])


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

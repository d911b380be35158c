"""A dossier that was overdue before a mass order held it: every side says the same of it, before, during and after."""

from dataclasses import replace

from ordered_house import BACK, STORM, told
from paper_office import PRESS
from world import Office

from motcua.services.citizens import check_code, look_up
from motcua.services.inbox import lit
from motcua.services.listing import listed
from motcua.services.ports import DossierFilter
from motcua.services.presenting import describe
from motcua.services.responsibility import report, responsibility


def verdicts(office: Office, code: str) -> set[bool]:
    """Whether it is late, as its page, lists, boards and reports say."""
    house, stored, now = office.house, office.store.load(code), office.clock.at
    [row] = office.store.figure_rows(DossierFilter(None), now, 10)
    return {
        describe(house, stored)["late"],
        [row["late"] for row in listed(house)] == [True],
        row.late_at is not None and now > row.late_at,
        responsibility(house, stored)["late"],
        report(house)["late"] == 1,
    }


def test_an_overdue_dossier_is_late_again_when_the_order_ends_and_meanwhile_nowhere() -> None:
    """While nothing runs nothing is late; what it was over by before stays, and is told as that."""
    office = Office()
    code = office.accepted()
    office.pass_time(hours=24 * 9)
    before = verdicts(office, code)
    at = office.clock.at
    told(office, replace(STORM, since=at, instrument=replace(STORM.instrument, signed=at.date())))
    office.pass_time(hours=1)
    stored = office.store.load(code)
    during, world = verdicts(office, code), office.house.worlds.of(stored.dossier.cfg)
    clock = lit(world, stored.dossier.clocks["committed"], office.clock.at)
    promise = look_up(office.house, PRESS, code, check_code(office.house, stored.id))["promise"]
    told(office, replace(BACK, since=office.clock.at, instrument=replace(BACK.instrument, signed=at.date())))
    office.pass_time(hours=1)

    assert [{True}, {False}, {True}] == [before, during, verdicts(office, code)]
    assert ("paused", True) == (clock["light"], clock["over"])
    assert (-clock["minutes"], "paused") == (promise["left"], promise["light"])

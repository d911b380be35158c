"""Inboxes of agencies: offers to accept and questions to answer, by due instant, page by page."""

from dataclasses import replace

from handing_over import handing
from opinions import CONSULTING, consulting
from world import FIRE, LEAD, Office, actor_of

from motcua.services import handoffs
from motcua.services.handoffs import Asked
from motcua.services.waiting import Page, everything_waiting, offers_waiting, questions_waiting
from states.dossier import HANDOFF

HANDING = "9.000005"


def shown(page: Page) -> list[tuple[str, str, str]]:
    """What a page shows: the dossier, what waits, and how far it has come."""
    return [(row.code, row.wait.id, row.wait.status) for row in page.rows]


def test_an_inbox_follows_the_dossiers() -> None:
    """An offer is there from its dispatch to its answer, whatever happens to it meanwhile; nobody else sees it."""
    office = Office()
    office.publish(replace(handing(), code=HANDING))
    code, place = office.accepted(HANDING), f"{HANDOFF}fire_check"
    assert [] == shown(offers_waiting(office.house, FIRE))
    office.send(code, "to_fire", "officer")
    [row] = offers_waiting(office.house, FIRE).rows
    clock = office.store.load(code).dossier.clocks[place]
    assert ((code, place, "offered"), clock.due) == ((row.code, row.wait.id, row.wait.status), row.wait.due)
    assert [] == shown(offers_waiting(office.house, LEAD)) == shown(questions_waiting(office.house, FIRE))
    asked = Asked(code, "fire_check", actor_of("firefighter"))
    handoffs.acknowledge(office.house, asked)
    [row] = offers_waiting(office.house, FIRE).rows
    assert ("acknowledged", office.store.load(code).dossier.clocks[place].due) == (
        row.wait.status,
        row.wait.due,
    )
    handoffs.accept(office.house, asked)
    assert [] == shown(offers_waiting(office.house, FIRE))


def test_offers_and_questions_share_an_inbox_and_its_pages() -> None:
    """Two of each come in pages of three, each once, the nearest due first."""
    office = Office()
    office.publish(replace(handing(), code=HANDING))
    office.publish(replace(consulting(), code=CONSULTING))
    for _ in range(2):
        office.send(office.accepted(HANDING), "to_fire", "officer")
    office.send(office.accepted(CONSULTING), "appraise", "officer")
    whole = everything_waiting(office.house, FIRE)
    dues = [row.wait.due for row in whole.rows]
    first = everything_waiting(office.house, FIRE, 3)
    rest = everything_waiting(office.house, FIRE, 3, first.next)
    assert (4, None) == (len(whole.rows), whole.next)
    assert shown(whole) == shown(first) + shown(rest)
    assert dues == sorted(due for due in dues if due is not None)
    assert (3, None) == (len(first.rows), rest.next)

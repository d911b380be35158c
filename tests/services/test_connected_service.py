"""What client systems get and do, the same on each kind of store: their own, in order, under their own name."""

from collections.abc import Iterator
from dataclasses import replace
from secrets import token_bytes
from typing import Any

import pytest
from opinions import consulting
from stores import KINDS, each_store
from world import FIRE, LEAD, RESTARTING, Office

from motcua.services.access import narrowed
from motcua.services.auditing import verify_store
from motcua.services.clients import Caller, Terms, add_client, recognise_client
from motcua.services.connected import (
    NotTakenInHere,
    UnreadableCursor,
    deadlines,
    dossier_page,
    follow,
    hand_in,
    move,
    one_dossier,
    open_work,
    take_task,
)
from motcua.services.intake import Submission
from motcua.services.ports import DossierNotFound, Webhook
from motcua.services.transitions import Particulars
from motcua.services.webhooks import Subscription, add_webhook, tell_webhooks
from states.errors import StaleDossier

store = pytest.fixture(params=KINDS, name="store")(each_store)
WANTED = Submission(RESTARTING, "online", LEAD, {"kind": "repair"}, ("form",), {"name": "Nguyễn Thị Hoa"})
ASKING = "9.000006"
PAID = Particulars({"fee_paid": True})


@pytest.fixture
def office(store: Any) -> Iterator[Office]:
    """An office on the store, in which no two tokens are alike."""
    made = Office(store=store)
    made.house = replace(made.house, new_salt=lambda: token_bytes(32))
    yield made


def caller(office: Office, agency: str, *positions: str) -> Caller:
    """A client system of an agency."""
    terms = Terms(
        f"sys-{agency.lower().replace('.', '-')}", "BV", (agency,), positions, ("read", "intake", "act")
    )
    found = recognise_client(office.house, add_client(office.house, terms)[1])
    assert found is not None
    return found


def test_a_system_takes_in_and_moves_a_dossier_once_and_the_trail_is_sound(office: Office) -> None:
    """Asked again, each answer is the same; a version that nobody has is stale; the whole log verifies."""
    own = caller(office, LEAD, "one_stop_officer")
    stored = hand_in(office.house, own, WANTED, "in")
    code = stored.dossier.code
    with pytest.raises(StaleDossier):
        move(office.house, own, code, "accept", 7, PAID, "k")
    moved = move(office.house, own, code, "accept", 1, PAID, "k")
    office.send(code, "appraise", "officer")
    again = hand_in(office.house, own, WANTED, "in"), move(office.house, own, code, "accept", 1, PAID, "k")

    assert [one_dossier(office.house, one) for one in (stored, moved)] == [
        one_dossier(office.house, one) for one in again
    ]
    assert verify_store(office.house).ok


def test_each_agency_has_its_own_dossiers_tasks_and_deadlines(office: Office) -> None:
    """Another one sees, moves and hands in nothing here, until it is its turn."""
    own, other = caller(office, LEAD, "one_stop_officer"), caller(office, FIRE)
    code = hand_in(office.house, own, WANTED, "in").dossier.code
    move(office.house, own, code, "accept", None, PAID, "k")

    def shown(who: Caller) -> tuple[int, int, int]:
        rows, _ = dossier_page(office.house, who, procedure=None, ended=None, after="", limit=10)
        work, _ = open_work(office.house, replace(who, client=replace(who.client, positions=())), **OPEN)
        return len(rows), len(work), len(deadlines(office.house, who))

    assert ((1, 1, 1), (0, 0, 0)) == (shown(own), shown(other))
    with pytest.raises(DossierNotFound):
        move(office.house, other, code, "appraise", None, Particulars(), "k")
    with pytest.raises(NotTakenInHere):
        hand_in(office.house, other, WANTED, "k")
    office.send(code, "appraise", "officer")
    assert (1, 1) == shown(other)[:2]


OPEN: dict[str, Any] = {"procedure": None, "after": None, "limit": 10}


def test_a_task_is_taken_from_the_pool_and_given_back(office: Office) -> None:
    """By the system's own name; an officer does not act on it meanwhile, and afterwards does."""
    own = caller(office, LEAD, "one_stop_officer")
    stored = hand_in(office.house, own, WANTED, "in")
    [task], code = stored.dossier.tasks, stored.dossier.code
    taken = take_task(office.house, own, code, task.id, "take")
    assert ["client:sys-h99-01"] == [one.assignee for one in taken.dossier.tasks]
    assert 1 == len(narrowed(office.house, own.visitor).store.tasks(assignee="client:sys-h99-01"))
    take_task(office.house, own, code, task.id, "back", back=True)
    assert office.send(code, "accept", "counter").dossier.accepted_at is not None


def test_events_are_followed_page_by_page(office: Office) -> None:
    """Those of dossiers that concern the agency, in order, each once; a cursor of nobody is refused."""
    own, other = caller(office, LEAD), caller(office, FIRE)
    first, second = office.accepted(), office.accepted()
    told: list[tuple[str, str]] = []
    cursor = ""
    while (page := follow(office.house, own, cursor, 3)).events:
        told += [(event["subject"], event["sequence"]) for event in page.events]
        cursor = page.cursor

    assert [(code, f"{seq:010d}") for code in (first, second) for seq in (1, 2)] == told
    assert page.cursor == follow(office.house, own, "now", 3).cursor
    assert () == follow(office.house, other, "", 100).events
    for wrong in ("x", "AAAA", "w6k"):
        with pytest.raises(UnreadableCursor):
            follow(office.house, own, wrong, 3)


def test_an_agency_that_is_only_asked_hears_of_its_task_and_of_nothing_else(office: Office) -> None:
    """No row, no event, no webhook and no deadline of the dossier; its question is among its tasks."""
    office.publish(replace(consulting(), code=ASKING))
    lead, fire = caller(office, LEAD), caller(office, FIRE)
    hooks = [
        add_webhook(office.house, AnyWay(), Subscription(agency, "https://x.example"))
        for agency in (LEAD, FIRE)
    ]
    code = office.open(ASKING)
    office.send(code, "accept", "counter")
    office.send(code, "appraise", "officer")
    wire = AnyWay()
    tell_webhooks(office.house, wire)

    def shown(who: Caller) -> tuple[int, bool, int, int]:
        rows, following = dossier_page(office.house, who, procedure=None, ended=None, after="", limit=10)
        events = follow(office.house, who, "", 100).events
        return len(rows), following is None, len(events), len(deadlines(office.house, who))

    assert ((1, True, 3, 1), (0, True, 0, 0)) == (shown(lead), shown(fire))
    assert [hooks[0].id] * 3 == wire.told
    assert {code} == {row["code"] for row in open_work(office.house, fire, **OPEN)[0]}


class AnyWay:
    """A way on which everything is taken."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def check(self, url: str) -> None:
        """Any address will do."""

    def post(self, webhook: Webhook, message: str, body: bytes) -> None:
        """Keep whom it was for."""
        self.told.append(webhook.id)

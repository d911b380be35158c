"""Who is only asked about a dossier, or only offered it, gets a share of it and no more."""

from dataclasses import replace

import pytest
from opinions import consulting
from test_access_service import kinds, salted, visitor
from test_connected_service import caller
from world import FIRE, LEAD, Office, actor_of

from motcua.services.access import looked_at, may_see, seen
from motcua.services.connected import deadlines, dossier_page, follow, open_work
from motcua.services.consultations import answer
from motcua.services.inbox import inbox
from motcua.services.ports import DossierNotFound
from motcua.services.sharing import question_of, share_of
from states.concern import Extent, extents, shared_papers

ASKING = "9.000006"
WHO = {"name": "Hoàng Thị Mận", "id_number": "001188000321"}


def asked() -> tuple[Office, str]:
    """A dossier about which the fire police is asked two questions that share one paper."""
    office = salted()
    office.publish(replace(consulting(), code=ASKING))
    code = office.open(ASKING, documents=("form", "plan"), applicant=WHO)
    office.send(code, "accept", "counter")
    office.send(code, "appraise", "officer")
    return office, code


def test_a_consulted_body_needs_its_question_the_lead_everything() -> None:
    """Also after it has answered: an answer gives no custody."""
    office, code = asked()
    found = []
    for question in ("safety", "water"):
        stored = office.store.load(code)
        found.append(extents(office.house.worlds.procedure(stored.dossier.cfg), stored.dossier))
        answer(office.house, code, "opinions", question, "agree", actor_of("firefighter"))
    stored = office.store.load(code)
    found.append(extents(office.house.worlds.procedure(stored.dossier.cfg), stored.dossier))

    assert [{LEAD: Extent.WHOLE, FIRE: Extent.ASKED}] * 3 == found


def test_who_is_asked_does_not_see_the_dossier_but_its_share() -> None:
    """`seen` gives all or nothing; the denial is recorded; the share has question, paper and own reply alone."""
    office, code = asked()
    fire = visitor(office, "firefighter")
    with pytest.raises(DossierNotFound):
        seen(office.house, fire, code)
    sight = looked_at(office.house, fire, code)
    share = share_of(office.house, fire, sight)
    procedure = office.house.worlds.procedure(sight.stored.dossier.cfg)

    assert ["account_added", "signed_in", "access_denied"] == kinds(office, "firefighter")
    assert (False, frozenset({FIRE}), frozenset({"form"})) == (
        may_see(office.house, fire, sight.stored),
        sight.agencies,
        shared_papers(procedure, sight.stored.dossier, sight.agencies),
    )
    assert (["safety", "water"], []) == ([one["id"] for one in share["questions"]], share["offers"])
    assert WHO["name"] not in str(share) and "plan" not in str(share)


def test_an_agency_reads_its_own_reply_again() -> None:
    """With its reasons; the other question has none."""
    office, code = asked()
    fire = visitor(office, "firefighter")
    answer(
        office.house, code, "opinions", "safety", "object", actor_of("firefighter"), reason="Lối thoát hẹp"
    )
    replies = [
        question_of(office.house, fire, code, "opinions", name)["reply"] for name in ("safety", "water")
    ]

    assert replies[1] is None
    assert ("object", "firefighter", "Lối thoát hẹp") == tuple(
        replies[0][name] for name in ("answer", "officer", "reason")
    )
    with pytest.raises(DossierNotFound):
        question_of(office.house, visitor(office, "officer"), code, "opinions", "safety")


def test_an_inbox_names_the_applicant_to_whom_the_dossier_is_for_only() -> None:
    """The row of a question has its own clock, leads to the question, and says nothing of the rest."""
    office, code = asked()
    rows = {name: inbox(office.house, name)["rows"] for name in ("officer", "firefighter")}
    told = {
        name: {(row["applicant"], row["address"], row["whole"]["due"] is None) for row in found}
        for name, found in rows.items()
    }

    assert {(WHO["name"], f"/ho-so/{code}", False)} == told["officer"]
    assert {(None, f"/lien-thong/{code}/hoi/opinions/{name}", True) for name in ("safety", "water")} == told[
        "firefighter"
    ]


def test_a_system_of_a_consulted_body_gets_its_tasks_and_nothing_of_the_dossier() -> None:
    """No row in the list, no event, no appointment in the calendar; the lead's system gets all three."""
    office, code = asked()
    own, other = caller(office, LEAD), caller(office, FIRE)
    told = {
        one.client.agencies[0]: (
            [
                row["code"]
                for row in dossier_page(office.house, one, procedure=None, ended=None, after="", limit=9)[0]
            ],
            bool(follow(office.house, one, "", 50).events),
            [due.code for due in deadlines(office.house, one)],
        )
        for one in (own, other)
    }
    tasks, _ = open_work(office.house, other, procedure=None, after=None, limit=9)

    assert {LEAD: ([code], True, [code]), FIRE: ([], False, [])} == told
    assert WHO["name"] not in str(tasks)

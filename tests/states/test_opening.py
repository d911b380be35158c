"""Opening a dossier: its agencies, its first facts, states, tasks and clocks."""

from typing import Any

import pytest
from builders import label, move, procedure_mapping
from desk import Desk, accepted, rules, with_moves
from office_time import at, local
from world import FIRE, LEAD, PROVINCE, directory

from states.directory import Agency, AgencyNotFound, Directory, PartyUnbound
from states.errors import CalendarHorizonError, InvalidFacts
from states.opening import bind_parties

HAMLET = Agency("H99.01.1", "Thôn", "hamlet", "commune", LEAD, "vn-gov")


def parties(*given: tuple[str, str, str], more: tuple[Agency, ...] = (), of: str = LEAD) -> dict[str, str]:
    """Bind parties of a kind in a way, from a competent agency."""
    raws = [{"id": id, "kind": kind, "resolve": how, "label": label(id)} for id, kind, how in given]
    base = [raw for raw in procedure_mapping()["parties"] if raw["id"] not in {raw["id"] for raw in raws}]
    usual = directory()
    return bind_parties(with_moves(parties=raws + base), Directory(usual.agencies + more, usual.posts), of)


def test_the_competent_agency_is_bound_and_others_follow() -> None:
    """The agency named at intake leads; the only fire police takes part."""
    assert {"lead": LEAD, "fire": FIRE} == parties()


@pytest.mark.parametrize("agency", [FIRE, PROVINCE])
def test_a_competent_agency_of_another_kind_is_refused(agency: str) -> None:
    """A dossier cannot be handed in where it does not belong, and the agency is named."""
    with pytest.raises(PartyUnbound) as refusal:
        parties(of=agency)
    assert ("lead", agency) == (refusal.value.facts["party"], refusal.value.facts["agency"])


def test_an_agency_that_is_not_there_is_not_found() -> None:
    """A code outside the directory is told as such."""
    with pytest.raises(AgencyNotFound):
        parties(of="H00")


def test_a_party_by_parent_is_the_nearest_of_its_kind_above() -> None:
    """The search climbs as far as it must; the agency itself is not its own parent."""
    from_commune = parties(("above", "province", "parent"))
    from_hamlet = parties(
        ("lead", "hamlet", "competent"), ("above", "province", "parent"), more=(HAMLET,), of=HAMLET.code
    )
    assert (PROVINCE, PROVINCE) == (from_commune["above"], from_hamlet["above"])
    with pytest.raises(PartyUnbound):
        parties(("above", "committee", "parent"))


def test_a_party_by_only_needs_exactly_one_of_its_kind() -> None:
    """With none, or with two, nobody can say which is meant."""
    second = Agency("H99.03", "Cứu hỏa 2", "fire_police", "province", PROVINCE, "vn-gov")
    with pytest.raises(PartyUnbound):
        parties(more=(second,))
    with pytest.raises(PartyUnbound):
        parties(("fire", "navy", "only"))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"channel": "pigeon"}, "channel pigeon is not known"),
        ({"facts": {}}, "fact kind is missing"),
        ({"facts": {"kind": "ruin"}}, "fact kind cannot be 'ruin'"),
        ({"facts": {"kind": "new", "colour": "red"}}, "fact colour is not declared"),
        ({"facts": {"kind": "new", "docs_complete": True}}, "fact docs_complete is not declared"),
        ({"facts": {"kind": "new", "extension_count": 0}}, "fact extension_count is not declared"),
        ({"documents": ("selfie",)}, "document selfie is not declared"),
    ],
)
def test_data_that_does_not_fit_opens_nothing(given: dict[str, Any], reason: str) -> None:
    """Channel, facts and papers are those of the procedure, and what no transition asks later is there."""
    with pytest.raises(InvalidFacts) as refusal:
        Desk().open(**given)
    assert reason == refusal.value.facts["reason"]


def test_the_platform_keeps_its_own_facts() -> None:
    """Channel, payment, counts and completeness are there from the start."""
    facts = Desk().open(documents=("form", "form")).dossier.facts
    assert {
        "channel": "counter",
        "docs_complete": True,
        "extension_count": 0,
        "fee_paid": False,
        "kind": "repair",
        "supplement_count": 0,
    } == dict(sorted(facts.items()))


def test_where_no_fee_is_due_it_counts_as_paid() -> None:
    """A procedure without fees needs no payment."""
    assert Desk(rules(with_moves(fees=[]))).open().dossier.facts["fee_paid"]


def test_a_dossier_begins_at_version_one_with_the_first_step() -> None:
    """Submission is a person's act; only the first step's clock runs, for the agency is not bound yet."""
    dossier = Desk().open().dossier
    assert (1, ("submitted",), 1, ["step:submitted"], None) == (
        dossier.version,
        dossier.states,
        dossier.public,
        list(dossier.clocks),
        dossier.accepted_at,
    )


@pytest.mark.parametrize(
    ("accepted_at", "committed"),
    [
        ("2026-03-02T15:00", "2026-03-09T17:00"),
        ("2026-03-02T15:01", "2026-03-10T17:00"),
        ("2026-03-06T15:01", "2026-03-16T17:00"),
        ("2026-03-07T09:00", "2026-03-16T17:00"),
    ],
)
def test_what_is_accepted_after_the_cut_off_counts_from_the_next_working_day(
    accepted_at: str, committed: str
) -> None:
    """15:00 sharp is in time; a minute later, or on a Saturday, the day of acceptance is the next working day."""
    desk = accepted(at_local=accepted_at)
    promised = desk.dossier.clocks["committed"].due
    assert promised is not None
    assert (committed, at(accepted_at)) == (local(promised), desk.dossier.accepted_at)


@pytest.mark.parametrize("when", ["2025-12-31T09:00", "2028-01-03T09:00", "2027-12-31T16:30"])
def test_a_day_beyond_the_calendars_opens_nothing(when: str) -> None:
    """Before the first and after the last year that is known, and where the first step would end there."""
    with pytest.raises(CalendarHorizonError):
        Desk(now=at(when)).open()


def test_what_an_officer_establishes_cannot_be_brought_along() -> None:
    """That the fee is paid, or what was decided, is not the applicant's to say."""
    with pytest.raises(InvalidFacts) as caught:
        Desk(rules()).open(facts={"kind": "repair", "fee_paid": True})
    assert "fact fee_paid is established later" == caught.value.facts["reason"]


def test_a_declared_count_is_not_invented() -> None:
    """Only the platform's own counts begin at zero; a declared fact that ends like one stays unknown."""
    storeys = {"id": "storey_count", "type": "integer", "label": label("storeys")}
    asks = move("measure", ["submitted"], "submitted", "counter", inputs=["storey_count"])
    procedure = with_moves(asks, facts=[*procedure_mapping()["facts"], storeys])
    facts = Desk(rules(procedure)).open().dossier.facts
    assert (0, 0, None) == (facts["extension_count"], facts["supplement_count"], facts.get("storey_count"))

"""Publishing: one person proposes, a second one puts in force, nothing is ever overwritten."""

from dataclasses import replace
from datetime import date

import pytest
from world import RESTARTING, Office, restarting

from motcua.services.ports import OlderVersion, VersionTaken
from motcua.services.publishing import InvalidPerson, ProposalNotFound, SamePerson, approve, propose
from states.procedure import Label, Procedure


def newer(version: str = "1.0.1") -> Procedure:
    """The first procedure with another name and version."""
    return replace(restarting(), version=version, name=Label("khác", "other"))


def test_a_proposal_is_not_in_force_until_a_second_person_approves() -> None:
    """New dossiers take the old version before, and the new one after."""
    office = Office()
    proposed = propose(office.house, newer(), b"yaml", "an")
    before = office.store.load(office.open()).dossier.cfg

    approved = approve(office.house, proposed.digest, "binh")

    assert (False, True) == (proposed.in_force, approved.in_force)
    assert before != proposed.digest == office.store.load(office.open()).dossier.cfg


def test_nobody_approves_their_own_proposal() -> None:
    """Four eyes: the same person is refused."""
    office = Office()
    proposed = propose(office.house, newer(), b"yaml", "an")

    with pytest.raises(SamePerson):
        approve(office.house, proposed.digest, "an")


def test_an_unknown_digest_cannot_be_approved() -> None:
    """There is no such proposal."""
    with pytest.raises(ProposalNotFound):
        approve(Office().house, "f" * 64, "binh")


def test_proposing_and_approving_again_changes_nothing() -> None:
    """The same content has the same digest, and one record for each step."""
    office = Office()
    proposed = propose(office.house, newer(), b"yaml", "an")
    approve(office.house, proposed.digest, "binh")
    records = len(office.store.records(f"procedure:{RESTARTING}"))

    again = propose(office.house, newer(), b"yaml", "chi")
    assert approve(office.house, proposed.digest, "binh").in_force

    assert (proposed.digest, True) == (again.digest, again.in_force)
    assert records == len(office.store.records(f"procedure:{RESTARTING}"))


def test_a_version_number_names_one_content() -> None:
    """Other content under the same number is refused, and so is a step back."""
    office = Office()
    propose(office.house, newer(), b"yaml", "an")

    with pytest.raises(VersionTaken):
        propose(office.house, replace(newer(), field=Label("x", "x")), b"yaml", "an")
    with pytest.raises(OlderVersion):
        propose(office.house, newer("0.9.0"), b"yaml", "an")


def test_a_version_that_begins_later_waits_for_its_day() -> None:
    """Until then the dossiers are opened under the old one."""
    office = Office()
    coming = replace(newer(), effective_from=date(2026, 3, 10))
    office.publish(coming)

    before = office.store.load(office.open()).dossier.cfg
    office.pass_time(days=8)

    assert before != office.store.load(office.open()).dossier.cfg


@pytest.mark.parametrize("same", [" designer", "Designer", "designer\n", "ｄesigner"])
def test_a_person_is_not_two_people_by_their_spelling(same: str) -> None:
    """A space, a capital or a wide letter makes no second person."""
    office = Office()
    proposal = propose(office.house, newer(), b"", "designer").digest
    with pytest.raises(SamePerson):
        approve(office.house, proposal, same)


def test_an_id_of_a_person_is_plain() -> None:
    """What no account is called is refused before anything is written."""
    with pytest.raises(InvalidPerson):
        propose(Office().house, newer(), b"", "đặng; --")

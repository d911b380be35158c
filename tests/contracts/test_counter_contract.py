"""What the counter asks of every store: what is in force, who is here already, which paper a record owes."""

from dataclasses import replace
from datetime import date

import pytest
from changes import DAY, after, dossier, draft, key, moving, notice, opening, record, value
from stores import KINDS, each_store

from motcua.services.ports import PublishedVersion, Store

store = pytest.fixture(params=KINDS, name="store")(each_store)


def test_the_newest_approved_version_of_a_day_is_in_force(store: Store) -> None:
    """One for each procedure, by code; a proposal, and a period that does not hold the day, count for nothing."""
    later = date(2027, 1, 1)
    versions = [
        ("1", "9.000002", "1.0.0", DAY, None),
        ("2", "9.000001", "1.0.0", DAY, later),
        ("3", "9.000001", "1.1.0", later, None),
        ("4", "9.000002", "1.1.0", DAY, None),
    ]
    for number, (digest, code, name, begins, ends) in enumerate(versions, 1):
        given = PublishedVersion(digest, code, name, "{}", b"", begins, ends, "an", after(number))
        store.propose(given, record("procedure:x", 2 * number - 1, "published"))
        if digest != "4":
            store.approve(digest, "binh", after(9), record("procedure:x", 2 * number, "published"))
        else:
            assert ["2", "1"] == store.in_force(DAY)

    assert (["3", "1"], []) == (store.in_force(later), store.in_force(date(2020, 1, 1)))


def test_open_dossiers_of_the_same_person_are_found(store: Store) -> None:
    """By the number of their paper, of one procedure, the newest code first, without those that ended."""
    same = replace(value(1, "applicant.id_number"), value='"001"')
    other, phone = replace(same, value='"002"'), replace(same, field="applicant.phone")
    store.write(
        [
            opening(1, values=(same,)),
            opening(2, values=(same, value(1, "applicant.name"))),
            opening(3, values=(other, phone)),
            opening(4, values=(same,), dossier=dossier(4, ended=True)),
            opening(5, values=(same,), dossier=dossier(5, procedure="9.000002")),
            opening(6, values=(replace(same, value="9" * 20_000),)),
        ]
    )

    def found(number: str, limit: int = 9) -> list[str]:
        return [stored.dossier.code[-1] for stored in store.open_of_person("9.000001", number, limit)]

    assert (["2", "1"], ["2"], ["3"], []) == (found("001"), found("001", 1), found("002"), found("%"))


def test_a_record_tells_which_papers_it_owes_drafted_or_not(store: Store) -> None:
    """Only messages of that record and dossier, and only those of kinds that owe a paper."""
    owing = replace(notice("m1", 1), template="receipt")
    store.write([opening(1, notices=(owing, notice("m2", 1))), opening(2)])
    store.write([moving(1, 2, papers=(draft(1, cause="m1"),))])

    assert ["m1"] == [owed.message for owed in store.papers_owed_by(key(1), 1)]
    assert [[], []] == [store.papers_owed_by(key(1), 2), store.papers_owed_by(key(2), 1)]

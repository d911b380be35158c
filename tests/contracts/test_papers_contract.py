"""The shelf of papers, the same in every kind of store: numbers without a gap, nothing written twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from changes import AGENCY, after, dossier, draft, key, moving, notice, opening, signature
from stores import KINDS, each_store, everything

from motcua.services.ports import AlreadyWritten, NumberTaken, OwedPaper, PaperRow, Store


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind."""
    yield from each_store(request)


def test_a_series_counts_from_one_in_each_year(store: Store) -> None:
    """The next number is one more than the last of the same agency, form and year."""
    store.write([opening(1, papers=(draft(1), draft(1, number=2)))])
    assert 3 == store.next_paper_number(AGENCY, "receipt", 2026)
    others = ((AGENCY, "receipt", 2027), (AGENCY, "refusal", 2026), ("H01.03", "receipt", 2026))
    assert [1, 1, 1] == [store.next_paper_number(*series) for series in others]


def test_a_paper_comes_back_as_it_was_drafted_and_signed(store: Store) -> None:
    """What a change brings is read again whole, in the order of drafting, a draft without a signature."""
    second = draft(1, form="apology", number=7, seq=2, cause="m:1:1")
    store.write([opening(1, papers=(draft(1),)), opening(2)])
    store.write([moving(1, 2, papers=(second,), signatures=(signature(1),))])
    assert [PaperRow(draft(1), signature(1)), PaperRow(second, None)] == store.papers(key(1))
    assert [] == store.papers(key(2))


@pytest.mark.parametrize("other", [{}, {"number": 2, "cause": "m:1:1"}])
def test_a_number_and_a_cause_are_taken_once(store: Store, other: dict[str, object]) -> None:
    """Another dossier that takes the same number, or the same cause, is refused whole."""
    store.write([opening(1, papers=(draft(1, cause="m:1:1"),))])
    before = everything(store)
    with pytest.raises(NumberTaken):
        store.write([opening(2, papers=(draft(2, **other),))])
    assert before == everything(store)
    assert [] == store.papers(key(2))


def test_a_paper_is_signed_once(store: Store) -> None:
    """A second signature under one number is refused whole."""
    store.write([opening(1, papers=(draft(1),))])
    store.write([moving(1, 2, signatures=(signature(1),))])
    with pytest.raises(AlreadyWritten):
        store.write([moving(1, 3, signatures=(signature(1, seq=3, officer="binh"),))])
    assert [PaperRow(draft(1), signature(1))] == store.papers(key(1))


def test_what_owes_a_paper_is_found_until_somebody_drafts_it(store: Store) -> None:
    """Only messages of kinds that owe a paper, from an instant on, oldest first, without those drafted."""
    owing = [replace(notice(f"m{n}", 1, n), template="receipt") for n in (1, 2, 3)]
    store.write([opening(1, notices=(*owing, notice("other", 1, 4)))])
    code = dossier(1).code
    expected = [OwedPaper(f"m{n}", code, "receipt", after(n)) for n in (2, 3)]
    assert expected == store.papers_owed(after(2), 10, 0, {})
    assert [expected[:1], expected[1:]] == [store.papers_owed(after(2), 1, skip, {}) for skip in (0, 1)]
    store.write([moving(1, 2, papers=(draft(1, cause="m2"),))])
    assert expected[1:] == store.papers_owed(after(2), 10, 0, {})


def test_a_form_that_is_issued_once_is_owed_no_more_once_a_dossier_has_it(store: Store) -> None:
    """Whatever drafted it; other templates and other dossiers still owe theirs."""
    owing = [replace(notice(f"m{n}", n, n), template="apology") for n in (1, 2)]
    other = replace(notice("r", 1, 3), template="receipt")
    store.write([opening(1, notices=(owing[0], other)), opening(2, notices=(owing[1],))])
    once = {"apology": "letter", "apology_draft": "letter"}
    assert ["m1", "m2", "r"] == [owed.message for owed in store.papers_owed(after(0), 10, 0, once)]
    store.write([moving(1, 2, papers=(draft(1, form="letter"),))])
    assert ["m2", "r"] == [owed.message for owed in store.papers_owed(after(0), 10, 0, once)]
    assert ["m1", "m2", "r"] == [owed.message for owed in store.papers_owed(after(0), 10, 0, {})]


def test_a_year_of_an_agency_is_walked_in_the_order_of_its_numbers(store: Store) -> None:
    """Dossiers of other agencies and other years are left out."""
    elsewhere = opening(4, agency="H01.03")
    store.write([opening(2), opening(1), opening(3, day=date(2027, 1, 4)), elsewhere])
    assert [dossier(1).code, dossier(2).code] == [s.dossier.code for s in store.received_in(AGENCY, 2026)]

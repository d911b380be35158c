"""What citizens say of a service: when they may, how often, and what it adds up to."""

from datetime import timedelta

import pytest
from world import LEAD, START, Office, actor_of

from audit.verify import Level
from motcua.services.auditing import verify_store
from motcua.services.ports import RatedAlready, Rating, Stored
from motcua.services.ratings import (
    BALLOT,
    FEW,
    ONLINE,
    CommentTooLong,
    Judgement,
    NoScore,
    NotFinished,
    Satisfaction,
    UnknownDevice,
    device_agency,
    device_code,
    rate,
    rate_at_counter,
    ratings_of,
    satisfaction,
)

A_DAY = timedelta(days=1)


def finished(office: Office) -> Stored:
    """A dossier that its applicant withdrew."""
    return office.send(office.accepted(), "withdraw", None)


def online(office: Office, score: int = 5, comment: str = "") -> Rating:
    """Rate another finished dossier."""
    return rate(office.house, finished(office), ONLINE, Judgement(score, comment))


def test_only_what_has_a_result_is_rated() -> None:
    """While the agencies work there is nothing to judge."""
    office = Office()
    stored = office.store.load(office.accepted())

    with pytest.raises(NotFinished):
        rate(office.house, stored, ONLINE, Judgement(5))
    assert [] == ratings_of(office.house, stored)


def test_each_way_counts_once_and_the_first_rating_stays() -> None:
    """A later one replaces nothing; a paper ballot is another voice, and says who typed it in."""
    office = Office()
    stored = finished(office)
    rate(office.house, stored, ONLINE, Judgement(2, "Chậm"))
    with pytest.raises(RatedAlready):
        rate(office.house, stored, ONLINE, Judgement(5))
    rate(office.house, stored, BALLOT, Judgement(4, officer="counter"))

    assert [("online", 2, None), ("ballot", 4, "counter")] == [
        (found.way, found.score, found.officer) for found in ratings_of(office.house, stored)
    ]


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_of_five(score: int) -> None:
    """Anything else is refused before it is stored."""
    with pytest.raises(NoScore):
        online(Office(), score)


def test_what_people_wrote_is_kept_apart_from_the_record() -> None:
    """The record holds a commitment; too long a text is refused."""
    office = Office()
    given = online(office, 1, "Cán bộ tên Hoa rất chậm")

    [row] = office.store.records(f"registry:{LEAD}")
    assert ("Cán bộ tên Hoa rất chậm", False) == (
        given.comment and given.comment.value,
        "Hoa" in row.raw,
    )
    with pytest.raises(CommentTooLong):
        online(office, 1, "x" * 2001)


def test_the_trail_with_ratings_is_sound() -> None:
    """Their records hang in the chain of the agency."""
    office = Office()
    for score in (1, 5):
        online(office, score)

    assert () == verify_store(office.house, Level.LEGAL).findings


def test_a_device_is_known_by_its_code_and_a_touch_counts_once() -> None:
    """A second send of the same page is the same touch; another counter's code opens nothing."""
    office = Office()
    code = device_code(office.house, LEAD, 2)
    rate_at_counter(office.house, LEAD, 2, code, "page-1", 5)
    with pytest.raises(RatedAlready):
        rate_at_counter(office.house, LEAD, 2, code, "page-1", 5)
    rate_at_counter(office.house, LEAD, 2, code.lower(), "page-2", 4)

    assert ("Xã", 2) == (device_agency(office.house, LEAD, 2, code), _all(office).total.count)
    for agency, counter in ((LEAD, 3), ("H99.77", 2)):
        with pytest.raises(UnknownDevice):
            rate_at_counter(office.house, agency, counter, code, "page-3", 5)


def _all(office: Office) -> Satisfaction:
    return satisfaction(office.house, START - A_DAY, START + A_DAY)


def test_few_ratings_have_no_average() -> None:
    """Below ten only their number is told; from ten on the mean and the share of those content."""
    office = Office()
    for _ in range(FEW - 1):
        online(office, 5)
    few = _all(office).agencies[LEAD]
    assert (FEW - 1, None, None) == (few.count, few.average, few.content)

    online(office, 3)
    enough = _all(office).agencies[LEAD]
    assert (10, 4.8, 0.9) == (enough.count, enough.average, enough.content)


def test_figures_are_parted_by_agency_procedure_and_way() -> None:
    """What a device was told belongs to no procedure; an agency that was not asked for is left out."""
    office = Office()
    online(office, 5)
    rate_at_counter(office.house, LEAD, 1, device_code(office.house, LEAD, 1), "p", 1)
    sums = _all(office)

    assert {(LEAD, "9.000001"): 1, (LEAD, None): 1} == {
        which: tally.count for which, tally in sums.procedures.items()
    }
    assert {"online": 1, "device": 1} == {way: tally.count for way, tally in sums.ways.items()}
    elsewhere = satisfaction(office.house, START - A_DAY, START + A_DAY, ["H99.02"])
    assert (0, {}) == (elsewhere.total.count, elsewhere.agencies)


def test_who_typed_a_ballot_in_stands_in_the_record() -> None:
    """As the one who acted."""
    office = Office()
    person = actor_of("counter").person
    rate(office.house, finished(office), BALLOT, Judgement(3, officer=person))

    assert f'"actor":"{person}"' in office.store.records(f"registry:{LEAD}")[0].raw

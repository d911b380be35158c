"""A change of the registry gives a directory in which every former day is as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from merging import DAY, MERGED, OTHER, merger, provincial
from world import FIRE, LEAD, PAUSING, PROVINCE, RESTARTING, restarting

from states.agency import Agency, Binding, Heir, Naming
from states.directory import AgencyClosed, AgencyNotOpen, CompetenceMoved, Directory
from states.opening import bind_parties
from states.reorganisation import ChangeKind, InvalidChange, RegistryChange, Seat, Share, reorganised

EVE = DAY - timedelta(days=1)
NEW = Agency("H99.05", "Đội chữa cháy", "fire_police", "province", PROVINCE, "vn-gov")


def made(change: RegistryChange, before: Directory | None = None) -> Directory:
    """The usual directory after a change."""
    return reorganised(before or provincial(), change, "d" * 64)


def split() -> RegistryChange:
    """The first commune ends; one procedure goes to the second one, the rest to a new one."""
    shares = (Share(OTHER, (PAUSING,)), Share(MERGED))
    return merger(kind=ChangeKind.SPLIT, agencies=(LEAD,), heirs=shares)


def transfer() -> RegistryChange:
    """One procedure of the first commune goes to the second; both stay open."""
    share = (Share(OTHER, (PAUSING,)),)
    return RegistryChange(ChangeKind.TRANSFER, DAY, "1/QĐ", (LEAD,), share)


def rename() -> RegistryChange:
    """The first commune gets another name."""
    return RegistryChange(ChangeKind.RENAME, DAY, "1/NQ", (LEAD,), name="Phường")


def test_a_merged_agency_is_answered_for_by_its_heir_from_the_day_on() -> None:
    """The day before, nothing has changed; the new one is not open yet."""
    directory = made(merger())
    assert [LEAD, MERGED] == [directory.seat(LEAD, day) for day in (EVE, DAY)]
    assert [False, True] == [directory.get(MERGED).open_on(day) for day in (EVE, DAY)]


def test_posts_end_with_the_agency_and_go_on_with_the_heir() -> None:
    """Officers of both communes are there; the head of the other one has no seat any more."""
    directory = made(merger())
    assert ("officer", "colleague", "officer.2") == directory.holders(MERGED, "officer", DAY)
    assert (("head",), ("head",), ()) == (
        directory.holders(MERGED, "head", DAY),
        directory.holders(LEAD, "head", EVE),
        directory.holders(LEAD, "head", DAY),
    )
    assert ((), ("head.2",)) == tuple(
        tuple(post.position and post.officer for post in directory.posts_of("head.2", day))
        for day in (DAY, EVE)
    )


def test_a_split_goes_by_procedure_and_else_to_who_takes_the_rest() -> None:
    """Each procedure has one heir."""
    directory = made(split())
    assert (OTHER, MERGED) == tuple(directory.seat(LEAD, DAY, code) for code in (PAUSING, RESTARTING))


def test_a_transfer_moves_one_procedure_and_leaves_both_open() -> None:
    """New dossiers of it are refused at the former agency, which is told with the new one."""
    directory = made(transfer())
    assert (OTHER, LEAD) == tuple(directory.seat(LEAD, DAY, code) for code in (PAUSING, RESTARTING))
    with pytest.raises(CompetenceMoved, match=OTHER):
        directory.competent(LEAD, DAY, PAUSING)


def test_competence_that_comes_back_stays_back() -> None:
    """There and back again leads home, and the line of heirs never runs in a circle."""
    there = made(transfer())
    back = replace(
        transfer(), agencies=(OTHER,), heirs=(Share(LEAD, (PAUSING,)),), effective=DAY + timedelta(days=9)
    )
    directory = reorganised(there, back, "e" * 64)
    days = (EVE, DAY, DAY + timedelta(days=9))
    assert [LEAD, OTHER, LEAD] == [directory.seat(LEAD, day, PAUSING) for day in days]


def test_an_old_name_stays_for_old_days() -> None:
    """The name changes on the day, that day included."""
    directory = made(rename())
    assert ["Xã", "Phường"] == [directory.name_of(LEAD, day) for day in (EVE, DAY)]
    assert "H00" == directory.name_of("H00", DAY)


def test_agencies_below_go_with_whoever_took_over() -> None:
    """The parent of what stays open is who took over."""
    below = Agency("H99.01.01", "Đội", "unit", "commune", LEAD, "vn-gov")
    assert MERGED == made(merger(), provincial(below)).get("H99.01.01").parent


def test_a_change_is_in_a_directory_once() -> None:
    """Adopting it again gives the very same directory."""
    directory = made(merger())
    assert directory == reorganised(directory, merger(), "d" * 64)


@given(
    st.sampled_from([merger(), split(), transfer(), rename()]), st.dates(date(2025, 12, 1), date(2026, 12, 1))
)
def test_former_days_are_as_they_were(change: RegistryChange, day: date) -> None:
    """Before the day of the change holders, names and who answers for whom are those of the old directory."""
    old, new = provincial(), made(change)
    for agency in old.agencies:
        told = [
            (d.name_of(agency.code, day), d.seat(agency.code, day, PAUSING), d.get(agency.code).open_on(day),
             *(d.holders(agency.code, position, day) for position in ("officer", "head")))
            for d in (old, new)
        ]  # fmt: skip
        assert day >= change.effective or told[0] == told[1]
        assert new.get(new.seat(agency.code, day, PAUSING)).open_on(day) or day < change.effective


FIRE_TO_NEW = merger(
    agencies=(FIRE,), heirs=(Share(NEW.code),), new=(NEW,), seats=(Seat("firefighter", NEW.code, "head"),)
)


def test_parties_of_a_procedure_find_who_took_over() -> None:
    """The procedure is untouched: its party of the old agency's kind is bound to the heir."""
    directory = made(FIRE_TO_NEW)
    bound = [bind_parties(restarting(), directory, LEAD, day=day)["fire"] for day in (EVE, DAY)]
    assert [FIRE, NEW.code] == bound


def test_a_closed_or_future_agency_takes_in_nothing() -> None:
    """The error names the successor, or the day on which it opens, in both languages."""
    directory = made(merger())
    with pytest.raises(AgencyClosed) as closed:
        bind_parties(restarting(), directory, LEAD, day=DAY)
    with pytest.raises(AgencyNotOpen, match=str(DAY)):
        bind_parties(restarting(), directory, MERGED, day=EVE)
    assert all(f"Xã Mới ({MERGED})" in closed.value.message(language) for language in ("vi", "en"))


def test_a_binding_finds_the_agency_that_the_procedure_cannot() -> None:
    """With two fire brigades, the table says which serves whom, on its days; the later table counts."""
    tables = (
        Binding("fire_police", {LEAD: FIRE, OTHER: NEW.code}, date.min),
        Binding("fire_police", {LEAD: NEW.code}, DAY),
    )
    directory = replace(provincial(NEW), bindings=tables)
    bound = [bind_parties(restarting(), directory, LEAD, day=day)["fire"] for day in (EVE, DAY)]
    assert [FIRE, NEW.code] == bound


def test_a_merge_of_agencies_served_by_two_needs_a_table() -> None:
    """Where both were served by the same one, that one serves the heir."""
    apart = replace(
        provincial(NEW), bindings=(Binding("fire_police", {LEAD: FIRE, OTHER: NEW.code}, date.min),)
    )
    alike = replace(apart, bindings=(Binding("fire_police", {LEAD: FIRE, OTHER: FIRE}, date.min),))
    said = merger(bindings=(Binding("fire_police", {MERGED: NEW.code}, date.min),))
    with pytest.raises(InvalidChange, match="bindings"):
        made(merger(), apart)
    found = [
        made(change, before).serving("fire_police", RESTARTING, MERGED, DAY)
        for change, before in ((merger(), alike), (said, apart))
    ]
    assert [FIRE, NEW.code] == found


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (merger(agencies=(LEAD, "H98")), "H98 is not open"),
        (merger(new=(replace(NEW, code=FIRE), *merger().new)), "taken"),
        (merger(heirs=(Share(MERGED, (PAUSING,)),)), "merge"),
        (merger(heirs=(Share(MERGED), Share(MERGED))), "twice"),
        (merger(seats=()), "nobody at its head"),
        (merger(agencies=(PROVINCE,)), "topmost"),
        (replace(split(), heirs=(Share(OTHER, (PAUSING,)), Share(MERGED, (RESTARTING,)))), "split"),
        (replace(transfer(), heirs=(Share(LEAD, (PAUSING,)),)), "transfer"),
        (replace(rename(), name=""), "rename"),
    ],
)
def test_a_change_that_does_not_fit_is_refused_with_its_reason(change: RegistryChange, reason: str) -> None:
    """Nothing is made of it, and the reason is told in both languages."""
    with pytest.raises(InvalidChange, match=reason) as refused:
        made(change)
    assert "{" not in refused.value.message("vi")


def test_stored_directories_of_before_still_read() -> None:
    """What an agency may say besides has defaults: open since ever, one name, no heirs."""
    agency = provincial().get(LEAD)
    assert (date.min, None, (), ()) == (agency.since, agency.until, agency.successors, agency.names)
    assert (Heir(MERGED, DAY), (Naming("Xã", DAY),)) == (
        made(merger()).get(LEAD).heir(date.min, DAY, None), made(rename()).get(LEAD).names
    )  # fmt: skip

"""Who holds which post on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import FIRE, LEAD, PROVINCE, directory

from states.directory import AgencyNotFound, Directory, Post

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
POSTS = st.builds(
    Post,
    st.sampled_from(["an", "binh", "chi"]),
    st.sampled_from([LEAD, FIRE]),
    st.sampled_from(["officer", "head"]),
    DAYS,
    st.one_of(st.none(), DAYS),
)


def test_a_post_lasts_from_its_first_day_until_before_its_last() -> None:
    """The first day counts, the day it ends does not."""
    post = Post("an", LEAD, "clerk", date(2026, 3, 2), date(2026, 3, 5))
    people = Directory(directory().agencies, (post,))
    held = [
        date(2026, 3, day) for day in range(1, 7) if people.holds("an", LEAD, "clerk", date(2026, 3, day))
    ]
    assert [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)] == held


def test_holders_stand_in_the_order_of_the_registry() -> None:
    """Not by name: the registry says who comes first."""
    assert ("officer", "colleague") == directory().holders(LEAD, "officer", date(2026, 3, 2))


def test_an_unknown_seat_is_vacant_and_an_unknown_agency_is_an_error() -> None:
    """Nobody holds what does not exist; asking for the agency itself says so."""
    assert () == directory().holders("H00", "officer", date(2026, 3, 2))
    assert () == directory().of_kind("navy")
    with pytest.raises(AgencyNotFound):
        directory().get("H00")


def test_the_province_is_the_agency_without_a_parent() -> None:
    """The last escalation ends there."""
    assert PROVINCE == directory().province


@given(st.lists(POSTS, max_size=8), DAYS)
def test_posts_and_holders_are_two_views_of_the_same(posts: list[Post], day: date) -> None:
    """Somebody holds a seat on a day exactly if it is among their posts of that day."""
    people = Directory(directory().agencies, tuple(posts))
    by_officer = {
        (p.officer, p.agency, p.position)
        for name in ("an", "binh", "chi")
        for p in people.posts_of(name, day)
    }
    by_seat = {
        (officer, agency, position)
        for agency in (LEAD, FIRE)
        for position in ("officer", "head")
        for officer in people.holders(agency, position, day)
    }
    assert by_seat == by_officer


@given(POSTS, DAYS)
def test_a_post_that_ended_does_not_come_back(post: Post, day: date) -> None:
    """From its end on, it is held on no later day."""
    people = Directory(directory().agencies, (post,))
    if post.until is not None and post.until <= day:
        later = (people.posts_of(post.officer, day + timedelta(days=n)) for n in range(3))
        assert [(), (), ()] == list(later)

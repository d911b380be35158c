"""Who may act: by position and agency on the day, by the task in hand, and apart from other roles."""

from dataclasses import replace
from datetime import date

import pytest
from builders import move
from desk import Desk, accepted, checking, rules, seated, signing, with_moves, with_roles
from office_time import at
from world import FIRE, LEAD, SEATS, Office, actor_of, directory

from motcua.services.transitions import Particulars, send
from states.commands import APPLICANT_ACTOR, SYSTEM_ACTOR, Actor
from states.directory import Directory, Post
from states.errors import NotAuthorised

STOP = move("stop", ["handling"], "stopped", "officer", "leader")


def held(officer: str, since: date, until: date | None) -> Directory:
    """The usual directory, in which one officer's post begins and ends on other days."""
    usual = directory()
    posts = (replace(p, since=since, until=until) if p.officer == officer else p for p in usual.posts)
    return replace(usual, posts=tuple(posts))


@pytest.mark.parametrize("name", [name for name, _, _ in SEATS if name != "counter"])
def test_only_the_position_of_the_role_may_act(name: str) -> None:
    """An officer in any other position is refused, and nothing happens."""
    desk = Desk().open()
    with pytest.raises(NotAuthorised) as refusal:
        desk.fire("accept", name)
    assert ("accept", name, "counter") == tuple(refusal.value.facts[k] for k in ("action", "actor", "roles"))


def test_the_same_position_in_another_agency_is_another_seat() -> None:
    """An officer of the fire police does not appraise for the committee, and the other way round."""
    for transition, officer in (("appraise", "firefighter"), ("answer", "officer")):
        desk = accepted() if transition == "appraise" else checking()
        with pytest.raises(NotAuthorised):
            desk.fire(transition, officer)


def test_who_speaks_for_another_seat_does_not_act_by_their_own() -> None:
    """The agency and position that an actor names must be those of the role, even if they hold it too."""
    for seat in ((FIRE, "officer"), (LEAD, "unit_head")):
        with pytest.raises(NotAuthorised):
            accepted().fire("appraise", Actor("officer", "officer", *seat))
    assert ("signing",) == signing().dossier.states


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        (date(2026, 3, 2), date(2026, 3, 3), True),
        (date(2026, 1, 1), date(2026, 3, 2), False),
        (date(2026, 3, 3), None, False),
    ],
)
def test_a_post_counts_from_its_first_day_until_the_day_it_ends(
    since: date, until: date | None, allowed: bool
) -> None:
    """A post that ends today is over, one that starts tomorrow has not begun; its local day decides."""
    desk = Desk(rules(people=held("counter", since, until))).open()
    if allowed:
        assert ("appraising",) == desk.fire("accept", "counter").dossier.states
    else:
        with pytest.raises(NotAuthorised):
            desk.fire("accept", "counter")


@pytest.mark.parametrize(
    ("actor", "transition"),
    [
        (Actor("officer"), "appraise"),
        (Actor("officer", None, LEAD, "officer"), "appraise"),
        (APPLICANT_ACTOR, "appraise"),
        (SYSTEM_ACTOR, "appraise"),
        (SYSTEM_ACTOR, "withdraw"),
        (actor_of("officer"), "withdraw"),
    ],
)
def test_nobody_passes_for_what_they_are_not(actor: Actor, transition: str) -> None:
    """A nameless officer, the applicant and the system get no officer's role, not even one named `officer`."""
    with pytest.raises(NotAuthorised):
        accepted().fire(transition, actor)


def test_a_clock_s_own_transition_is_for_nobody() -> None:
    """An officer cannot let a dossier lapse."""
    desk = accepted().fire("ask_more", "officer")
    with pytest.raises(NotAuthorised):
        desk.fire("lapse", "officer")


def test_a_task_in_another_hand_is_not_taken_over() -> None:
    """A colleague in the same position cannot act over the head of the one who has the task."""
    desk = accepted().claim("colleague")
    with pytest.raises(NotAuthorised) as refusal:
        desk.fire("appraise", "officer")
    assert 'colleague has the task "appraising"' == refusal.value.facts["reason"]
    assert "site" not in desk.fire("appraise", "colleague").dossier.states


def test_only_tasks_in_the_acting_role_bind() -> None:
    """A leader stops a dossier whose officer holds the task, and the task is done."""
    desk = accepted(rules(with_moves(STOP))).claim("officer").fire("stop", "head")
    assert ("stopped",) == desk.dossier.states
    assert () == desk.dossier.tasks


def test_where_the_head_assigns_nobody_helps_themselves() -> None:
    """A task of such a role can be neither claimed nor done before it was assigned."""
    desk = accepted(rules(with_roles(officer="head_assigns")))
    with pytest.raises(NotAuthorised) as refusal:
        desk.claim("officer")
    assert "head, unit_head" == refusal.value.facts["roles"]
    with pytest.raises(NotAuthorised):
        desk.fire("appraise", "officer")
    assert "visiting|asking" == desk.reassign("officer").fire("appraise", "officer").dossier.configuration


def test_a_task_in_hand_stands_for_the_position() -> None:
    """Whom a rung gave the task may do it, though the seat is another."""
    desk = accepted().until("2026-03-04T10:00")
    desk.sweep()
    assert "unit_head" == desk.dossier.tasks[0].assignee
    assert "visiting|asking" == desk.fire("appraise", "unit_head").dossier.configuration


def test_a_task_in_hand_is_nothing_to_somebody_who_left() -> None:
    """An officer without any post cannot act, though a task still lies in their hand."""
    desk = accepted().claim("colleague")
    desk.world = rules(people=held("colleague", date(2026, 1, 1), date(2026, 3, 2)))
    with pytest.raises(NotAuthorised):
        desk.fire("appraise", "colleague")
    assert "officer" == desk.reassign("officer").dossier.tasks[0].assignee


def test_separated_roles_are_judged_on_the_whole_history() -> None:
    """Who once acted as officer cannot decide as leader, however many acted as officer after them."""
    people = seated(("colleague", LEAD, "head"))
    desk = accepted(rules(people=people)).fire("appraise", "colleague")
    desk.fire("visit", "officer").fire("answer", "firefighter")
    with pytest.raises(NotAuthorised) as refusal:
        desk.fire("decide", Actor("officer", "colleague", LEAD, "head"))
    assert "they already acted as officer" == refusal.value.facts["reason"]
    assert ("result_ready",) == desk.fire("decide", "head").dossier.states


def test_who_may_act_in_two_roles_uses_the_one_not_barred() -> None:
    """A role that separation forbids does not stop somebody who holds another one that is asked for."""
    either = move("hand_over", ["result_ready"], "closed", "officer", "counter")
    people = seated(("head", LEAD, "officer"), ("head", LEAD, "one_stop_officer"))
    desk = signing(rules(with_moves(either), people)).fire("decide", "head")
    desk.fire("hand_over", Actor("officer", "head", LEAD))
    assert {"counter": "head"}.items() <= desk.dossier.officers.items()


def test_handing_out_work_is_for_those_who_answer_for_it() -> None:
    """Officers, heads of other agencies and people without a post cannot reassign a task."""
    people = seated(("firefighter", FIRE, "head"))
    for by in ("officer", "firefighter", "counter", "chairman"):
        with pytest.raises(NotAuthorised):
            accepted(rules(people=people)).reassign("colleague", by=by)


def test_authority_is_judged_before_anything_else() -> None:
    """Somebody without the role is told so, not what the dossier lacks."""
    office = Office()
    code = office.open()
    with pytest.raises(NotAuthorised):
        send(office.house, code, "accept", actor_of("firefighter"), None, Particulars())


def test_the_day_is_local() -> None:
    """A post that begins on 3 March counts from midnight in Vietnam, not in London."""
    post = Post("night", LEAD, "one_stop_officer", date(2026, 3, 3), None)
    people = replace(directory(), posts=(*directory().posts, post))
    desk = Desk(rules(people=people), at("2026-03-02T23:59")).open()
    with pytest.raises(NotAuthorised):
        desk.fire("accept", Actor("officer", "night"))
    assert ("appraising",) == desk.until("2026-03-03T00:00").fire(
        "accept", Actor("officer", "night")
    ).dossier.states

"""Firing a transition: allowed, complete, guards true, then one look-up in the table."""

from collections.abc import Iterable
from datetime import datetime

from states import called
from states.asking import consultations_moved
from states.authority import free_for, role_of
from states.clockwork import Move, clock_events
from states.commands import SYSTEM_ACTOR, FireTransition
from states.dossier import Dossier, Passage, evolve, fold
from states.errors import TransitionRefused
from states.events import Event, Facts, TransitionFired
from states.gathering import complete, gathering, given_back_to_somebody, open_children, owing, recalling
from states.offering import handed_over, held_by, offer_events, withdrawn
from states.opening import check_documents, check_facts, docs_complete, invalid, public_status
from states.procedure import Entry, Procedure, State, StateKind, Transition
from states.sendable import sendable_transitions
from states.speaking import not_elsewhere
from states.tasking import done, tasks_for
from states.world import World


def fire(
    world: World,
    dossier: Dossier,
    command: FireTransition,
    now: datetime,
    due_at: datetime | None = None,
    returned: Passage | None = None,
) -> tuple[Event, ...]:
    """Decide one transition.

    `due_at` is given when a clock ran out and the system fires it, `returned` when a handoff is given back by it.

    Raises:
        TransitionRefused: Not enabled here, a guard false, its facts or its reason missing, or too often.
        NotAuthorised: The actor may not.
        InvalidFacts: Undeclared facts or papers.
        DomainError: A handoff forbids it (`states.offering`).
    """
    transition = _enabled(world, dossier, command.transition)
    day = world.calendar.local_date(now)
    by = role_of(world, dossier, command.actor, transition.by, transition.id, day)
    given = _given(world, dossier, transition, command)
    alternative = _chosen(world, dossier, transition, {**dossier.facts, **given})
    entry = world.procedure.table[dossier.configuration][f"{transition.id}#{alternative}"]
    given_back_to_somebody(dossier, transition.id, _outcome(world.procedure, entry))
    not_elsewhere(world, dossier, entry.exited, command.actor, transition.id)
    _tasks_free(world, dossier, command, entry, by)
    offers: tuple[Passage, ...] = ()
    if world.procedure.hands_over:
        offers = handed_over(world, dossier, entry, transition, by, returned, day)
    fired = _fired(world, dossier, command, transition, (alternative, by, given), entry, offers, now, due_at)
    events = (fired, *_consequences(world, dossier, fired, command, offers, now))
    if world.procedure.hands_over:
        events += held_by(world, dossier, events, now)
    return (*events, *_of_components(world, dossier, events, transition, now))


def check_hands(world: World, dossier: Dossier, command: FireTransition, now: datetime) -> None:
    """Check that a transition is the actor's to send, whatever facts are still to come with it.

    Raises:
        TransitionRefused: It is not enabled here.
        NotAuthorised: The actor may not, or somebody else has a task that ends with it in any case.
    """
    transition = _enabled(world, dossier, command.transition)
    day = world.calendar.local_date(now)
    by = role_of(world, dossier, command.actor, transition.by, transition.id, day)
    row = world.procedure.table[dossier.configuration]
    ways = [row[f"{transition.id}#{number}"].exited for number in range(len(transition.alternatives))]
    left = frozenset(ways[0]).intersection(*ways)
    own = [task for task in dossier.tasks if task.state in left and task.role == by]
    free_for(world, dossier, command.actor, own, transition.id)


def _fired(
    world: World,
    dossier: Dossier,
    command: FireTransition,
    transition: Transition,
    chosen: tuple[int, str, Facts],
    entry: Entry,
    offers: tuple[Passage, ...],
    now: datetime,
    due_at: datetime | None,
) -> TransitionFired:
    """Say what happened; *chosen* is the alternative, the role used, and the facts given."""
    suspended, lifted = _suspension(world, dossier, transition, entry, offers)
    return TransitionFired(
        transition=transition.id,
        alternative=chosen[0],
        source=dossier.states,
        target=entry.to,
        exited=entry.exited,
        entered=entry.entered,
        public=public_status(world.procedure, entry.to),
        by=chosen[1],
        officer=command.actor.person,
        facts=chosen[2],
        documents=tuple(dict.fromkeys(command.documents)),
        emits=transition.emits,
        outcome=_outcome(world.procedure, entry),
        ended=_ends(world, dossier, transition, entry),
        suspended=suspended,
        lifted=lifted,
        at=now,
        due_at=due_at,
    )


def _tasks_free(world: World, dossier: Dossier, command: FireTransition, entry: Entry, by: str) -> None:
    """Check that the tasks that end with the move are not in somebody else's hand."""
    own = [task for task in dossier.tasks if task.state in entry.exited and task.role == by]
    free_for(world, dossier, command.actor, own, command.transition)


def _of_components(
    world: World, dossier: Dossier, events: tuple[Event, ...], transition: Transition, now: datetime
) -> tuple[Event, ...]:
    if not world.procedure.components:
        return ()
    after = fold(dossier, events, by_person=False)
    recalled = recalling(world.procedure, after, now) if transition.recalls else ()
    return (*recalled, *gathered(world, fold(after, recalled, by_person=False), now))


def gathered(world: World, dossier: Dossier, now: datetime) -> tuple[Event, ...]:
    """Return what a group that gathers its components does now: it owes those whose turn it is, and goes on after all.

    Raises:
        InvalidFacts, AgencyNotFound: A component cannot be addressed.
        TransitionRefused: The group cannot go on.
    """
    state = gathering(world.procedure, dossier)
    if state is None:
        return ()
    owed = owing(world, dossier, now)
    after = fold(dossier, owed, by_person=False)
    if not complete(world.procedure, after, state):
        return owed
    return (*owed, *fire(world, after, FireTransition(str(state.gathers), SYSTEM_ACTOR, after.version), now))


def _consequences(
    world: World,
    dossier: Dossier,
    fired: TransitionFired,
    command: FireTransition,
    offers: tuple[Passage, ...],
    now: datetime,
) -> Iterable[Event]:
    """A state that is only offered gets no task and no step clock yet."""
    away = tuple(offer.state for offer in offers)
    move = Move(
        fired.transition, fired.exited, fired.entered, fired.ended, fired.suspended, fired.lifted, away
    )
    there = tuple(state for state in fired.entered if state not in away) if away else fired.entered
    return (
        *done(dossier, fired.exited, fired.officer, now),
        *(withdrawn(dossier, fired.exited, fired.transition, now) if dossier.handoffs else ()),
        *clock_events(world, dossier, move, now),
        *(offer_events(world, dossier, offers, fired.officer, now) if offers else ()),
        *tasks_for(world, dossier, there, command.assignees, now),
        *_consultations(world, dossier, fired, now),
    )


def _consultations(world: World, dossier: Dossier, fired: TransitionFired, now: datetime) -> Iterable[Event]:
    if not world.procedure.consultations:
        return ()
    return consultations_moved(world, evolve(dossier, fired), fired.exited, fired.entered, now)


def _ends(world: World, dossier: Dossier, transition: Transition, entry: Entry) -> bool:
    """Tell whether the dossier ends; it cannot while a component of it is open."""
    state = world.procedure.state[entry.to[0]]
    if state.kind is not StateKind.FINAL or state.parent is not None:
        return False
    if still := ", ".join(open_children(dossier)):
        reason = f"components are still open: {still}; have them end first"
        reason_vi = f"còn hồ sơ thành phần chưa kết thúc: {still}; phải kết thúc các hồ sơ này trước"
        raise refused(world, dossier, transition.id, reason, reason_vi)
    return True


def entered_by(world: World, dossier: Dossier, command: FireTransition) -> tuple[str, ...]:
    """Return the leaves the command would enter, so that a service can choose officers for them beforehand.

    Raises:
        TransitionRefused: As `fire`.
    """
    transition = _enabled(world, dossier, command.transition)
    given = _given(world, dossier, transition, command)
    alternative = _chosen(world, dossier, transition, {**dossier.facts, **given})
    return world.procedure.table[dossier.configuration][f"{transition.id}#{alternative}"].entered


def _enabled(world: World, dossier: Dossier, name: str) -> Transition:
    if name not in world.procedure.transition:
        raise refused(world, dossier, name, "there is no such transition", "không có bước chuyển này")
    if dossier.ended:
        raise refused(world, dossier, name, "the dossier has ended", "hồ sơ đã kết thúc")
    if f"{name}#0" not in world.procedure.table[dossier.configuration]:
        where = ", ".join(dossier.states)
        raise refused(world, dossier, name, f"not from {where}", f"không thực hiện được từ {where}")
    return world.procedure.transition[name]


def _given(world: World, dossier: Dossier, transition: Transition, command: FireTransition) -> Facts:
    """Check what came with the command, and return the facts it changes, completeness of papers included."""
    procedure = world.procedure
    check_facts(procedure, command.facts)
    check_documents(procedure, command.documents)
    for name in command.facts:
        if name not in transition.inputs:
            raise invalid(
                procedure, f"fact {name}", f"is not asked by {transition.id}", "không thuộc bước này"
            )
    for name in transition.inputs:
        if name not in command.facts:
            raise refused(world, dossier, transition.id, f"{name} is missing", f"thiếu {name}")
    if transition.reason and not command.reasoned:
        raise refused(world, dossier, transition.id, "a reason is required", "phải nêu lý do")
    if not command.documents and not command.facts:
        return {}
    facts = {**dossier.facts, **command.facts}
    documents = (*dossier.documents, *command.documents)
    return {**command.facts, "docs_complete": docs_complete(procedure, facts, documents)}


def _chosen(world: World, dossier: Dossier, transition: Transition, facts: Facts) -> int:
    """Judge the guard, then take the first alternative whose condition holds; the last has none."""
    guards = world.procedure.guards
    if transition.guard is not None:
        verdict = guards[transition.guard].evaluate(facts)
        if not verdict.ok:
            raise refused(world, dossier, transition.id, verdict.reason_en, verdict.reason_vi)
    for number, alternative in enumerate(transition.alternatives):
        if alternative.when is None:
            return number
        verdict = guards[alternative.when].evaluate(facts)
        if verdict.missing or verdict.unfit:
            raise refused(world, dossier, transition.id, verdict.reason_en, verdict.reason_vi)
        if verdict.ok:
            return number
    raise refused(world, dossier, transition.id, "no alternative holds", "không có phương án phù hợp")


def _suspension(
    world: World, dossier: Dossier, transition: Transition, entry: Entry, offers: tuple[Passage, ...]
) -> tuple[str | None, str | None]:
    """Return the suspension that begins and the one that ends with this move; of an offer, when it is accepted."""
    there = entry.to
    for offer in offers:
        _once_more(world, dossier, transition, world.procedure.state[offer.state].suspends)
    if offers or dossier.handoffs:
        away = {offer.state for offer in offers}
        there = tuple(s for s in entry.to if s not in away and (s in entry.entered or not dossier.offered(s)))
    now = next((s.suspends for s in _states(world.procedure, there) if s.suspends), None)
    if now == dossier.suspension or (now is None and offers):
        return None, None
    _once_more(world, dossier, transition, now)
    return now, dossier.suspension


def _once_more(world: World, dossier: Dossier, transition: Transition, suspension: str | None) -> None:
    """Check that a suspension that does not last already may begin. Raises: TransitionRefused."""
    if suspension is None or suspension == dossier.suspension:
        return
    most = world.procedure.suspension[suspension].max_times
    if most is not None and int(dossier.facts.get(f"{suspension}_count", 0)) >= most:
        reason = (
            f"{suspension} is possible {most} time(s) only",
            f"{suspension} chỉ được thực hiện {most} lần",
        )
        raise refused(world, dossier, transition.id, *reason)


def _outcome(procedure: Procedure, entry: Entry) -> str | None:
    return next((s.outcome for s in _states(procedure, entry.entered) if s.outcome), None)


def _states(procedure: Procedure, ids: Iterable[str]) -> Iterable[State]:
    return (procedure.state[state_id] for state_id in ids)


def refused(world: World, dossier: Dossier, name: str, reason: str, reason_vi: str) -> TransitionRefused:
    """Return the refusal of a transition, with what is possible instead."""
    return TransitionRefused(
        code=dossier.code,
        transition=called.act(world.procedure, name),
        reason=reason,
        reason_vi=reason_vi,
        allowed=called.acts(world.procedure, sendable_transitions(world, dossier)),
    )

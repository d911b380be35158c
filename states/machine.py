"""`decide`: what a command does to a dossier in its world at an instant, as events or a refusal."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from states import commands
from states.clockwork import calendars_of
from states.commands import Command, RecomputeClocks
from states.consultation import followed_up
from states.deadline import restanding
from states.delivering import choose_delivery
from states.digitising import digitise
from states.dossier import Dossier
from states.errors import StaleDossier
from states.escalation import acknowledge, pass_deadline
from states.events import ClockRecomputed, Event, NoticeSent, PortalOwed
from states.extending import extend
from states.firing import fire
from states.giving_up import give_up
from states.handoff import HANDOFFS, told
from states.issuing import draft_paper, sign_paper
from states.kinship import hear_child, meet_child
from states.mandate import with_authority
from states.opening import open_dossier
from states.order import ApplyOrder, ReverseOrder
from states.ordering import apply_order, keep_held, reverse_order
from states.rebinding import rebind
from states.replying import answer, pass_over
from states.tasking import claim, reassign, release
from states.world import World


def decide(world: World, dossier: Dossier | None, command: Command, now: datetime) -> tuple[Event, ...]:
    """Return what happens, in order; nothing is changed here.

    Args:
        world: The rules pinned for this dossier.
        dossier: None only for `OpenDossier`.
        command: What is asked, with every choice that needed a look at the world already made.
        now: The instant of the decision and of its record, aware UTC.

    Raises:
        StaleDossier: The actor saw another version.
        DomainError: One of its leaves says why the command is refused.
    """
    events = with_authority(command, _decided(world, dossier, command, now), now)
    if world.procedure.consultations:
        events = followed_up(world, dossier, events, getattr(command, "assignees", {}), now)
    if dossier is None or not dossier.orders:
        return events
    return keep_held(world, dossier, events, now)


def _decided(world: World, dossier: Dossier | None, command: Command, now: datetime) -> tuple[Event, ...]:
    if isinstance(command, commands.OpenDossier):
        return open_dossier(world, command, now)
    if dossier is None:
        raise ValueError(f"{command.kind} needs a dossier")
    seen = getattr(command, "expected_version", dossier.version)
    if seen != dossier.version:
        raise StaleDossier(code=dossier.code, seen=seen, current=dossier.version)
    return _DECIDE[type(command)](world, dossier, command, now)


def _pass(world: World, dossier: Dossier, command: Command, now: datetime) -> tuple[Event, ...]:
    return pass_deadline(world, dossier, now)


def _recompute(world: World, dossier: Dossier, command: RecomputeClocks, now: datetime) -> tuple[Event, ...]:
    """Follow a changed calendar: only clocks that have not ended, only where the answer differs."""
    events: list[Event] = []
    for clock, calendar in calendars_of(world, dossier.clocks):
        standing = restanding(clock, calendar)
        due = standing.due
        at, day, provisional = (due.at, due.day, due.provisional) if due else (None, None, False)
        if (at, standing.remaining, provisional) != (
            clock.due,
            clock.remaining,
            clock.provisional and at is not None,
        ):
            events.append(
                ClockRecomputed(
                    clock.id,
                    command.calendar_digest,
                    clock.due,
                    standing.remaining,
                    at,
                    day,
                    provisional,
                    now,
                )
            )
    return tuple(events)


def _confirm(
    world: World, dossier: Dossier, command: commands.ConfirmNotice, now: datetime
) -> tuple[Event, ...]:
    sent = NoticeSent(command.message, command.template, command.channel, now)
    return (sent, *told(dossier, command, now))


def _owe_portal(
    world: World, dossier: Dossier, command: commands.OwePortal, now: datetime
) -> tuple[Event, ...]:
    return (PortalOwed(command.because, command.since, now),)


_DECIDE: Mapping[type[Command], Callable[[World, Dossier, Any, datetime], tuple[Event, ...]]] = {
    commands.FireTransition: fire,
    commands.ExtendTerm: extend,
    commands.ClaimTask: claim,
    commands.ReleaseTask: release,
    commands.ReassignTask: reassign,
    commands.AcknowledgeRung: acknowledge,
    commands.PassDeadline: _pass,
    commands.RecomputeClocks: _recompute,
    commands.RebindParties: rebind,
    commands.ConfirmNotice: _confirm,
    commands.DraftPaper: draft_paper,
    commands.SignPaper: sign_paper,
    commands.DigitiseDocument: digitise,
    commands.ChooseDelivery: choose_delivery,
    commands.MeetChild: meet_child,
    commands.HearChild: hear_child,
    commands.GiveUpChild: give_up,
    commands.AnswerConsultation: answer,
    commands.PassOverConsultation: pass_over,
    **HANDOFFS,
    ApplyOrder: apply_order,
    ReverseOrder: reverse_order,
    commands.OwePortal: _owe_portal,
}

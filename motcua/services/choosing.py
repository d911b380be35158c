"""Choices that need a look at the world before a decision: the least loaded officer of a position."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from motcua.services.installation import Installation
from states.asking import question_clock
from states.dossier import Dossier
from states.procedure import APPLICANT, SYSTEM, Assign, Consultation, Role
from states.world import World

CHOSEN = (Assign.LEAST_LOADED, Assign.SAME_OFFICER)


def choose_officers(
    house: Installation, world: World, parties: Mapping[str, str], entered: Iterable[str], day: date
) -> dict[str, str]:
    """Return, by entered state, the officer with the fewest open tasks where the role's rule wants one.

    Ties go to the first in the registry's order, so the same world gives the same choice.
    """
    chosen: dict[str, str] = {}
    for state_id in entered:
        state = world.procedure.state[state_id]
        if state.consultation is not None:
            declared = world.procedure.consultation[state.consultation]
            chosen |= choose_respondents(house, world, parties, (declared,), day)
        if state.holder is None or state.holder in (APPLICANT, SYSTEM):
            continue
        officer = _least_loaded(house, world, parties, world.procedure.role[state.holder], day)
        if officer is not None:
            chosen[state_id] = officer
    return chosen


def choose_respondents(
    house: Installation,
    world: World,
    parties: Mapping[str, str],
    consultations: Iterable[Consultation],
    day: date,
) -> dict[str, str]:
    """Return, by question clock, the officer with the fewest open tasks in the agency that is asked."""
    chosen: dict[str, str] = {}
    for declared in consultations:
        for question in declared.questions:
            officer = _least_loaded(house, world, parties, world.procedure.role[question.role], day)
            if officer is not None:
                chosen[question_clock(declared.id, question.id)] = officer
    return chosen


def chosen_after(
    house: Installation, world: World, dossier: Dossier, consultation: str, now: datetime
) -> dict[str, str]:
    """Choose officers for all that an answer may lead to: the next question, or the states after the last."""
    declared, day = world.procedure.consultation.get(consultation), world.calendar.local_date(now)
    if declared is None:
        return {}
    events = world.procedure.table.get(dossier.configuration, {})
    entered = {
        state: None
        for event, entry in events.items()
        if event.partition("#")[0] == declared.then
        for state in entry.entered
    }
    asked = choose_respondents(house, world, dossier.parties, (declared,), day)
    return {**choose_officers(house, world, dossier.parties, entered, day), **asked}


def _least_loaded(
    house: Installation, world: World, parties: Mapping[str, str], role: Role, day: date
) -> str | None:
    if role.assign not in CHOSEN:
        return None
    people = world.directory.holders(parties[role.party], role.position, day)
    if not people:
        return None
    load = house.store.load_of(parties[role.party], role.position)
    return min(people, key=lambda officer: load.get(officer, 0))

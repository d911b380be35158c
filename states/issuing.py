"""Papers of a dossier: who may draft one, and whose name may stand under it."""

from collections.abc import Iterable
from datetime import datetime

from states import called
from states.authority import serves
from states.commands import Actor, DraftPaper, SignPaper
from states.dossier import Dossier
from states.errors import NotAuthorised
from states.events import Event, PaperDrafted, PaperIssued
from states.world import World

OFFICER = "officer"
SYSTEM = "system"


def draft_paper(world: World, dossier: Dossier, command: DraftPaper, now: datetime) -> tuple[Event, ...]:
    """Decide a draft: by an officer of an agency of the dossier, or by the system where a message owes it.

    Raises:
        NotAuthorised: They are of no agency of the dossier.
    """
    actor = command.actor
    if actor.kind != SYSTEM and not serves(world, dossier, actor, now):
        raise _refused(
            world,
            dossier,
            actor,
            "draft",
            "they serve in no agency of it",
            "không thuộc cơ quan nào của hồ sơ",
        )
    event = PaperDrafted(
        command.form,
        command.agency,
        command.year,
        command.number,
        command.template_sha256,
        command.input_sha256,
        command.cause,
        now,
    )
    return (event,)


def sign_paper(world: World, dossier: Dossier, command: SignPaper, now: datetime) -> tuple[Event, ...]:
    """Decide a signature: by a holder of one of the signing positions of the paper's agency, or of its heir.

    Some positions sign in any agency of the dossier. An old record without any signing positions was legal for every
    officer of an agency of the dossier.

    Raises:
        NotAuthorised: They may not.
    """
    actor, person = command.actor, command.actor.person
    positions = command.signers, command.anywhere
    if person is None or not _by_position(world, dossier, command.agency, positions, actor, now):
        reason = "they hold no position that signs it", "không giữ chức vụ được ký"
        raise _refused(world, dossier, actor, "sign", *reason, (*command.signers, *command.anywhere))
    event = PaperIssued(
        command.form,
        command.agency,
        command.year,
        command.number,
        person,
        command.template_sha256,
        command.input_sha256,
        command.engine,
        command.html_sha256,
        command.pdf_sha256,
        now,
    )
    return (event,)


def may_sign(
    world: World,
    dossier: Dossier,
    agency: str,
    positions: tuple[tuple[str, ...], tuple[str, ...]],
    actor: Actor,
    now: datetime,
) -> bool:
    """Tell whether a person's name may stand under a paper of an agency that holders of some positions sign.

    *positions* are those that sign in the paper's agency, and those that sign in any of the dossier; without any
    nobody may. By a mandate it is the giver who must hold the position, in the agency that the mandate is of.
    """
    return any(positions) and _by_position(world, dossier, agency, positions, actor, now)


def _by_position(
    world: World,
    dossier: Dossier,
    agency: str,
    positions: tuple[tuple[str, ...], tuple[str, ...]],
    actor: Actor,
    now: datetime,
) -> bool:
    if not any(positions):
        return serves(world, dossier, actor, now)
    who, (own, anywhere) = actor.authority, positions
    day = world.calendar_of(agency).local_date(now)
    seat = world.directory.seat(agency, day, world.procedure.code)
    agencies = {seat, *((dossier.agency, *dossier.parties.values()) if anywhere else ())}
    if actor.mandate is not None:
        agencies &= {actor.agency}
    return who is not None and any(
        world.directory.holds(who, one, post, day)
        for one in agencies
        for post in ((*own, *anywhere) if one == seat else anywhere)
    )


def _refused(
    world: World,
    dossier: Dossier,
    actor: Actor,
    action: str,
    reason: str,
    reason_vi: str,
    roles: Iterable[str] = (),
) -> NotAuthorised:
    return NotAuthorised(
        code=dossier.code,
        actor=called.who(actor),
        action=called.act(world.procedure, f"{action} paper"),
        reason=reason,
        reason_vi=reason_vi,
        roles=called.holders(world.procedure, tuple(roles) or (OFFICER,)),
    )

"""Give up a component whose dossier cannot be opened, once that was tried: by the head of its lead agency."""

from datetime import datetime

from audit.record import Auth
from motcua.services.enacting import Request, enact
from motcua.services.installation import Installation
from motcua.services.kinship import REASON
from motcua.services.notices import OPEN
from motcua.services.ports import OutboxMessage, Stored
from motcua.services.recording import Personal
from states.commands import Actor, GiveUpChild
from states.errors import DomainError, Kind
from states.kin import Child, ChildStatus, child_id
from states.world import World

_EVERY = 1_000_000


class NotTriedYet(DomainError):
    """Dossier {code}: nobody has tried to open "{component}" yet. Let the worker run, then look again."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: hệ thống chưa thử mở «{component}». Hãy để tiến trình worker chạy rồi xem lại."


class OpenAlready(DomainError):
    """Dossier {code}: "{component}" is open as {child}. Let its agency decide, or withdraw the whole group."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: «{component}» đã mở với mã {child}. Hãy để cơ quan đó giải quyết, hoặc rút cả nhóm."


def give_up(
    house: Installation,
    code: str,
    component: str,
    actor: Actor,
    reason: str,
    expected: int | None = None,
    auth: Auth | None = None,
) -> Stored:
    """Go on without a component, or name another agency for it; what was to open it does nothing any more.

    Raises:
        NotTriedYet, OpenAlready: It may still be opened, or is open.
        NothingToGiveUp, ReasonWanted, NotAuthorised: As of the decision.
        DossierNotFound, StaleDossier, Busy: As of any command.
    """
    why = reason.strip()

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        child = stored.dossier.children.get(component)
        if child is not None and child.status is ChildStatus.OWED:
            _check(house, stored, component, child)
        seen = stored.dossier.version if expected is None else expected
        personal = (Personal(REASON, why, house.new_salt()),) if why else ()
        return Request(GiveUpChild(component, actor, seen, bool(why)), actor, personal, auth)

    return enact(house, code, ask)


def _check(house: Installation, stored: Stored, component: str, child: Child) -> None:
    known = house.store.load_ids([child_id(stored.id, component, child.attempt)])
    facts = {"code": stored.dossier.code, "component": component}
    if known:
        raise OpenAlready(child=known[0].dossier.code, **facts)
    dead = any(_opens(message, stored, component) for message in house.store.dead(_EVERY))
    if not dead and not any(
        _opens(message, stored, component) and message.error for message in house.store.waiting(_EVERY)
    ):
        raise NotTriedYet(**facts)


def _opens(message: OutboxMessage, stored: Stored, component: str) -> bool:
    notice = message.notice
    return (notice.dossier_id, notice.template) == (stored.id, OPEN) and notice.recipients == (component,)

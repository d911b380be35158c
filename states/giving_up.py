"""A component that cannot be opened: its lead agency names another agency for it, or goes on without, for a reason."""

from datetime import datetime

from states.authority import must_assign
from states.commands import SYSTEM_ACTOR, FireTransition, GiveUpChild
from states.dossier import Dossier, fold
from states.errors import DomainError, Kind
from states.events import ChildGivenUp, Event
from states.firing import fire, gathered
from states.kin import ChildStatus
from states.kinship import way_back
from states.world import World


class NothingToGiveUp(DomainError):
    """Dossier {code}: the component "{component}" is not waiting to be opened ({status}).

    Look at "motcua dossier tree". One that is open ends by its own agency's decision, or with its group.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: hồ sơ thành phần «{component}» không ở tình trạng chờ mở ({status}). "
        "Xem «motcua dossier tree»; hồ sơ đã mở do cơ quan giải quyết kết thúc, hoặc dừng cùng cả nhóm."
    )


class ReasonWanted(DomainError):
    """Dossier {code}: say why "{component}" is not opened; the applicant is told, and an auditor reads it."""

    vi = "Hồ sơ {code}: phải nêu lý do không mở «{component}»; người nộp được thông báo và kiểm toán sẽ xem."


def give_up(world: World, dossier: Dossier, command: GiveUpChild, now: datetime) -> tuple[Event, ...]:
    """Decide that a component is not waited for any more; what hung on its result is not opened either.

    Raises:
        NothingToGiveUp: It is no component that waits to be opened.
        ReasonWanted: No reason was given.
        NotAuthorised: The actor does not hand out work in the lead agency.
    """
    child = dossier.children.get(command.component)
    if child is None or child.status is not ChildStatus.OWED:
        status = "unknown" if child is None else child.status.value
        raise NothingToGiveUp(code=dossier.code, component=command.component, status=status)
    day = world.calendar.local_date(now)
    must_assign(world, dossier, command.actor, dossier.agency, command.kind, day)
    if not command.reasoned:
        raise ReasonWanted(code=dossier.code, component=command.component)
    way = None if child.recalled else way_back(world, dossier, command.component)
    event = ChildGivenUp(command.component, child.agency, command.actor.person, way is not None, now)
    after = fold(dossier, [event], by_person=True)
    if way is None:
        return (event, *gathered(world, after, now))
    return (event, *fire(world, after, FireTransition(way, SYSTEM_ACTOR, after.version), now))

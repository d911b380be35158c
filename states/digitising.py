"""Papers of a dossier that become data: scanned at a desk, reused, or fetched from the applicant's own store."""

from datetime import datetime

from states import called
from states.authority import serves
from states.commands import DigitiseDocument
from states.dossier import Dossier
from states.errors import DomainError, Kind, NotAuthorised
from states.events import DocumentDigitised, Event
from states.world import World

SCANNED, REUSED, STORE = WAYS = ("scanned", "reused", "store")
"""How a paper became data. Source: Decree 118/2025/NĐ-CP as amended by 309/2026/NĐ-CP, articles 4 and 17."""


class NotDigitised(DomainError):
    """Dossier {code}: the paper {document} cannot be noted as data: {reason}."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: không ghi nhận số hóa giấy tờ {document} được: {reason_vi}."


def digitise(world: World, dossier: Dossier, command: DigitiseDocument, now: datetime) -> tuple[Event, ...]:
    """Decide that a paper which was handed in is data now.

    Raises:
        NotAuthorised: The officer serves in no agency of the dossier.
        NotDigitised: The dossier has ended, the paper was not handed in, or a scan comes without a file.
    """
    actor = command.actor
    if not (serves(world, dossier, actor, now) or _received(world, dossier, command, now)):
        reason = "they serve in no agency of it", "không thuộc cơ quan nào của hồ sơ"
        raise NotAuthorised(
            code=dossier.code,
            actor=called.who(actor),
            action=called.act(world.procedure, "digitise"),
            reason=reason[0],
            reason_vi=reason[1],
            roles=called.holders(world.procedure, ("officer",)),
        )
    if dossier.ended:
        raise _refused(dossier, command, "the dossier has ended", "hồ sơ đã kết thúc")
    if command.document not in dossier.documents:
        raise _refused(dossier, command, "it was not handed in", "giấy tờ này chưa được nộp")
    if command.how not in WAYS or (command.how == SCANNED and not command.media):
        raise _refused(dossier, command, "a scan needs its file", "bản số hóa phải kèm tệp")
    return (DocumentDigitised(command.document, command.how, command.media, now),)


def _received(world: World, dossier: Dossier, command: DigitiseDocument, now: datetime) -> bool:
    """Tell whether the officer serves where the dossier was helped along, or handed in."""
    places, person = dossier.places, command.actor.person
    if places is None or person is None:
        return False
    posts = world.directory.posts_of(person, world.calendar.local_date(now))
    return any(post.agency in (places.helped, places.received) for post in posts)


def _refused(dossier: Dossier, command: DigitiseDocument, reason: str, reason_vi: str) -> NotDigitised:
    return NotDigitised(code=dossier.code, document=command.document, reason=reason, reason_vi=reason_vi)

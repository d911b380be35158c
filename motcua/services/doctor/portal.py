"""Check how far the national portal is behind, and whether officers hear of submissions in time."""

from collections.abc import Sequence
from datetime import timedelta

from motcua.services.doctor.findings import Check, Status, Words, span_of, worse
from motcua.services.doctor.outside import Surroundings
from motcua.services.installation import Installation
from motcua.services.notices import INTAKE
from motcua.services.portal_facts import PORTAL
from motcua.services.ports import Notice
from states.wire import instant

STUCK = timedelta(days=1)
MOST = 10_000


def check_portal(found: Surroundings, house: Installation) -> Check:
    """Say how long the portal has waited; a message that nobody sends any more is told too."""
    waiting = [message.notice for message in house.store.waiting(MOST)]
    owed = [notice for notice in waiting if notice.template in PORTAL]
    given_up = [m.notice for m in house.store.dead(MOST) if m.notice.template in PORTAL]
    if not house.portal and not owed and not given_up:
        said = Words("chưa kết nối Cổng dịch vụ công", "no national portal is set")
        return Check("portal", Status.OK, said, facts={"portal": False})
    waits = [house.now() - notice.created_at for notice in owed]
    lag, late = max(waits, default=timedelta()), _told_late(found, house, waiting)
    term = timedelta() if found.portal is None else found.portal.told_within
    past = sum(wait > term for wait in waits)
    status = worse(lag, term, STUCK)
    if status is Status.OK and (late or given_up):
        status = Status.WARN
    waited, within = span_of(lag), span_of(term)
    return Check(
        "portal",
        status,
        Words(
            f"{len(owed)} tin chờ báo Cổng, {past} tin quá {within.vi}, lâu nhất {waited.vi};"
            f" {len(given_up)} tin bị từ chối; {late} hồ sơ báo cán bộ quá hạn",
            f"{len(owed)} messages wait for the portal, {past} of them longer than {within.en}, the oldest for"
            f" {waited.en}; {len(given_up)} given up; {late} submissions told to officers too late",
        ),
        None if status is Status.OK else _REMEDY,
        {
            "portal": house.portal,
            "waiting": len(owed),
            "lag_seconds": lag.total_seconds(),
            "term_seconds": term.total_seconds(),
            "term_source": None if found.portal is None else found.portal.told_source,
            "past_term": past,
            "dead": len(given_up),
            "told_late": late,
        },
    )


def _told_late(found: Surroundings, house: Installation, waiting: Sequence[Notice]) -> int:
    if found.portal is None:
        return 0
    limit = found.portal.notice_within
    filed = [instant(notice.payload["filed_at"]) for notice in waiting if notice.template == INTAKE]
    return sum(house.now() - at > limit for at in filed)


_REMEDY = Words(
    "Kiểm tra «motcua worker» và mạng tới Cổng, xem «motcua portal lag», rồi «motcua portal reconcile».",
    'Check "motcua worker" and the way to the portal, see "motcua portal lag", then "motcua portal reconcile".',
)

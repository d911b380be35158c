"""The role picker of a demonstration: somebody for each part, and a way in that asks for no password."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from motcua.services.access.accounts import DUTIES, account_of, add_account
from motcua.services.access.sessions import Doors, Entered, begin
from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.ports import Account, Busy, LoginTaken
from states.errors import DomainError, Kind

_LOOKED_AT = 5_000
"""Open tasks that are looked at to find who has most to do."""


class UnknownPart(DomainError):
    """There is no part {part} in this demonstration. Choose one of: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Không có vai {part} trong bản trình diễn này. Hãy chọn một trong: {known}."


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody whom a visitor may be in a demonstration.

    Attributes:
        positions: Positions of which the part's person holds one; none for a duty.
    """

    id: str
    vi: str
    en: str
    positions: tuple[str, ...] = ()


PARTS = (
    Part("officer", "Chuyên viên thụ lý", "Case officer", ("officer",)),
    Part("one_stop_officer", "Công chức Một cửa", "One-stop officer", ("one_stop_officer",)),
    Part("head", "Trưởng phòng", "Head of a unit", ("unit_head",)),
    Part("leader", "Thủ trưởng cơ quan", "Head of an agency", ("head",)),
    Part("chairman", "Chủ tịch tỉnh", "Chairman of the province", ("chairman",)),
    Part("designer", "Người thiết kế thủ tục", "Designer of procedures"),
    Part("approver", "Người duyệt thủ tục", "Second designer, who approves"),
    Part("auditor", "Kiểm toán viên", "Auditor"),
    Part("admin", "Quản trị", "Administrator"),
    Part("second_admin", "Quản trị thứ hai, duyệt lịch", "Second administrator, who approves calendars"),
)
_DUTY = {"approver": "designer", "second_admin": "admin", **{duty: duty for duty in DUTIES}}


def cast(house: Installation) -> dict[str, str]:
    """Return who plays each part, by its id: of those who could, whoever has most to do."""
    return {part: person for part, (person, _) in _chosen(house).items()}


def offered(house: Installation) -> list[tuple[Part, int]]:
    """Return the parts that somebody can play, each with the tasks that wait for them; who has most comes first."""
    waiting = {part: tasks for part, (_, tasks) in _chosen(house).items()}
    parts = [(part, waiting[part.id]) for part in PARTS if part.id in waiting]
    return sorted(parts, key=lambda one: -one[1])


def _chosen(house: Installation) -> dict[str, tuple[str, int]]:
    """Return for each part who plays it, and how many tasks wait in their inbox."""
    tasks, day = [row.task for row in house.store.tasks(limit=_LOOKED_AT)], today(house)
    agencies = Counter(task.agency for task in tasks)
    desks = Counter((task.agency, task.position) for task in tasks if task.assignee is None)
    waiting = Counter(task.assignee for task in tasks if task.assignee is not None)
    posts = [post for post in house.worlds.directory.posts if post.since <= day]
    posts = [post for post in posts if post.until is None or day < post.until]
    for post in posts:
        waiting[post.officer] += desks[post.agency, post.position]
    found = {part: (f"demo.{part}", 0) for part in _DUTY}
    for part in PARTS:
        if able := [post for post in posts if post.position in part.positions]:
            busiest = max(able, key=lambda post: (waiting[post.officer], agencies[post.agency])).officer
            found[part.id] = busiest, waiting[busiest]
    return found


def play(house: Installation, doors: Doors, part: str, now: datetime, held: str | None = None) -> Entered:
    """Begin a session as the person of a part; their account is made when it is first needed.

    Raises:
        UnknownPart: There is no such part, nobody to play it, or the database keeps real time.
    """
    chosen = {one.id: one for one in PARTS}.get(part)
    person = _person(house, part) if house.virtual else None
    if chosen is None or person is None:
        raise UnknownPart(part=part, known=", ".join(one.id for one in PARTS) if house.virtual else "-")
    duties = (_DUTY[part],) if part in _DUTY else ()
    login = f"demo-{part.replace('_', '-')}"
    account = house.store.account(login)
    if account is None or account.person != person:
        login = login if account is None else f"{login}-{person.lower()}"
        account = house.store.account(login) or _made(house, login, person, chosen.vi, duties)
    return begin(house, doors, account, now, acr="demo", held=held)


def _person(house: Installation, part: str) -> str | None:
    return f"demo.{part}" if part in _DUTY else cast(house).get(part)


def _made(house: Installation, login: str, person: str, name: str, duties: tuple[str, ...]) -> Account:
    """Make an account; whoever was quicker made the same."""
    try:
        return add_account(house, login, person, name, duties=duties)
    except (LoginTaken, Busy):
        return account_of(house, login)

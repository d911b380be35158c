"""One's own account: posts, sessions, another password."""

from datetime import datetime
from typing import Any

from motcua.services.access.accounts import UnfitPassword, account_of, change_password
from motcua.services.access.passwords import LONGEST, SHORTEST, matches
from motcua.services.access.sessions import Doors, Entered, begin
from motcua.services.access.visitor import Visitor
from motcua.services.identity import calendar_of_province, today
from motcua.services.installation import Installation
from states.errors import DomainError, Kind

_SHORT = 16
"""Digits by which a session is named on pages; of a hash, so nothing is given away."""


class WrongPassword(DomainError):
    """The password that you have now is another one. Type it again."""

    kind = Kind.NOT_AUTHORISED
    vi = "Mật khẩu hiện tại không đúng. Hãy nhập lại."


class PasswordsDiffer(DomainError):
    """The new password was typed differently the second time. Type it twice the same."""

    vi = "Mật khẩu mới nhập lần hai không khớp. Hãy nhập hai lần giống nhau."


def own_account(house: Installation, doors: Doors, visitor: Visitor, now: datetime) -> dict[str, Any]:
    """Return what the page of one's own account shows; instants of sessions are of real time, at *now*'s offset."""
    day, directory = today(house), house.worlds.directory
    calendar = calendar_of_province(house)
    return {
        "login": visitor.login,
        "local": account_of(house, visitor.login).password is not None,
        "posts": [
            {
                "agency": post.agency,
                "name": directory.name_of(post.agency, day),
                "position": dict(doors.positions[post.position].label)
                if post.position in doors.positions
                else post.position,
                "since": post.since.isoformat(),
            }
            for post in directory.posts_of(visitor.person, day)
        ],
        "sessions": [
            {
                "id": session.id[:_SHORT],
                "own": session.id == visitor.session,
                "idp": session.idp,
                "began_at": session.began_at.astimezone(calendar.zone).isoformat(),
                "seen_at": session.seen_at.astimezone(calendar.zone).isoformat(),
            }
            for session in house.store.sessions(visitor.login)
        ],
        "idle": int(doors.idle.total_seconds() // 60),
    }


def change_own_password(
    house: Installation, doors: Doors, visitor: Visitor, old: str, new: str, again: str, now: datetime
) -> Entered:
    """Take another password of one's own, and begin a new session; every other one ends.

    Raises:
        WrongPassword: The old one is not that of the account, or it has none.
        PasswordsDiffer, UnfitPassword: The new one is not used; one that was issued is changed for another.
    """
    account = account_of(house, visitor.login)
    if not matches(account.password, old):
        raise WrongPassword
    if new != again:
        raise PasswordsDiffer
    if account.once_until is not None and new == old:
        reason = "it is the one that was issued", "đây chính là mật khẩu được cấp"
        raise UnfitPassword(reason=reason[0], reason_vi=reason[1], shortest=SHORTEST, longest=LONGEST)
    changed = change_password(house, account.login, new, visitor.person, visitor.auth)
    return begin(house, doors, changed, now)


def end_own_session(house: Installation, visitor: Visitor, name: str) -> None:
    """End a session of one's own account by its name on the page; one that has ended stays so."""
    own = [one.id for one in house.store.sessions(visitor.login) if one.id[:_SHORT] == name]
    house.store.end_sessions(own)

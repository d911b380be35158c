"""Accounts as an administrator keeps them: issued with a password for once, closed, opened again; never one's own."""

from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from motcua.services.access.accounts import (
    DUTIES,
    UnfitAccount,
    access_record,
    account_of,
    add_account,
    disable,
    listed_accounts,
)
from motcua.services.access.passwords import hashed
from motcua.services.access.seeing import record_denial
from motcua.services.access.sessions import Doors
from motcua.services.access.visitor import Visitor
from motcua.services.identity import calendar_of_province, today
from motcua.services.installation import Installation
from motcua.services.ports import Account
from states.errors import DomainError, Kind

LASTS = timedelta(hours=72)
"""So long a password that was issued opens its account. Source: OWASP ASVS 5.0, V6.4.1."""

_LETTERS = 20
"""Of 32 signs each: a hundred random bits."""


class OwnAccount(DomainError):
    """Nobody changes their own account here. Choose another password at /toi, or let another administrator do it."""

    vi = "Không ai tự thay đổi tài khoản của mình tại đây. Hãy đổi mật khẩu ở trang /toi hoặc nhờ quản trị viên khác."


class AccountClosed(DomainError):
    """The account {login} is closed, so it gets no password. Open it again first."""

    kind = Kind.CONFLICT
    vi = "Tài khoản {login} đã khóa nên không cấp mật khẩu. Hãy mở lại tài khoản trước."


class AccountOpen(DomainError):
    """The account {login} is open already. If its password was forgotten, issue another one."""

    kind = Kind.CONFLICT
    vi = "Tài khoản {login} đang mở. Nếu quên mật khẩu, hãy cấp mật khẩu khác."


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account as somebody asks for it; `duties` are those beside any post."""

    login: str
    person: str
    name: str
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """A password that is shown once and stored nowhere; it opens the account until an instant of real time."""

    login: str
    password: str
    until: datetime


@contextmanager
def denials(house: Installation, visitor: Visitor, action: str, what: str) -> Iterator[None]:
    """Record it in the visitor's stream when what they try is refused; the error goes on."""
    try:
        yield
    except DomainError as error:
        record_denial(house, visitor, action, what, error.message("en"))
        raise


def issue(house: Installation, visitor: Visitor, wanted: Wanted, now: datetime) -> Issued:
    """Make an account for somebody of the directory, or for somebody with a duty beside any post.

    Raises:
        OwnAccount: It would be the visitor's own second one.
        UnfitAccount: They hold no post today and have no duty, or something about it cannot be used.
        LoginTaken: The login belongs to another account.
    """
    with denials(house, visitor, "issue_account", wanted.login):
        _not_own(visitor, wanted.person)
        _check_known(house, wanted)
        issued = _issued(house, wanted.login, now)
        add_account(
            house,
            wanted.login,
            wanted.person,
            wanted.name.strip(),
            password=issued.password,
            once_until=issued.until,
            duties=wanted.duties,
            by=visitor.person,
            auth=visitor.auth,
        )
    return issued


def issue_password(house: Installation, visitor: Visitor, login: str, now: datetime) -> Issued:
    """Give an account another password for once; whoever is signed in by it is signed out.

    Raises:
        AccountNotFound: There is none.
        OwnAccount: It is the visitor's own.
        AccountClosed: It is closed.
    """
    with denials(house, visitor, "issue_password", login):
        known = _another(house, visitor, login)
        if known.disabled:
            raise AccountClosed(login=login)
        return _reissued(house, visitor, known, "password_issued", now)


def reopen(house: Installation, visitor: Visitor, login: str, now: datetime) -> Issued:
    """Open a closed account again, by a new password: the one it had counts no more.

    Raises:
        AccountNotFound: There is none.
        OwnAccount: It is the visitor's own.
        AccountOpen: It is open.
    """
    with denials(house, visitor, "reopen_account", login):
        known = _another(house, visitor, login)
        if not known.disabled:
            raise AccountOpen(login=login)
        return _reissued(house, visitor, replace(known, disabled=False), "account_reopened", now)


def close(house: Installation, visitor: Visitor, login: str) -> Account:
    """Close an account until it is opened again; its sessions end at once. Raises: AccountNotFound, OwnAccount."""
    with denials(house, visitor, "close_account", login):
        known = _another(house, visitor, login)
        return disable(house, known.login, visitor.person, visitor.auth)


def accounts_with_posts(house: Installation, doors: Doors) -> list[dict[str, Any]]:
    """Return every account with the posts of its person today; `once` while its password is one that was issued."""
    day, directory = today(house), house.worlds.directory
    once = {account.login for account in house.store.accounts() if account.once_until is not None}
    return [
        {
            **row,
            "once": row["login"] in once,
            "posts": [
                {
                    "agency": post.agency,
                    "position": dict(doors.positions[post.position].label)
                    if post.position in doors.positions
                    else post.position,
                }
                for post in directory.posts_of(row["person"], day)
            ],
        }
        for row in listed_accounts(house)
    ]


def _not_own(visitor: Visitor, person: str) -> None:
    if person.casefold() == visitor.person.casefold():
        raise OwnAccount


def _another(house: Installation, visitor: Visitor, login: str) -> Account:
    known = account_of(house, login)
    _not_own(visitor, known.person)
    return known


def _check_known(house: Installation, wanted: Wanted) -> None:
    """Raises: UnfitAccount. A person without any post and without a duty could sign in and do nothing.

    Nor is somebody a second person by the size of letters: whom separation of duties keeps apart is told by the id.
    """
    people = {post.officer for post in house.worlds.directory.posts}
    people |= {account.person for account in house.store.accounts()}
    for known in sorted(people - {wanted.person}):
        if known.casefold() == wanted.person.casefold():
            reason = f'it is "{known}" in other letters', f"chỉ khác «{known}» ở chữ hoa, chữ thường"
            raise UnfitAccount(what="person", given=wanted.person, reason=reason[0], reason_vi=reason[1])
    if not wanted.duties and not house.worlds.directory.posts_of(wanted.person, today(house)):
        reason = (
            f"they hold no post today; take the id from the directory, or name a duty ({', '.join(DUTIES)})",
            "hôm nay người này không giữ vị trí nào; hãy lấy mã trong danh bạ cơ quan hoặc chọn một nhiệm vụ",
        )
        raise UnfitAccount(what="person", given=wanted.person, reason=reason[0], reason_vi=reason[1])


def _issued(house: Installation, login: str, now: datetime) -> Issued:
    until = (now + LASTS).astimezone(calendar_of_province(house).zone)
    letters = b32encode(house.new_salt()).decode().lower()[:_LETTERS]
    return Issued(login, "-".join(letters[at : at + 5] for at in range(0, _LETTERS, 5)), until)


def _reissued(house: Installation, visitor: Visitor, known: Account, kind: str, now: datetime) -> Issued:
    issued = _issued(house, known.login, now)
    changed = replace(known, password=hashed(issued.password), once_until=issued.until)
    record = access_record(
        house, known.person, {"kind": kind, "login": known.login}, visitor.person, visitor.auth
    )
    house.store.change_account(changed, record)
    return issued

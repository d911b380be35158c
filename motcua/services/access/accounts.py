"""Accounts: added, disabled, given another password; each change is a record of the person's own stream."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from audit.record import Auth, RecordType
from motcua.services.access.passwords import LONGEST, SHORTEST, hashed
from motcua.services.installation import Installation
from motcua.services.ports import Account, NewRecord
from motcua.services.system_records import next_record
from states.errors import DomainError, Kind

DUTIES = ("auditor", "designer", "admin")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
_PERSON = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,63}")
_LONGEST_NAME = 100


_FIELDS = {"login": "tên đăng nhập", "person": "mã cán bộ", "name": "họ và tên", "duty": "nhiệm vụ riêng"}


class AccountNotFound(DomainError):
    """There is no account {login}. Look at the list of accounts."""

    kind = Kind.NOT_FOUND
    vi = "Không có tài khoản {login}. Hãy xem lại danh sách tài khoản."


class UnfitAccount(DomainError):
    """No account can be made: {what} is "{given}"; {reason}. Correct it and try again."""

    vi = "Không lập được tài khoản: {what_vi} là «{given}»; {reason_vi}. Hãy sửa rồi thực hiện lại."

    def __init__(self, what: str, given: str, reason: str, reason_vi: str) -> None:
        super().__init__(what=what, what_vi=_FIELDS[what], given=given, reason=reason, reason_vi=reason_vi)


class UnfitPassword(DomainError):
    """The password is not used: {reason}. Choose one of {shortest} to {longest} characters that only you know."""

    vi = "Không dùng được mật khẩu: {reason_vi}. Hãy chọn mật khẩu từ {shortest} đến {longest} ký tự chỉ mình bạn biết."


def add_account(
    house: Installation,
    login: str,
    person: str,
    name: str,
    *,
    password: str | None = None,
    once_until: datetime | None = None,
    duties: tuple[str, ...] = (),
    by: str | None = None,
    auth: Auth | None = None,
) -> Account:
    """Let a person sign in; without a password only another way of signing in opens the account.

    With *once_until*, of real time, the password is one to be changed at the first sign-in, and before then.

    Raises:
        UnfitAccount, UnfitPassword: Something about it cannot be used.
        LoginTaken: The login belongs to another account.
    """
    _check(login, person, name, duties)
    if password is not None:
        check_password(password, login)
    made = Account(
        login=login,
        person=person,
        name=name,
        password=None if password is None else hashed(password),
        duties=tuple(sorted(set(duties))),
        disabled=False,
        created_at=house.now(),
        once_until=once_until,
    )
    event = {"kind": "account_added", "login": login, "duties": list(made.duties)}
    house.store.add_account(made, access_record(house, person, event, by, auth))
    return made


def change_password(
    house: Installation, login: str, password: str, by: str | None = None, auth: Auth | None = None
) -> Account:
    """Give an account another password; whoever is signed in by it is signed out. Raises: AccountNotFound."""
    known = account_of(house, login)
    check_password(password, login)
    return _changed(
        house, replace(known, password=hashed(password), once_until=None), "password_changed", by, auth
    )


def disable(house: Installation, login: str, by: str | None = None, auth: Auth | None = None) -> Account:
    """Close an account; whoever is signed in by it is signed out at once. Raises: AccountNotFound."""
    known = account_of(house, login)
    if known.disabled:
        return known
    return _changed(house, replace(known, disabled=True), "account_disabled", by, auth)


def link(
    house: Installation,
    login: str,
    issuer: str,
    subject: str,
    by: str | None = None,
    auth: Auth | None = None,
) -> None:
    """Let whom a provider knows as *subject* come in by an account. Raises: AccountNotFound."""
    known = account_of(house, login)
    event = {"kind": "identity_linked", "login": login, "issuer": issuer, "subject": subject}
    house.store.link(issuer, subject, login, access_record(house, known.person, event, by, auth))


def account_of(house: Installation, login: str) -> Account:
    """Return an account. Raises: AccountNotFound."""
    known = house.store.account(login)
    if known is None:
        raise AccountNotFound(login=login)
    return known


def listed_accounts(house: Installation) -> list[dict[str, Any]]:
    """Return every account as lists show it, by login."""
    return [
        {
            "login": account.login,
            "person": account.person,
            "name": account.name,
            "duties": list(account.duties),
            "disabled": account.disabled,
            "password": account.password is not None,
        }
        for account in house.store.accounts()
    ]


def check_password(password: str, login: str) -> None:
    """Check that a password is fit to be used. Raises: UnfitPassword."""
    if not SHORTEST <= len(password) <= LONGEST:
        reason = f"it has {len(password)} characters", f"có {len(password)} ký tự"
    elif (len(login) >= 4 and login in password.lower()) or len(set(password)) < 5:
        reason = "it is easily guessed", "quá dễ đoán"
    else:
        return
    raise UnfitPassword(reason=reason[0], reason_vi=reason[1], shortest=SHORTEST, longest=LONGEST)


def access_record(
    house: Installation,
    person: str,
    event: Mapping[str, Any],
    by: str | None = None,
    auth: Auth | None = None,
) -> NewRecord:
    """Return the next record of what concerns a person's access; it names no person by name."""
    return next_record(
        house, f"access:{person}", RecordType.ACCESS, event=event, at=house.now(), actor=by, auth=auth
    )


def _changed(house: Installation, account: Account, kind: str, by: str | None, auth: Auth | None) -> Account:
    event = {"kind": kind, "login": account.login}
    house.store.change_account(account, access_record(house, account.person, event, by, auth))
    return account


def _check(login: str, person: str, name: str, duties: tuple[str, ...]) -> None:
    letters = (
        "small letters, digits, . _ - only, from 2 to 64",
        "chỉ gồm chữ thường, số, . _ -, từ 2 đến 64 ký tự",
    )
    if not _LOGIN.fullmatch(login):
        raise UnfitAccount(what="login", given=login, reason=letters[0], reason_vi=letters[1])
    if not _PERSON.fullmatch(person):
        known = "it is no id of a person", "không phải mã của một người"
        raise UnfitAccount(what="person", given=person, reason=known[0], reason_vi=known[1])
    if not (name.strip() and name.isprintable() and len(name) <= _LONGEST_NAME):
        text = f"1 to {_LONGEST_NAME} printed characters", f"từ 1 đến {_LONGEST_NAME} ký tự in được"
        raise UnfitAccount(what="name", given=name, reason=text[0], reason_vi=text[1])
    for duty in sorted(set(duties) - set(DUTIES)):
        known = f"known are {', '.join(DUTIES)}", f"chỉ có {', '.join(DUTIES)}"
        raise UnfitAccount(what="duty", given=duty, reason=known[0], reason_vi=known[1])

"""Sessions: begun by signing in, recognised by their token, ended by signing out, by idleness, or by their age."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from audit.record import Auth
from motcua.services.access.accounts import access_record
from motcua.services.access.passwords import hashed, matches, outdated
from motcua.services.access.visitor import AUDITOR, Visitor
from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.ports import Account, Busy, Session
from states.agency import Post
from states.commands import Actor
from states.errors import DomainError, Kind

LEADER = "leader"
LOCAL = "local"
"""How who came by a password was identified."""

_OFTEN = 15
"""A session is written to at most so many times while it may be idle; idleness is measured to that precision."""


class SignInRefused(DomainError):
    """Login or password is wrong, or the account is closed. Try again, or ask the administrator."""

    kind = Kind.NOT_AUTHORISED
    vi = "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đã khóa. Hãy thử lại hoặc liên hệ quản trị."


@dataclass(frozen=True, slots=True)
class Position:
    """What a position is called, by language, and which rooms of the site its holders may enter."""

    label: Mapping[str, str]
    enters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doors:
    """What the site lets people in by.

    Attributes:
        positions: By id.
        idle: Who does nothing for longer is signed out.
        longest: Nobody stays signed in for longer.
    """

    positions: Mapping[str, Position]
    idle: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that has just begun, and the token that only the browser keeps."""

    token: str
    session: Session


def sign_in(
    house: Installation, doors: Doors, login: str, password: str, now: datetime, held: str | None = None
) -> Entered:
    """Begin a session for whoever knows the password of an account.

    Args:
        house: The installation.
        doors: Its rules.
        login: As typed.
        password: As typed.
        now: Of real time.
        held: The token that the browser came with: its session ends.

    Raises:
        SignInRefused: The same for every reason, after the same time.
    """
    account = house.store.account(login.strip().lower())
    fits = matches(None if account is None else account.password, password)
    if account is None:
        raise SignInRefused
    if not fits or account.disabled or _too_late(account, now):
        note(house, account, "sign_in_refused")
        raise SignInRefused
    if account.password is not None and outdated(account.password):
        account = replace(account, password=hashed(password))
        event = {"kind": "password_rehashed", "login": account.login}
        house.store.change_account(account, access_record(house, account.person, event))
    return begin(house, doors, account, now, held=held)


def begin(
    house: Installation,
    doors: Doors,
    account: Account,
    now: datetime,
    *,
    idp: str = LOCAL,
    acr: str | None = None,
    held: str | None = None,
) -> Entered:
    """Begin a session of an account under a new token; what the browser held before, and what is stale, ends."""
    token = house.new_salt().hex()
    session = Session(session_id(token), account.login, idp, acr, now, now)
    stale = [one.id for one in house.store.sessions(account.login) if not _lasts(doors, one, now)]
    ends = stale if held is None else [*stale, session_id(held)]
    house.store.begin_session(session, ends)
    note(house, account, "signed_in", _auth(session, account))
    return Entered(token, session)


def recognise(
    house: Installation, doors: Doors, token: str, now: datetime, *, used: bool = True
) -> Visitor | None:
    """Return who holds a token; None when its session ended, is stale, or its account was disabled.

    What a page asks for by itself is not *used* for: nobody sits there, and the session grows idle.
    """
    found = house.store.session(session_id(token))
    if found is None:
        return None
    session, account = found
    if account.disabled or not _lasts(doors, session, now):
        house.store.end_sessions([session.id])
        return None
    if used and now - session.seen_at >= doors.idle / _OFTEN:
        house.store.see_session(session.id, now)
    return visitor_of(house, doors, account, session)


def still_in(house: Installation, doors: Doors, ids: Sequence[str], now: datetime) -> Mapping[str, Visitor]:
    """Return by the id of their session who of some visitors is still signed in, with today's posts."""
    return {
        session.id: visitor_of(house, doors, account, session)
        for session, account in house.store.sessions_among(ids)
        if not account.disabled and _lasts(doors, session, now)
    }


def sign_out(house: Installation, token: str) -> None:
    """End the session of a token; that of an unknown one has ended already."""
    found = house.store.session(session_id(token))
    if found is not None:
        session, account = found
        house.store.end_sessions([session.id])
        note(house, account, "signed_out", _auth(session, account))


def session_id(token: str) -> str:
    """Return the id of the session that a token opens."""
    return sha256(token.encode()).hexdigest()


def visitor_of(house: Installation, doors: Doors, account: Account, session: Session) -> Visitor:
    """Return the visitor that an account is today: rooms and agencies follow from the posts held now.

    An auditor's account opens the auditor's rooms alone, whatever posts the person holds: it only reads. Whoever came
    by a one-time password is nobody yet but somebody who may choose another.
    """
    if account.once_until is not None and session.idp == LOCAL:
        return _newcomer(account, session)
    audits = AUDITOR in account.duties
    posts = () if audits else house.worlds.directory.posts_of(account.person, today(house))
    rooms = {post: _rooms(doors, post) for post in posts}
    leads = [post.agency for post, entered in rooms.items() if LEADER in entered]
    return Visitor(
        person=account.person,
        name=account.name,
        rooms=frozenset((AUDITOR,)) if audits else frozenset(account.duties).union(*rooms.values()),
        agencies=tuple(dict.fromkeys(post.agency for post in posts)),
        actor=_actor(account.person, posts),
        session=session.id,
        login=account.login,
        duties=account.duties,
        oversees=tuple(dict.fromkeys(leads)),
        auth=_auth(session, account),
    )


def _newcomer(account: Account, session: Session) -> Visitor:
    return Visitor(
        person=account.person,
        name=account.name,
        rooms=frozenset(),
        agencies=(),
        actor=Actor("officer", account.person),
        session=session.id,
        login=account.login,
        auth=_auth(session, account),
        renews=True,
    )


def _too_late(account: Account, now: datetime) -> bool:
    return account.once_until is not None and now >= account.once_until


def note(house: Installation, account: Account, kind: str, auth: Auth | None = None) -> None:
    """Record what happened at the door; when others keep recording the same person, theirs is record enough."""
    event = {"kind": kind, "login": account.login}
    for _ in range(3):
        try:
            house.store.append([access_record(house, account.person, event, auth=auth)])
            return
        except Busy:
            continue


def _rooms(doors: Doors, post: Post) -> tuple[str, ...]:
    known = doors.positions.get(post.position)
    return () if known is None else known.enters


def _actor(person: str, posts: tuple[Post, ...]) -> Actor:
    """With several posts the decision picks the role, so none of them is claimed beforehand."""
    if len(posts) != 1:
        return Actor("officer", person)
    return Actor("officer", person, posts[0].agency, posts[0].position)


def _auth(session: Session, account: Account) -> Auth:
    return Auth(idp=session.idp, user=account.login, acr=session.acr, sid_hash=session.id)


def _lasts(doors: Doors, session: Session, now: datetime) -> bool:
    return now - session.seen_at < doors.idle and now - session.began_at < doors.longest

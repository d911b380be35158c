"""Systems of agencies that use the API: added, closed, recognised by their token, held to their scopes."""

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from audit.record import Auth
from motcua.services.access import Visitor, record_denial
from motcua.services.access.accounts import access_record
from motcua.services.installation import Installation
from motcua.services.ports import Client
from motcua.services.system_records import API
from states.commands import CLIENT, Actor
from states.errors import DomainError, Kind

READ, TAKE_IN, ACT, FOLLOW, CALENDAR = "read", "intake", "act", "events", "calendar"
SCOPES = {
    READ: {
        "vi": "xem hồ sơ, thời hạn, nhật ký và việc của cơ quan mình",
        "en": "dossiers, clocks, trails and tasks of its agencies",
    },
    TAKE_IN: {"vi": "nộp hồ sơ tại cơ quan mình", "en": "hand in dossiers at its agencies"},
    ACT: {
        "vi": "xử lý hồ sơ ở các vị trí được giao",
        "en": "send dossiers on their way, in its positions",
    },
    FOLLOW: {
        "vi": "theo dõi những gì xảy ra với hồ sơ của cơ quan mình",
        "en": "follow what happens to dossiers of its agencies",
    },
    CALENDAR: {
        "vi": "xem thời hạn dưới dạng lịch, theo địa chỉ chứa mã; đứng riêng, không đi cùng phạm vi khác",
        "en": "read deadlines as a calendar, by an address that holds the token; alone, never with others",
    },
}
PREFIX = "motcua_"
"""Begins every token, so that one which was left lying about is recognised."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_LONGEST_NAME = 100


class UnfitClient(DomainError):
    """No client system can be made: {what} is "{given}"; {reason}. Correct it and try again."""

    vi = "Không lập được hệ thống kết nối: {what} là «{given}»; {reason_vi}. Hãy sửa rồi thực hiện lại."


class ClientNotFound(DomainError):
    """There is no open client system {id}. Look at the list of client systems."""

    kind = Kind.NOT_FOUND
    vi = "Không có hệ thống kết nối nào đang mở mang mã {id}. Hãy xem lại danh sách hệ thống kết nối."


class ScopeMissing(DomainError):
    """The token of {client} does not open this: it needs the scope {scope}. Ask the administrator for one with it."""

    kind = Kind.NOT_AUTHORISED
    vi = "Mã truy cập của {client} không dùng được cho việc này: cần phạm vi {scope}. Hãy đề nghị quản trị cấp."


@dataclass(frozen=True, slots=True)
class Terms:
    """What a client system is to be; see `Client`."""

    id: str
    name: str
    agencies: tuple[str, ...]
    positions: tuple[str, ...] = ()
    scopes: tuple[str, ...] = (READ,)


@dataclass(frozen=True, slots=True)
class Caller:
    """A client system that is calling: as the rules of access see it, and what its token opens."""

    visitor: Visitor
    client: Client


def add_client(
    house: Installation, terms: Terms, by: str | None = None, auth: Auth | None = None
) -> tuple[Client, str]:
    """Let a system of an agency use the API; return it with its token, which is shown this once.

    Raises:
        UnfitClient: Something about it cannot be used.
        ClientTaken: The id belongs to another one.
        AgencyNotFound: There is no such agency.
    """
    _check(house, terms)
    token = PREFIX + house.new_salt().hex()
    made = Client(
        id=terms.id,
        name=terms.name,
        agencies=tuple(dict.fromkeys(terms.agencies)),
        positions=tuple(dict.fromkeys(terms.positions)),
        scopes=tuple(name for name in SCOPES if name in terms.scopes),
        token=token_hash(token),
        created_at=house.now(),
    )
    said = {"agencies": made.agencies, "positions": made.positions, "scopes": made.scopes}
    event = {"kind": "client_added", "client": made.id, **{name: list(each) for name, each in said.items()}}
    house.store.add_client(made, access_record(house, person_of(made.id), event, by, auth))
    return made, token


def disable_client(house: Installation, id: str, by: str | None = None, auth: Auth | None = None) -> None:
    """Close a client system for good; its token opens nothing from now on. Raises: ClientNotFound."""
    event = {"kind": "client_disabled", "client": id}
    if not _ID.fullmatch(id) or not house.store.disable_client(
        id, access_record(house, person_of(id), event, by, auth)
    ):
        raise ClientNotFound(id=id)


def listed_clients(house: Installation) -> list[dict[str, Any]]:
    """Return every client system as lists show it, by id."""
    return [
        {
            "id": client.id,
            "name": client.name,
            "agencies": list(client.agencies),
            "positions": list(client.positions),
            "scopes": list(client.scopes),
            "created_at": client.created_at.isoformat(),
            "disabled": client.disabled,
        }
        for client in house.store.clients()
    ]


def recognise_client(house: Installation, token: str) -> Caller | None:
    """Return who holds a token; None when it opens nothing, or nothing any more."""
    client = house.store.client_of(token_hash(token)) if token.startswith(PREFIX) else None
    if client is None or client.disabled:
        return None
    person = person_of(client.id)
    return Caller(
        Visitor(
            person=person,
            name=client.name,
            rooms=frozenset(),
            agencies=client.agencies,
            actor=Actor(CLIENT, person, *_only_post(client)),
            session=client.token,
            login=client.id,
            auth=Auth(idp=API, user=client.id, sid_hash=client.token),
        ),
        client,
    )


def hold_to(house: Installation, caller: Caller, scope: str, path: str) -> None:
    """Check that a token opens a scope; that it does not is recorded. Raises: ScopeMissing."""
    if scope in caller.client.scopes:
        return
    record_denial(house, caller.visitor, scope, path[:200], f"lacks the scope {scope}")
    raise ScopeMissing(client=caller.client.id, scope=scope)


def acting_in(caller: Caller, agency: str | None, position: str | None = None) -> Caller:
    """Return a client system as it acts in an agency of its own, and in a position where one is named."""
    visitor = caller.visitor
    actor = Actor(CLIENT, visitor.person, agency, position)
    return replace(caller, visitor=replace(visitor, actor=actor))


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def person_of(id: str) -> str:
    """Return the name under which a client system acts; no person can have it."""
    return f"client:{id}"


def _only_post(client: Client) -> tuple[str | None, str | None]:
    if len(client.agencies) == len(client.positions) == 1:
        return client.agencies[0], client.positions[0]
    return (client.agencies[0] if len(client.agencies) == 1 else None), None


def _check(house: Installation, terms: Terms) -> None:
    """Find the first thing that is wrong. Raises: UnfitClient, AgencyNotFound."""
    directory = house.worlds.directory
    if not _ID.fullmatch(terms.id):
        raise _unfit(
            "id", terms.id, "small letters, digits, -, from 2 to 40", "chữ thường, số, -, từ 2 đến 40"
        )
    if not (terms.name.strip() and terms.name.isprintable() and len(terms.name) <= _LONGEST_NAME):
        raise _unfit("name", terms.name, "1 to 100 printed characters", "từ 1 đến 100 ký tự in được")
    if not terms.agencies:
        raise _unfit("agencies", "-", "one at least", "cần ít nhất một cơ quan")
    for agency in terms.agencies:
        directory.get(agency)
    known = {post.position for post in directory.posts}
    for position in sorted(set(terms.positions) - known):
        raise _unfit("position", position, "nobody ever held it", "chưa ai từng giữ vị trí này")
    for scope in sorted(set(terms.scopes) - SCOPES.keys()):
        raise _unfit("scope", scope, f"known are {', '.join(SCOPES)}", f"chỉ có {', '.join(SCOPES)}")
    if not terms.scopes or (CALENDAR in terms.scopes and len(set(terms.scopes)) > 1):
        given = ", ".join(terms.scopes) or "-"
        raise _unfit(
            "scopes", given, "one at least, calendar alone", "cần ít nhất một; calendar phải đứng riêng"
        )


def _unfit(what: str, given: str, reason: str, reason_vi: str) -> UnfitClient:
    return UnfitClient(what=what, given=given, reason=reason, reason_vi=reason_vi)

"""Keys and conditions of requests: done once, done on the version that was seen, sent only when it is new.

Source:
    RFC 9110, section 13 (If-Match, If-None-Match); RFC 6585 (428); draft-ietf-httpapi-idempotency-key-header-06.
"""

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header

from motcua.services.idempotency import KeyReused, MalformedKey
from motcua.services.ports import Stored
from states.errors import DomainError, Kind, StaleDossier

_TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e]*)"\s*')
_OURS = re.compile(r"v([0-9]{1,9})\.[0-9]{1,9}")
REQUIRED = "x-required"
_MOST = 5
"""So many versions of a list are tried; nobody saw more of them."""


class KeyMissing(DomainError):
    """The header Idempotency-Key is missing. Send a new UUID with a new request, the same one with a repeated one."""

    vi = "Thiếu tiêu đề Idempotency-Key. Hãy gửi một UUID mới cho mỗi yêu cầu mới, và gửi lại UUID cũ khi lặp lại."


class ConditionMissing(DomainError):
    """The header If-Match is missing. Send the ETag of the dossier as you saw it, or * to act on whatever is there."""

    kind = Kind.CONFLICT
    vi = "Thiếu tiêu đề If-Match. Hãy gửi ETag của hồ sơ như đã xem, hoặc * để xử lý bản hiện có."


async def idempotency_key(
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="Required. The same key with the same request gets the same answer, and nothing is done twice.",
            json_schema_extra={REQUIRED: True, "pattern": "^[!-~]{1,200}$"},
        ),
    ] = None,
) -> str:
    """Return the key of a request. Raises: KeyMissing; MalformedKey, where it is none, before anything else is done."""
    if key is None:
        raise KeyMissing
    if not re.fullmatch(r"[!-~]{1,200}", key):
        raise MalformedKey
    return key


Key = Annotated[str, Depends(idempotency_key)]


async def if_match(
    tags: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="Required. ETag of the dossier as it was seen, or `*`.",
            json_schema_extra={REQUIRED: True},
        ),
    ] = None,
) -> tuple[int, ...] | None:
    """Return the versions that a request may act on; None for any.

    A tag that is none of ours matches nothing. Raises: ConditionMissing.
    """
    if tags is None:
        raise ConditionMissing
    if tags.strip() == "*":
        return None
    found = (_OURS.fullmatch(tag) for weak, tag in _tags(tags) if not weak)
    return tuple(int(ours[1]) for ours in found if ours is not None)


Versions = Annotated[tuple[int, ...] | None, Depends(if_match)]


def on_one_of(
    versions: tuple[int, ...] | None, stored: Stored, act: Callable[[int | None], Stored]
) -> Stored:
    """Act on the version that is there, if it is among those that were named; else on the first that answers.

    One that is there no more answers where the request was done on it before, under its key.

    Raises:
        StaleDossier: None of them is there, and none was acted on under this key.
        DomainError: As *act*.
    """
    if versions is None:
        return act(None)
    current = stored.dossier.version
    trouble: DomainError = StaleDossier(code=stored.dossier.code, seen="-", current=current)
    for version in (current,) if current in versions else versions[:_MOST]:
        try:
            return act(version)
        except (StaleDossier, KeyReused) as error:
            trouble = error
    raise trouble


def etag(stored: Stored) -> str:
    """Return the tag of a dossier: its version, which conditions compare, and the number of its last record."""
    return f'"v{stored.dossier.version}.{stored.seq}"'


def unchanged(if_none_match: str | None, tag: str) -> bool:
    """Tell whether the caller has what a tag names already; weak and strong tags count alike here."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or any(f'"{given}"' == tag for _, given in _tags(if_none_match))


def _tags(header: str) -> list[tuple[bool, str]]:
    """Read a list of tags, up to the first that is none."""
    found, at = [], 0
    while (tag := _TAG.match(header, at)) is not None:
        found.append((bool(tag[1]), tag[2]))
        at = tag.end() + 1
        if header[tag.end() : at] != ",":
            break
    return found

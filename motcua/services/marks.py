"""Places in lists as they stand in addresses: anybody may have written them, and they only say where to begin."""

import base64
import binascii
import json
from collections.abc import Sequence

from states.errors import DomainError

LONGEST = 800
"""Characters of a mark; those that pages write are shorter."""


class UnreadableMark(DomainError):
    """The place in the list cannot be read. Begin at the first page."""

    vi = "Không đọc được vị trí trong danh sách. Hãy bắt đầu từ trang đầu."


def write_mark(parts: Sequence[str | None]) -> str:
    """Write a place in a list for an address."""
    text = json.dumps(list(parts), separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(text: str, count: int = 3) -> list[str | None]:
    """Read what `write_mark` wrote: texts that a database can hold, or None. Raises: UnreadableMark."""
    if len(text) > LONGEST:
        raise UnreadableMark
    try:
        parts = json.loads(base64.urlsafe_b64decode((text + "=" * (-len(text) % 4)).encode("ascii")))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise UnreadableMark from error
    if not isinstance(parts, list) or len(parts) != count or not all(map(_fits, parts)):
        raise UnreadableMark
    return parts


def _fits(part: object) -> bool:
    return part is None or (isinstance(part, str) and part.isprintable())

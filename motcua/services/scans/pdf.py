"""What hides in a PDF: a lock, scripts, files. It is read as text, its object streams unpacked up to a bound."""

import re
import zlib
from collections.abc import Iterator

from motcua.services.scans.unfit import unfit

_TAIL = 2048
_UNPACKED = 8 * 1024 * 1024
"""So many bytes of all object streams are looked at."""

_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_LOCKED = re.compile(rb"/Encrypt\b")
_SCRIPTS = re.compile(rb"/(?:JavaScript|JS|OpenAction|AA|Launch)\b")
_FILES = re.compile(rb"/(?:EmbeddedFiles?|Filespec|RichMedia)\b")


def flags_of_pdf(held: bytes, pages: int) -> tuple[str, ...]:
    """Return what whoever opens it should know.

    Raises:
        UnfitFile: It is cut off, locked with a password, has no page, or holds more than can be looked at.
    """
    if b"%%EOF" not in held[-_TAIL:]:
        raise unfit("the PDF is cut off", "tệp PDF bị cắt cụt")
    parts = [_plain(held), *map(_plain, _unpacked(held))]
    if any(_LOCKED.search(part) for part in parts):
        raise unfit("the PDF is locked with a password", "tệp PDF có mật khẩu")
    count = sum(len(_PAGE.findall(part)) for part in parts)
    if not count:
        raise unfit("the PDF has no page", "tệp PDF không có trang nào")
    found = (
        ("javascript", any(_SCRIPTS.search(part) for part in parts)),
        ("embedded", any(_FILES.search(part) for part in parts)),
        ("pages", count >= pages),
    )
    return tuple(name for name, there in found if there)


def _plain(held: bytes) -> bytes:
    """Write names without their escapes: `/J#61vaScript` is `/JavaScript`."""
    return _HEX.sub(lambda sign: bytes([int(sign[1], 16)]), held)


def _unpacked(held: bytes) -> Iterator[bytes]:
    left = _UNPACKED
    for begin in _STREAM.finditer(held):
        unpack = zlib.decompressobj()
        try:
            text = unpack.decompress(held[begin.end() :], left + 1)
        except zlib.error:
            continue
        left -= len(text)
        if left < 0:
            raise unfit("the PDF unpacks to too much", "tệp PDF giải nén ra quá lớn")
        yield text

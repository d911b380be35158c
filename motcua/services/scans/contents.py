"""What a file is, by what it holds: PDF, PNG and JPEG alone, whole, and named as what they are.

Nothing is rendered or unpacked to its full size, so that nothing can blow up here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zlib import crc32

from motcua.services.scans.limits import Limits
from motcua.services.scans.pdf import flags_of_pdf
from motcua.services.scans.unfit import UnfitFile, unfit

__all__ = ["Checked", "UnfitFile", "check"]

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
_HEADS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
EXTENSIONS: Mapping[str, tuple[str, ...]] = {PDF: ("pdf",), PNG: ("png",), JPEG: ("jpg", "jpeg")}
_MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php")
_LOOKED_AT = 1024
_ARCHIVE = b"PK\x05\x06"
_ARCHIVE_TAIL = 22 + 0xFFFF
"""A ZIP archive is found by its last record, which a comment of 65,535 bytes may follow. Source: APPNOTE.TXT 4.3.16."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept.

    Attributes:
        flags: What whoever opens it should know: `javascript`, `embedded`, `pages`.
    """

    media: str
    extension: str
    flags: tuple[str, ...]


def check(name: str, held: bytes, limits: Limits) -> Checked:
    """Say what a file is.

    Args:
        name: What the client calls it; only its ending is looked at, and nothing of it is kept.
        held: The whole file.
        limits: How big a picture may be.

    Raises:
        UnfitFile: It is empty, of another kind, named as another kind, damaged, locked, or too big to be looked at.
    """
    if not held:
        raise unfit("it is empty", "tệp rỗng")
    media = next((kind for head, kind in _HEADS if held.startswith(head)), None)
    if media is None:
        raise unfit("it is no PDF, PNG or JPEG", "không phải PDF, PNG hoặc JPEG")
    if _ending(name) not in EXTENSIONS[media]:
        reason = f"its name does not end as {EXTENSIONS[media][0]}, which it is"
        raise unfit(reason, f"đuôi tên không đúng nội dung ({EXTENSIONS[media][0]})")
    if any(mark in held[:_LOOKED_AT].lower() for mark in _MARKUP):
        raise unfit("it is a web page at the same time", "nội dung đồng thời là trang web")
    if _ARCHIVE in held[-_ARCHIVE_TAIL:]:
        raise unfit("it is an archive at the same time", "nội dung đồng thời là tệp nén")
    return Checked(media, EXTENSIONS[media][0], _CHECKS[media](held, limits))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _png(held: bytes, limits: Limits) -> tuple[str, ...]:
    """Walk the chunks to the end; the head says how many pixels there would be."""
    at, seen = 8, b""
    while seen != b"IEND":
        size, seen = int.from_bytes(held[at : at + 4]), held[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(held) or int.from_bytes(held[end - 4 : end]) != crc32(held[at + 4 : end - 4]):
            raise unfit("the picture is damaged or cut off", "ảnh bị hỏng hoặc bị cắt cụt")
        if at == 8:
            if seen != b"IHDR" or size != 13:
                raise unfit("the picture has no head", "ảnh không có phần đầu")
            _small_enough(int.from_bytes(held[16:20]), int.from_bytes(held[20:24]), limits)
        at = end
    if held[at:].strip(b"\0"):
        raise unfit("something is hidden behind the picture", "có nội dung giấu sau ảnh")
    return ()


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def _jpeg(held: bytes, limits: Limits) -> tuple[str, ...]:
    """Walk the segments to the picture itself, which must be there with an end."""
    at, framed = 2, False
    while True:
        if held[at : at + 1] != b"\xff" or at + 4 > len(held):
            raise unfit("the picture is damaged or cut off", "ảnh bị hỏng hoặc bị cắt cụt")
        mark = held[at + 1]
        if mark in _BARE or mark == 0xFF:
            at += 1 if mark == 0xFF else 2
            continue
        size = int.from_bytes(held[at + 2 : at + 4])
        if mark in _FRAMES:
            _small_enough(
                int.from_bytes(held[at + 7 : at + 9]), int.from_bytes(held[at + 5 : at + 7]), limits
            )
            framed = True
        if mark == 0xDA:
            break
        at += 2 + max(size, 2)
    end = held.rfind(b"\xff\xd9", at)
    if not framed or end < 0 or len(held) - end > _LOOKED_AT * 64:
        raise unfit("the picture is damaged or cut off", "ảnh bị hỏng hoặc bị cắt cụt")
    return ()


def _small_enough(width: int, height: int, limits: Limits) -> None:
    if not 0 < width * height <= limits.pixels:
        reason = f"the picture would have {width} × {height} pixels"
        raise unfit(reason, f"ảnh khai {width} × {height} điểm ảnh, quá lớn")


def _pdf(held: bytes, limits: Limits) -> tuple[str, ...]:
    return flags_of_pdf(held, limits.pages)


_CHECKS: Mapping[str, Callable[[bytes, Limits], tuple[str, ...]]] = {PDF: _pdf, PNG: _png, JPEG: _jpeg}

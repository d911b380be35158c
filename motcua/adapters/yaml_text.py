"""From the bytes of a file to text that may be parsed: encoding, size and characters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from states.problem import Path as Trail

MAX_BYTES = 256 * 1024
_MOST_REPORTED = 20

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# Control characters save tab and line breaks, lone surrogates, line separators, non-characters.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
# Format characters (zero width, direction, tags) and letters that draw nothing.
_UNSEEN = (
    "\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_REFUSED = re.compile(f"[{_CONTROL}{_UNSEEN}]")
_IS_CONTROL = re.compile(f"[{_CONTROL}]")
_STAND_IN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach at a 1-based line and column of a file that has no name yet."""

    rule: str
    line: int
    column: int
    facts: Mapping[str, object] = field(default_factory=dict)
    path: Trail = ()


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """Return the text of *data*, fit for the parser, and what is wrong with its bytes.

    Line breaks become line feeds and each refused character a stand-in, so that lines and
    columns stay those of the file. When nothing can be read on, the text is empty.
    """
    if len(data) > MAX_BYTES:
        return "", [Finding("E-YAML-002", 1, 1, {"limit": MAX_BYTES // 1024})]
    if data.startswith(_BOMS):
        return "", [Finding("E-YAML-004", 1, 1)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return "", [_broken_byte(data, fault.start)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFUSED.sub(_STAND_IN, text), _refused_characters(text)


def refused_character(text: str) -> tuple[str, str] | None:
    """Return the rule that *text* breaks and its first refused character as `U+200B`, or nothing."""
    match = _REFUSED.search(text)
    return _named(match.group()) if match else None


def read_limited(path: Path) -> bytes:
    """Read a regular file, but no more than just past the limit of size.

    Raises:
        OSError: It cannot be read, or it is no regular file.
    """
    if path.exists() and not path.is_file():
        raise IsADirectoryError
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _broken_byte(data: bytes, offset: int) -> Finding:
    before = data[:offset].decode("utf-8")
    line, column = _position(before, len(before))
    return Finding("E-YAML-003", line, column, {"byte": f"0x{data[offset]:02X}"})


def _refused_characters(text: str) -> list[Finding]:
    findings = []
    for match in _REFUSED.finditer(text):
        rule, name = _named(match.group())
        findings.append(Finding(rule, *_position(text, match.start()), {"char": name}))
        if len(findings) == _MOST_REPORTED:
            break
    return findings


def _named(char: str) -> tuple[str, str]:
    return "E-YAML-005" if _IS_CONTROL.match(char) else "E-YAML-006", f"U+{ord(char):04X}"


def _position(text: str, offset: int) -> tuple[int, int]:
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1

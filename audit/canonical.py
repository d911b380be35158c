"""Canonical JSON: the one text of a value, which is what gets hashed (a profile of RFC 8785).

The profile: no fractions, integers below 2**53, NFC strings, string keys in UTF-16 order, no duplicates.
"""

import hashlib
import json
from typing import Any, ClassVar, NoReturn
from unicodedata import is_normalized

from states.errors import DomainError

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32

Path = tuple[object, ...]

_TEXT = frozenset({str})
_PLAIN = frozenset({str, bool, type(None)})
_SORTED = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))
_DECODER = json.JSONDecoder()
_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


class NotCanonical(DomainError):
    """The value at {where} has no canonical form: {reason}. Correct it and record it again."""

    vi = "Giá trị tại {where} không có dạng chuẩn: {reason_vi}. Hãy sửa giá trị rồi ghi lại."

    REASONS: ClassVar[dict[str, tuple[str, str]]] = {
        "type": (
            "only objects, lists, text, whole numbers, true, false and null are allowed",
            "chỉ được dùng đối tượng, danh sách, chuỗi, số nguyên, true, false và null",
        ),
        "integer": ("the number is 2^53 or more", "số lớn hơn hoặc bằng 2^53"),
        "key": ("a key is not text", "khóa không phải là chuỗi"),
        "depth": ("it is nested too deeply", "lồng nhau quá sâu"),
        "nfc": ("the text is not in Unicode form NFC", "chuỗi chưa ở dạng Unicode NFC"),
        "surrogate": ("the text holds half a character", "chuỗi chứa nửa ký tự (surrogate lẻ)"),
        "duplicate": ("a key is given twice", "khóa bị lặp"),
        "syntax": ("it is not JSON", "không phải JSON hợp lệ"),
        "bytes": (
            "the same content is written differently in canonical form",
            "cùng nội dung nhưng không viết theo dạng chuẩn",
        ),
    }


def _refuse(reason: str, path: Path) -> NoReturn:
    en, vi = NotCanonical.REASONS[reason]
    where = "/" + "/".join(map(str, path))
    raise NotCanonical(code=reason, where=where.encode("utf-8", "replace").decode(), reason=en, reason_vi=vi)


def canonical(value: object) -> str:
    """Return the one canonical text of *value*; tuples are written as lists.

    Raises:
        NotCanonical: A float, an integer of 2**53 or more, a string that is not NFC or holds a lone
            surrogate, a key that is not a string, another type, or nesting beyond `MAX_DEPTH`.

    Source:
        RFC 8785: sections 3.2.2 (primitives) and 3.2.3 (order of keys).
    """
    _check(value, ())
    text = _SORTED.encode(value)
    if text.isascii():
        return text
    try:
        units, sound = len(text.encode("utf-16-le")) // 2, is_normalized("NFC", text)
    except UnicodeEncodeError:
        units, sound = len(text), False
    if not sound:  # which string? perhaps none: an escape such as \n may only stand before a mark
        _check_strings(value, ())
    if units != len(text):  # beyond the basic plane, code points and UTF-16 units sort differently
        text = _AS_GIVEN.encode(_in_utf16_order(value))
    return text


def parse(text: str) -> Any:
    """Return the value that *text* denotes, whatever its spacing and order of keys.

    Raises:
        NotCanonical: Not JSON, a key given twice, or a value outside the profile.
    """
    value = _load(text, json.JSONDecoder(object_pairs_hook=_without_duplicates))
    canonical(value)
    return value


def parse_canonical(text: str) -> Any:
    """Return the value that *text* denotes, if *text* is its canonical form.

    A key given twice needs no check of its own: the text written back would be shorter.

    Raises:
        NotCanonical: Not JSON, outside the profile, or not the canonical bytes.
    """
    value = _load(text, _DECODER)
    if canonical(value) != text:
        _refuse("bytes", ())
    return value


def is_canonical(text: str) -> bool:
    """Tell whether *text* is the canonical form of a value of the profile."""
    try:
        parse_canonical(text)
    except NotCanonical:
        return False
    return True


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical UTF-8 bytes, as 64 lowercase hex digits."""
    return sealed(value)[1]


def sealed(value: object) -> tuple[str, str]:
    """Return the canonical text of *value* and its digest, written once. Raises: NotCanonical."""
    text = canonical(value)
    return text, hashlib.sha256(text.encode()).hexdigest()


def _load(text: str, decoder: json.JSONDecoder) -> Any:
    try:
        return decoder.decode(text)
    except RecursionError:
        _refuse("depth", ())
    except ValueError:  # bad syntax, or an integer too long for Python to read
        _refuse("syntax", ())


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        keys = [key for key, _ in pairs]
        _refuse("duplicate", (next(key for key in keys if keys.count(key) > 1),))
    return members


def _check(node: Any, path: Path) -> None:
    """Refuse what is outside the profile, except for the contents of strings."""
    if len(path) > MAX_DEPTH:
        _refuse("depth", path[:3])
    kind = type(node)
    if kind is dict or kind is list or kind is tuple:
        if kind is dict and not _TEXT.issuperset(map(type, node)):
            _refuse("key", path)
        for key, item in node.items() if kind is dict else enumerate(node):
            if type(item) not in _PLAIN:  # saves a call for most members: this is the hot path
                _check(item, (*path, key))
    else:
        _check_scalar(node, path)


def _check_scalar(node: object, path: Path) -> None:
    if type(node) is int:
        if not -MAX_INTEGER <= node <= MAX_INTEGER:
            _refuse("integer", path)
    elif type(node) not in _PLAIN and not isinstance(node, str):
        _refuse("type", path)


def _check_strings(node: Any, path: Path) -> None:
    """Refuse a string or key that is not NFC or holds a lone surrogate."""
    if isinstance(node, str):
        if not is_normalized("NFC", node):
            _refuse("nfc", path)
        if any("\ud800" <= char <= "\udfff" for char in node):
            _refuse("surrogate", path)
    elif isinstance(node, dict):
        for key, item in node.items():
            _check_strings(key, path)
            _check_strings(item, (*path, key))
    elif isinstance(node, (list, tuple)):
        for index, item in enumerate(node):
            _check_strings(item, (*path, index))


def _in_utf16_order(node: Any) -> Any:
    if isinstance(node, dict):
        keys = sorted(node, key=lambda key: key.encode("utf-16-be"))
        return {key: _in_utf16_order(node[key]) for key in keys}
    if isinstance(node, (list, tuple)):
        return [_in_utf16_order(item) for item in node]
    return node

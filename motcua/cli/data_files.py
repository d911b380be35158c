"""Reads the JSON that comes with a command: strict, limited, in one Unicode form, nothing unknown let through."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from unicodedata import normalize

from audit.canonical import canonical
from motcua.services.intake import Submission
from motcua.services.transitions import Particulars
from states.errors import DomainError
from states.term import Term, parse_term

MAX_BYTES = 256 * 1024
STDIN = "-"
NEW_KEYS = ("agency", "facts", "documents", "applicant", "legal_date", "received", "helped", "returns")
SEND_KEYS = ("facts", "documents", "reason", "by")

T = TypeVar("T")
_AMOUNT = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,4})?")


class InvalidData(DomainError):
    """{file}: {reason}. Correct it and try again; nothing was written."""

    vi = "{file}: {reason_vi}. Hãy sửa rồi thực hiện lại; chưa ghi gì."


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One JSON object with the name of where it came from."""

    file: str
    value: Mapping[str, Any]

    def get(self, key: str, kind: type[T], vi: str, en: str) -> T | None:
        """Return the value of *key*, None where it is absent or null; refuse another type."""
        value = self.value.get(key)
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        _refuse(self.file, f"«{key}» phải là {vi}", f'"{key}" must be {en}')

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; refuse another one, or a text given twice."""
        items = self.get(key, list, "danh sách chuỗi", "a list of texts") or []
        if not all(isinstance(item, str) for item in items) or len(set(items)) < len(items):
            _refuse(
                self.file,
                f"«{key}» phải là danh sách chuỗi không lặp",
                f'"{key}" must be a list of texts, each once',
            )
        return tuple(items)

    def mapping(self, key: str) -> dict[str, Any]:
        """Return an object; empty where it is absent or null."""
        return self.get(key, dict, "đối tượng", "an object") or {}


def read_submission(file: str, procedure: str, channel: str) -> Submission:
    """Read what comes with a new dossier.

    Args:
        file: Path of the JSON file; `-` is stdin.
        procedure: Code of the procedure.
        channel: How it came.

    Raises:
        InvalidData, NotCanonical: Not such an object, too large, an unknown or doubled key.
        OSError: The file cannot be read.
    """
    sheet = _read(file, NEW_KEYS)
    agencies = (
        sheet.get(key, str, "mã cơ quan", "the code of an agency") or None
        for key in ("agency", "received", "helped", "returns")
    )
    agency, received, helped, returns = agencies
    return Submission(
        procedure=procedure,
        channel=channel,
        facts=sheet.mapping("facts"),
        documents=sheet.texts("documents"),
        applicant=_personal(sheet),
        legal_date=_day(sheet),
        agency=agency,
        received=received,
        helped=helped,
        returns=returns,
    )


def read_particulars(file: str | None) -> Particulars:
    """Read what comes with a transition; nothing when no file is named.

    Raises:
        InvalidData, NotCanonical, InvalidTerm: Not such an object.
        OSError: The file cannot be read.
    """
    if file is None:
        return Particulars()
    sheet = _read(file, SEND_KEYS)
    return Particulars(
        facts=sheet.mapping("facts"),
        documents=sheet.texts("documents"),
        reason=sheet.get("reason", str, "chuỗi", "a text"),
        by=_term(sheet),
    )


def _personal(sheet: _Sheet) -> dict[str, Any]:
    """Return the applicant's values, each of which gets a commitment of its own, so that each can be erased."""
    values = sheet.mapping("applicant")
    for name, value in values.items():
        if isinstance(value, dict | list):
            _refuse(
                sheet.file,
                f"«applicant.{name}» phải là giá trị đơn",
                f'"applicant.{name}" must be a single value',
            )
    return values


def _day(sheet: _Sheet) -> date | None:
    text = sheet.get("legal_date", str, "ngày dạng 2026-03-02", "a date like 2026-03-02")
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        _refuse(sheet.file, f"«legal_date» không phải là ngày: {text}", f'"legal_date" is no date: {text}')


def _term(sheet: _Sheet) -> Term | None:
    by = sheet.mapping("by")
    if not by:
        return None
    if len(by) != 1:
        _refuse(sheet.file, "«by» cần đúng một đơn vị thời gian", '"by" needs exactly one unit of time')
    [(unit, amount)] = by.items()
    if not _AMOUNT.fullmatch(str(amount)):
        _refuse(sheet.file, "«by» cần một số như 2 hoặc 0.5", '"by" needs a number like 2 or 0.5')
    return parse_term(unit, str(amount))


def _read(file: str, keys: Iterable[str]) -> _Sheet:
    value = _parsed(file, _bytes(file))
    if not isinstance(value, dict):
        _refuse(file, "cần một đối tượng JSON", "a JSON object is wanted")
    known = tuple(keys)
    for key in value:
        if key not in known:
            expected = ", ".join(known)
            _refuse(
                file, f"khóa lạ «{key}»; chỉ dùng {expected}", f'unknown key "{key}"; use only {expected}'
            )
    canonical({key: part for key, part in value.items() if key != "by"})
    return _Sheet(file, value)


def _bytes(file: str) -> bytes:
    if file == STDIN:
        content = _typed()
    else:
        with Path(file).open("rb") as source:
            content = source.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1024
        _refuse(file, f"lớn hơn {limit} KiB", f"it is larger than {limit} KiB")
    return content


def _typed() -> bytes:
    """Return what comes on stdin, as the bytes it came in."""
    try:
        return sys.stdin.read(MAX_BYTES + 1).encode("utf-8", "surrogateescape")
    except UnicodeError as error:
        _refuse(STDIN, "không phải UTF-8", f"it is not UTF-8: {error}")


def _parsed(file: str, content: bytes) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = {}
        for key, value in pairs:
            name = normalize("NFC", key)
            if name in found:
                _refuse(file, f"khóa «{name}» bị lặp", f'the key "{name}" is given twice')
            found[name] = _composed(file, value)
        return found

    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=once, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        told = "lồng nhau quá sâu" if isinstance(error, RecursionError) else str(error)
        english = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        _refuse(file, f"không đọc được JSON: {told}", f"not readable JSON: {english}")


def _composed(file: str, value: Any) -> Any:
    """Return texts in form NFC, so that the same name typed on two machines is the same text."""
    if isinstance(value, str):
        if "\0" in value:
            _refuse(file, "có ký tự NUL", "it holds a NUL character")
        return normalize("NFC", value)
    return [_composed(file, item) for item in value] if isinstance(value, list) else value


def _refuse(file: str, vi: str, en: str) -> NoReturn:
    name = "stdin" if file == STDIN else file
    raise InvalidData(file=name, reason=en, reason_vi=vi)

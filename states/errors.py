"""The errors of the domain: a class for each, whose docstring is the message."""

from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """What kind of "no" an error is; faces map it to an exit code or an HTTP status."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    NOT_AUTHORISED = "not_authorised"
    UNSOUND = "unsound"
    NOT_READY = "not_ready"


class Spoken(str):
    """An id that messages say in words: it is equal to its id, for programs, and `vi` and `en` are what people read."""

    vi: str
    en: str

    def __new__(cls, id: str, vi: str, en: str) -> "Spoken":
        """Make one; an id that nothing is known of is its own words."""
        made = super().__new__(cls, id)
        made.vi, made.en = vi, en
        return made


class DomainError(Exception):
    """Something that was asked cannot be done.

    A subclass's docstring is its English message, `vi` the Vietnamese one; both are filled from
    the keyword facts given at raising. The class name is the stable code of the error.
    """

    kind: ClassVar[Kind] = Kind.INVALID
    vi: ClassVar[str] = "Yêu cầu không thực hiện được."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message("en"))

    @property
    def code(self) -> str:
        """Name the error for programs."""
        return type(self).__name__

    def message(self, language: str) -> str:
        """Return the message in *language* (`vi` or `en`), filled with the facts of this case."""
        template = self.vi if language == "vi" else (type(self).__doc__ or "")
        said = {name: _said(fact, language) for name, fact in self.facts.items()}
        return " ".join(template.format_map(said).split())


def _said(fact: object, language: str) -> object:
    if not isinstance(fact, Spoken):
        return fact
    return fact.vi if language == "vi" else fact.en


class CalendarHorizonError(DomainError):
    """The calendar {calendar} has no file for {day}. Add the year's calendar file and try again."""

    vi = "Lịch làm việc {calendar} chưa có dữ liệu cho ngày {day}. Hãy bổ sung tệp lịch của năm đó rồi thực hiện lại."


class InvalidTerm(DomainError):
    """The term {given} is not understood: {reason}. Write it like "5 working_days" or "4 working_hours"."""

    vi = "Thời hạn {given} không hợp lệ: {reason_vi}. Hãy viết như «5 working_days» hoặc «4 working_hours»."


class TransitionRefused(DomainError):
    """Dossier {code}: "{transition}" is not possible now: {reason}. Allowed now: {allowed}."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: chưa thể thực hiện «{transition}»: {reason_vi}. Việc có thể làm lúc này: {allowed}."


class NotAuthorised(DomainError):
    """Dossier {code}: {actor} may not do "{action}": {reason}. Ask whoever may: {roles}."""

    kind = Kind.NOT_AUTHORISED
    vi = "Hồ sơ {code}: {actor} không được thực hiện «{action}»: {reason_vi}. Hãy nhờ người có thẩm quyền: {roles}."


class StaleDossier(DomainError):
    """Dossier {code} has moved on: you saw version {seen}, it is now {current}. Look at it again, then decide."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code} đã thay đổi: bạn xem phiên bản {seen}, nay là {current}. Hãy xem lại rồi quyết định."


class InvalidFacts(DomainError):
    """Dossier data refused: {reason}. Run "motcua schema --data {procedure}" to see what is expected."""

    vi = "Dữ liệu hồ sơ không hợp lệ: {reason_vi}. Xem yêu cầu bằng lệnh «motcua schema --data {procedure}»."

"""Puts the values of one version into words, in both languages."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from states.procedure import APPLICANT, SYSTEM, Alternative, Assign, Effect, Label, Procedure, Resolve, Side
from states.procedure import StateKind as Kind
from states.term import Term, Unit

NONE = Label("không có", "none")
UNKNOWN = Label("chưa biết", "not known")
YES, NO = Label("có", "yes"), Label("không", "no")
_ACTORS = {APPLICANT: Label("người nộp hồ sơ", "the applicant"), SYSTEM: Label("hệ thống", "the system")}
_UNITS = {
    Unit.WORKING_DAYS: ("ngày làm việc", "working day"),
    Unit.WORKING_HOURS: ("giờ làm việc", "working hour"),
    Unit.CALENDAR_DAYS: ("ngày", "calendar day"),
    Unit.HOURS: ("giờ", "hour"),
    Unit.MONTHS: ("tháng", "month"),
}
_NAMED: Mapping[str, Label] = {
    Effect.PAUSE: Label("tạm dừng, sau đó tính tiếp", "pauses, then goes on"),
    Effect.RESTART: Label("tính lại từ đầu", "starts anew"),
    Resolve.COMPETENT: Label("cơ quan có thẩm quyền", "the competent agency"),
    Resolve.PARENT: Label("cơ quan cấp trên", "the agency above"),
    Resolve.ONLY: Label("cơ quan duy nhất của loại này", "the only agency of its kind"),
    Resolve.RECEIVING: Label("cơ quan tiếp nhận hồ sơ", "the agency that received the dossier"),
    Assign.POOL: Label("nhận việc từ danh sách chung", "taken from the pool"),
    Assign.LEAST_LOADED: Label("giao người ít việc nhất", "given to the least loaded"),
    Assign.SAME_OFFICER: Label("giao người đã xử lý", "given to the same officer"),
    Assign.HEAD_ASSIGNS: Label("thủ trưởng phân công", "assigned by the head"),
    Side.BEFORE: Label("trước hạn", "before the due instant"),
    Side.DUE: Label("đúng hạn", "at the due instant"),
    Side.AFTER: Label("sau hạn", "after the due instant"),
    Kind.ATOMIC: Label("bước đơn", "a single step"),
    Kind.COMPOUND: Label("gồm nhiều bước", "made of steps"),
    Kind.PARALLEL: Label("nhiều nhánh song song", "parallel branches"),
    Kind.FINAL: Label("kết thúc", "an end"),
}


class Names:
    """What one version calls its parts; what it does not know keeps its id."""

    def __init__(self, procedure: Procedure, statuses: Mapping[int, Label] | None = None) -> None:
        self.procedure = procedure
        self.statuses = statuses or {}

    @cached_property
    def parties(self) -> Mapping[str, Label]:
        """The names of the parties."""
        return {party.id: party.label for party in self.procedure.parties}

    @cached_property
    def leading(self) -> frozenset[str]:
        """The roles that sign an extension, which is how a leader is known."""
        return frozenset(item.role for item in self.procedure.extensions)

    @cached_property
    def families(self) -> Mapping[str, str]:
        """By ladder: its name without the version, where the procedure uses one version of it only."""
        stems = {id: id.partition("@")[0] for id in self.procedure.ladder}
        counts = Counter(stems.values())
        return {id: stem if counts[stem] == 1 else id for id, stem in stems.items()}


Told = Callable[[Names, Any], Label]


def quoted(label: Label) -> Label:
    """Return a name in the quotation marks of each language."""
    return Label(f"«{label.vi}»", f'"{label.en}"')


def joined(labels: Iterable[Label]) -> Label:
    """Return several names with commas; none of them is said as such."""
    found = tuple(labels)
    if not found:
        return NONE
    return Label(", ".join(item.vi for item in found), ", ".join(item.en for item in found))


def text(names: Names, value: Any) -> Label:
    """Tell a text or a number as it stands."""
    return NONE if value is None or value == "" else Label(str(value), str(value))


def known(names: Names, value: Any) -> Label:
    """Tell a number of the law, of which None means that nobody knows it."""
    return UNKNOWN if value is None else text(names, value)


def texts(names: Names, value: Any) -> Label:
    """Tell several texts."""
    return joined(text(names, item) for item in value)


def label(names: Names, value: Any) -> Label:
    """Tell a name."""
    return NONE if value is None else quoted(value)


def flag(names: Names, value: Any) -> Label:
    """Tell a truth value; None where there is nothing it could be said of."""
    return NONE if value is None else (YES if value else NO)


def named(names: Names, value: Any) -> Label:
    """Tell a choice of the file format."""
    return NONE if value is None else _NAMED.get(value, text(names, value))


def day(names: Names, value: date | None) -> Label:
    """Tell a local day."""
    return NONE if value is None else Label(value.strftime("%d/%m/%Y"), value.isoformat())


def minute(names: Names, value: int | None) -> Label:
    """Tell a minute of the day."""
    return NONE if value is None else text(names, f"{value // 60:02d}:{value % 60:02d}")


def term(names: Names, value: Term | None) -> Label:
    """Tell a length of time."""
    if value is None:
        return UNKNOWN
    if value.unit is Unit.SAME_DAY:
        return Label("trong ngày làm việc", "the same working day")
    vi, en = _UNITS[value.unit]
    number = f"{value.quarters / 4:g}"
    return Label(f"{number.replace('.', ',')} {vi}", f"{number} {en}{'' if value.quarters == 4 else 's'}")


def offset(names: Names, value: Term | None) -> Label:
    """Tell a length of time that may be left out."""
    return NONE if value is None else term(names, value)


def money(names: Names, value: int | None) -> Label:
    """Tell an amount of đồng."""
    if value is None:
        return UNKNOWN
    return Label(f"{value:,} đồng".replace(",", "."), f"{value:,} VND")


def state(names: Names, value: str | None) -> Label:
    """Tell a state by its name."""
    if value is None:
        return NONE
    found = names.procedure.state.get(value)
    return text(names, value) if found is None else quoted(found.label)


def states(names: Names, value: Iterable[str]) -> Label:
    """Tell several states."""
    return joined(state(names, item) for item in value)


def actor(names: Names, value: str | None) -> Label:
    """Tell who acts: a role, the applicant or the system."""
    if value is None or value in _ACTORS:
        return NONE if value is None else _ACTORS[value]
    found = names.procedure.role.get(value)
    return text(names, value) if found is None else found.label


def actors(names: Names, value: Iterable[str]) -> Label:
    """Tell several who act."""
    return joined(actor(names, item) for item in value)


def party(names: Names, value: str | None) -> Label:
    """Tell a party by its name."""
    return names.parties.get(value or "") or text(names, value)


def transition(names: Names, value: str | None) -> Label:
    """Tell a transition by its name."""
    found = names.procedure.transition.get(value or "")
    return text(names, value) if found is None else quoted(found.label)


def status(names: Names, value: int | None) -> Label:
    """Tell a public status by its code, and its name where that is known."""
    found = names.statuses.get(value) if value is not None else None
    if value is None or found is None:
        return text(names, value)
    return Label(f"{value} «{found.vi}»", f'{value} "{found.en}"')


def targets(names: Names, value: tuple[Alternative, ...]) -> Label:
    """Tell where a transition leads, and under which conditions."""
    return joined(_target(names, item, alone=len(value) == 1) for item in value)


def _target(names: Names, item: Alternative, *, alone: bool) -> Label:
    to = state(names, item.to)
    if item.when is None:
        return to if alone else Label(f"còn lại thì {to.vi}", f"otherwise {to.en}")
    return Label(f"nếu {item.when} thì {to.vi}", f"if {item.when} then {to.en}")


def takes(names: Names, value: Any) -> Label:
    """Tell which papers are results of other components."""
    return joined(text(names, f"{item.document} ({item.component})") for item in value)


def recipients(names: Names, value: Any) -> Label:
    """Tell whom a rung reaches, in the order in which they are tried."""
    return joined(text(names, f"{item.position}@{item.at}" if item.at else item.position) for item in value)

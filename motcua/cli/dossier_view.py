"""How a dossier looks in a terminal: state, clocks, tasks, what may be done and by whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.cli.output import FACE, show_found, show_text, words
from motcua.cli.public_statuses import public_name
from motcua.cli.tables import Columns, show_rows
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.presenting import summary

Plain = Mapping[str, Any]
_MOST_NAMES = 3
_HOUR = 60


def show_summary(found: Plain) -> None:
    """Print what a command made of a dossier, in two lines."""
    public = f"{found['public_status']} {public_name(found['public_status'])}"
    due = when(found["due"], found["provisional"])
    show_text(f"{found['code']}  v{found['version']}  {', '.join(found['states'])}  [{public}]")
    allowed = ", ".join(found["allowed"]) or "–"
    show_text(words(f"hạn: {due}  tiếp theo: {allowed}", f"due: {due}  next: {allowed}"))


def show_moved(house: Installation, stored: Stored) -> None:
    """Print what a command made of a dossier."""
    found = summary(house, stored)
    show_found(found, show_summary, found)


def show_dossier(view: Plain) -> None:
    """Print all there is to see of a dossier."""
    _show_head(view)
    for part, (title, columns) in _PARTS.items():
        if view[part]:
            show_rows(columns, view[part], words(*title))


def show_explained(clocks: Iterable[Plain], orders: Iterable[Plain]) -> None:
    """Print why each clock is due when it is, and what mass orders do to it."""
    for clock in clocks:
        _show_explanation(clock)
    for order in orders:
        _show_order(order)


def _show_explanation(clock: Plain) -> None:
    """Print day by day why a clock is due when it is."""
    title = f"{clock['id']} ({said(clock['label'])}): {clock['term']}{unverified(clock)}"
    show_rows(_DAYS, clock["days"], title)
    show_text(_explained_due(clock))


def _show_order(order: Plain) -> None:
    """Print what a mass order is on a dossier, and which escalations fired before it was applied."""
    state = (
        words("đang tạm dừng", "holds") if order["holds"] else words("không còn tạm dừng", "does not hold")
    )
    back = (
        words("; đã thu hồi theo ", "; taken back by ") + order["reversed_by"] if order["reversed_by"] else ""
    )
    show_text(
        words("lệnh ", "order ") + f"{order['order']} ({order['kind']}) {order['basis']}: {state}{back}"
    )
    for place in order["during_order"]:
        show_text("  " + words(f"{place} đã phát trong thời gian lệnh", f"{place} fired during the order"))


def _explained_due(clock: Plain) -> str:
    total, due = clock["minutes"], when(clock["due"], clock["provisional"])
    if clock["due"] is None:
        left, over = duration(clock["remaining_minutes"]), (clock["remaining_minutes"] or 0) < 0
        return words(
            f"  đã tính {total} phút; tạm dừng, {left if over else f'còn {left}'}",
            f"  {total} minutes counted; paused, {left if over else f'with {left} left'}",
        )
    return words(f"  tổng {total} phút → hạn {due}", f"  {total} minutes in all → due {due}") + unverified(
        clock
    )


def show_slack(clocks: Iterable[Plain]) -> None:
    """Print what each term of the dossier has to spare, and the steps that decide it."""
    show_rows(_SPARE, clocks)


def when(local: str | None, provisional: bool = False) -> str:
    """Write a local instant to the minute, a deadline that leans on a draft calendar marked as provisional."""
    if local is None:
        return "–"
    text = f"{datetime.fromisoformat(local):%d/%m/%Y %H:%M}"
    return text + words(" (dự kiến)", " (provisional)") if provisional else text


def duration(minutes: int | None) -> str:
    """Write minutes as hours and minutes; negative ones as being late."""
    if minutes is None:
        return "–"
    hours, rest = divmod(abs(minutes), _HOUR)
    text = words(f"{hours} giờ {rest:02} phút", f"{hours} h {rest:02} min")
    return words(f"trễ {text}", f"late by {text}") if minutes < 0 else text


def unverified(item: Plain) -> str:
    """Mark a legal number that nobody has read in the legal text."""
    return "" if item["verified"] else words(" (chưa xác minh)", " (unverified)")


def said(label: Mapping[str, str] | None) -> str:
    """Return a label in the language of this run."""
    return "" if label is None else label[FACE.lang]


def lateness(item: Plain) -> str:
    """Mark what is late."""
    return words("QUÁ HẠN", "LATE") if item["late"] else ""


def _show_head(view: Plain) -> None:
    states = ", ".join(f"{said(label)} [{state}]" for state, label in view["state_labels"].items())
    procedure, agency = view["procedure"], view["agency"]
    lines = [
        f"{view['code']}  v{view['version']}",
        f"{said(procedure['name'])} ({procedure['code']} {procedure['version']})",
        f"{agency['name']} ({agency['code']})",
        words("bước: ", "step: ") + states,
        words("công khai: ", "public: ") + f"{view['public_status']} {public_name(view['public_status'])}",
        _promise(view) + when(view["due"], view["provisional"]),
    ]
    if view["outcome"] is not None:
        lines.append(words("kết quả: ", "outcome: ") + view["outcome"])
    for line in lines:
        show_text(line)


def _promise(view: Plain) -> str:
    """Before acceptance, and while the clocks of the dossier pause, there is only a step's due to show."""
    case = any(clock["due"] for clock in view["clocks"] if not clock["id"].startswith("step:"))
    return words("hẹn trả: ", "promised: ") if case else words("hạn bước: ", "step due: ")


def _standing(clock: Plain) -> str:
    names = {
        "running": ("đang chạy", "running"),
        "paused": ("tạm dừng", "paused"),
        "stopped": ("đã dừng", "stopped"),
    }
    return lateness(clock) or words(*names[clock["state"]])


def _needs(action: Plain) -> str:
    if action["blocked"] is not None:
        return words("chưa được: ", "not yet: ") + said(action["blocked"])
    reason = [words("lý do", "reason")] if action["reason_required"] else []
    return ", ".join([*action["inputs"], *reason])


def _who(person: Plain) -> str:
    if person["agency"] is None:
        return words("người nộp", "applicant")
    return f"{person['position']}@{person['agency']} ({names(person['officers'])})"


def names(people: list[str]) -> str:
    """Name the first few of many people."""
    more = len(people) - _MOST_NAMES
    return ", ".join(people[:_MOST_NAMES]) + (f" +{more}" if more > 0 else "") or "–"


_DAYS: Columns = (
    ("ngày", "day", "date"),
    ("phút", "minutes", "minutes"),
    ("cộng dồn", "so far", "cumulative"),
    ("vì", "why", lambda day: said(day["reason"])),
)
_SPARE: Columns = (
    ("thời hạn", "term", lambda clock: said(clock["label"])),
    ("hạn", "due", lambda clock: when(clock["due"])),
    ("xong chậm nhất", "done at the latest", lambda clock: when(clock["end"])),
    ("dư", "to spare", lambda clock: duration(clock["minutes"])),
    ("qua các bước", "by the steps", lambda clock: " → ".join(said(step["label"]) for step in clock["path"])),
)
_CLOCKS: Columns = (
    ("đồng hồ", "clock", "id"),
    ("tên", "name", lambda clock: said(clock["label"])),
    ("thời hạn", "term", lambda clock: clock["term"] + unverified(clock)),
    ("tình trạng", "standing", _standing),
    ("hạn", "due", lambda clock: when(clock["due"], clock["provisional"])),
    ("còn", "left", lambda clock: duration(clock["remaining_minutes"])),
    ("giữ", "holder", "holder"),
)
_TASKS: Columns = (
    ("việc", "task", "id"),
    ("bước", "step", lambda task: said(task["label"])),
    ("cơ quan", "agency", "agency"),
    ("vị trí", "position", "position"),
    ("người giữ", "in hand of", "assignee"),
)
_AWAITED: Columns = (
    ("đồng hồ", "clock", "clock"),
    ("bậc", "rung", "rung"),
    ("trước", "by", lambda awaited: when(awaited["by"])),
    ("người nhận", "recipients", lambda awaited: names(awaited["recipients"])),
)
_ACTIONS: Columns = (
    ("hành động", "action", "id"),
    ("tên", "name", lambda action: said(action["label"])),
    ("ai", "who", lambda action: "; ".join(map(_who, action["by"]))),
    ("cần", "needs", _needs),
)
_PARTS = {
    "clocks": (("Thời hạn", "Clocks"), _CLOCKS),
    "tasks": (("Việc đang mở", "Open tasks"), _TASKS),
    "awaited": (("Chờ xác nhận", "To be acknowledged"), _AWAITED),
    "actions": (("Có thể làm", "Possible now"), _ACTIONS),
}
"""What is shown of a dossier below its head: title and table, where there is any."""

"""How a dossier looks in a terminal: state, clocks, tasks, what may be done and by whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.cli.output import FACE, show_table, show_text, words
from motcua.cli.public_statuses import public_name

Plain = Mapping[str, Any]
_MOST_NAMES = 3
_HOUR = 60


def show_summary(summary: Plain) -> None:
    """Print what a command made of a dossier, in two lines."""
    public = f"{summary['public_status']} {public_name(summary['public_status'])}"
    due = when(summary["due"], summary["provisional"])
    show_text(f"{summary['code']}  v{summary['version']}  {', '.join(summary['states'])}  [{public}]")
    allowed = ", ".join(summary["allowed"]) or "–"
    show_text(words(f"hạn: {due}  tiếp theo: {allowed}", f"due: {due}  next: {allowed}"))


def show_dossier(view: Plain) -> None:
    """Print all there is to see of a dossier."""
    _show_head(view)
    _show_clocks(view["clocks"])
    _show_tasks(view["tasks"])
    _show_awaited(view["awaited"])
    _show_actions(view["actions"])


def show_explanation(clock: Plain) -> None:
    """Print day by day why a clock is due when it is."""
    title = f"{clock['id']} ({said(clock['label'])}): {clock['term']}{unverified(clock)}"
    rows = [(d["date"], d["minutes"], d["cumulative"], said(d["reason"])) for d in clock["days"]]
    show_table(
        (words("ngày", "day"), words("phút", "minutes"), words("cộng dồn", "so far"), words("vì", "why")),
        rows,
        title,
    )
    show_text(_explained_due(clock))


def show_order(order: Plain) -> None:
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
        left = duration(clock["remaining_minutes"])
        return words(
            f"  đã tính {total} phút; tạm dừng, còn {left}",
            f"  {total} minutes counted; paused with {left} left",
        )
    return words(f"  tổng {total} phút → hạn {due}", f"  {total} minutes in all → due {due}") + unverified(
        clock
    )


def show_slack(clocks: Iterable[Plain]) -> None:
    """Print what each term of the dossier has to spare, and the steps that decide it."""
    rows = [
        (
            said(clock["label"]),
            when(clock["due"]),
            when(clock["end"]),
            duration(clock["minutes"]),
            " → ".join(said(step["label"]) for step in clock["path"]),
        )
        for clock in clocks
    ]
    columns = (
        words("thời hạn", "term"),
        words("hạn", "due"),
        words("xong chậm nhất", "done at the latest"),
        words("dư", "to spare"),
        words("qua các bước", "by the steps"),
    )
    show_table(columns, rows)


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


def _show_clocks(clocks: Iterable[Plain]) -> None:
    rows = [
        (
            clock["id"],
            said(clock["label"]),
            clock["term"] + unverified(clock),
            _standing(clock),
            when(clock["due"], clock["provisional"]),
            duration(clock["remaining_minutes"]),
            clock["holder"],
        )
        for clock in clocks
    ]
    columns = (
        words("đồng hồ", "clock"),
        words("tên", "name"),
        words("thời hạn", "term"),
        words("tình trạng", "standing"),
        words("hạn", "due"),
        words("còn", "left"),
        words("giữ", "holder"),
    )
    _show_part(columns, rows, words("Thời hạn", "Clocks"))


def _standing(clock: Plain) -> str:
    names = {
        "running": ("đang chạy", "running"),
        "paused": ("tạm dừng", "paused"),
        "stopped": ("đã dừng", "stopped"),
    }
    return words("QUÁ HẠN", "LATE") if clock["late"] else words(*names[clock["state"]])


def _show_tasks(tasks: Iterable[Plain]) -> None:
    rows = [(t["id"], said(t["label"]), t["agency"], t["position"], t["assignee"]) for t in tasks]
    columns = (
        words("việc", "task"),
        words("bước", "step"),
        words("cơ quan", "agency"),
        words("vị trí", "position"),
        words("người giữ", "in hand of"),
    )
    _show_part(columns, rows, words("Việc đang mở", "Open tasks"))


def _show_awaited(awaited: Iterable[Plain]) -> None:
    rows = [(a["clock"], a["rung"], when(a["by"]), names(a["recipients"])) for a in awaited]
    columns = (
        words("đồng hồ", "clock"),
        words("bậc", "rung"),
        words("trước", "by"),
        words("người nhận", "recipients"),
    )
    _show_part(columns, rows, words("Chờ xác nhận", "To be acknowledged"))


def _show_actions(actions: Iterable[Plain]) -> None:
    rows = [(a["id"], said(a["label"]), "; ".join(map(_who, a["by"])), _needs(a)) for a in actions]
    columns = (words("hành động", "action"), words("tên", "name"), words("ai", "who"), words("cần", "needs"))
    _show_part(columns, rows, words("Có thể làm", "Possible now"))


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


def _show_part(columns: tuple[str, ...], rows: list[tuple[Any, ...]], title: str) -> None:
    if rows:
        show_table(columns, rows, title)

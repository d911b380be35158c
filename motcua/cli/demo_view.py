"""The picture at the end of a demonstration: states, punctuality, deadlines, the trail, and what to try next."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.cli.between_view import show_between
from motcua.cli.dossier_view import when
from motcua.cli.output import show_text, words
from motcua.cli.tables import Columns, show_rows
from motcua.services.demonstrating import Played, Verdict
from motcua.services.reports import Punctuality
from states.procedure import Label

WORST = 12
"""Agencies shown one by one; the rest stand in the total."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the demonstration, with all that is told of it.

    Attributes:
        url: The database, which stays.
        diagram: Where the lane diagram was written.
        labels: What people call a state, by procedure and state.
        seconds: Of the whole run.
    """

    url: str
    folder: Path
    diagram: Path
    played: Played
    verdict: Verdict
    figures: dict[str, Any]
    labels: Mapping[tuple[str, str], Label]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.verdict.ok and (self.played.informed is None or self.played.informed.ok)


def show_demo(run: Run) -> None:
    """Print where the province stands, in the language of this run."""
    _show_states(run)
    _show_agencies(run)
    show_between(run.figures["between"])
    for line in (*_deadline_lines(run), "", *_portal_lines(run), *_trail_lines(run), "", *_next_lines(run)):
        show_text(line)


def _show_states(run: Run) -> None:
    counts: dict[str, dict[str, int]] = run.figures["states"]
    title = words("Hồ sơ theo trạng thái", "Dossiers by state")
    rows = [(code, _standing(run, code, states), sum(states.values())) for code, states in counts.items()]
    show_rows(_STATES, rows, title)


def _standing(run: Run, code: str, states: dict[str, int]) -> str:
    return "; ".join(f"{_label(run, code, state)}: {number}" for state, number in _by_size(states))


def _label(run: Run, code: str, state: str) -> str:
    label = run.labels[code, state]
    return words(label.vi, label.en)


def _by_size(states: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(states.items(), key=lambda item: (-item[1], item[0]))


def _show_agencies(run: Run) -> None:
    """Worst first: a low rate, then more late ones, then the code."""
    names = {row["agency"]: row["name"] for row in run.figures["on_time_by_agency"]}
    kept = run.verdict.standing.agencies
    worst = sorted(kept.items(), key=lambda item: (_rate(item[1]), -item[1].late, item[0]))[:WORST]
    rows = [(code, names[code], agency) for code, agency in worst]
    everywhere = words(f"tất cả {len(kept)} cơ quan", f"all {len(kept)} agencies")
    rows.append((words("toàn tỉnh", "province"), everywhere, run.verdict.standing.total))
    title = words("Tỷ lệ đúng hẹn, thấp nhất trước", "On time, the lowest rate first")
    show_rows(_AGENCIES, rows, title)


def _rate(kept: Punctuality) -> float:
    return 1.0 if kept.rate is None else kept.rate


def _percent(rate: float | None) -> str | None:
    return None if rate is None else words(f"{rate:.1%}".replace(".", ","), f"{rate:.1%}")


def _deadline_lines(run: Run) -> list[str]:
    told: dict[str, Any] = run.figures
    rungs = told["rungs"]
    return [
        words(
            f"Bậc nhắc hạn: {rungs['due']} đến hạn, {rungs['fired']} đã thực hiện, "
            f"{rungs['doubled']} trùng, {rungs['missed']} sót (tính lại độc lập từ nhật ký).",
            f"Escalations: {rungs['due']} due, {rungs['fired']} fired, {rungs['doubled']} doubled, "
            f"{rungs['missed']} missed (recounted from the trail by other code).",
        ),
        words(
            f"Thư xin lỗi và hẹn lại: {told['apologies']}. Yêu cầu bổ sung: {told['supplements']}. "
            f"Rút hồ sơ: {told['withdrawals']}. Thông báo đã gửi: {told['notices']}.",
            f"Apologies with a new appointment: {told['apologies']}. Supplements: {told['supplements']}. "
            f"Withdrawals: {told['withdrawals']}. Notices sent: {told['notices']}.",
        ),
    ]


def _portal_lines(run: Run) -> list[str]:
    told: dict[str, Any] | None = run.figures.get("portal")
    if told is None:
        return []
    since, until = (when(told["outage"][name]) for name in ("from", "until"))
    hours = told["longest_wait_minutes"] // 60
    return [
        words(
            f"Cổng dịch vụ công (máy giả lập) hỏng từ {since} đến {until}: {told['held_up']} thay đổi trạng thái"
            f" bị giữ lại, lâu nhất {hours} giờ, {told['tried_again']} lần báo lại.",
            f"The national portal (a stand-in) failed from {since} to {until}: {told['held_up']} changes of status"
            f" held up, the longest for {hours} hours, {told['tried_again']} tried again.",
        ),
        words(
            f"Sau đó: {told['arrived']} tin đã đến, {told['refused']} bị từ chối;"
            f" đối soát {told['compared']} hồ sơ, {told['differences']} sai khác.",
            f"Once it was well: {told['arrived']} messages arrived, {told['refused']} refused;"
            f" {told['compared']} dossiers reconciled, {told['differences']} differences.",
        ),
        "",
    ]


def _trail_lines(run: Run) -> list[str]:
    verdict: Verdict = run.verdict
    records = verdict.verified.records
    first = verdict.verified.first
    different = len(verdict.replayed.different)
    lines = [
        words(f"Nhật ký: {records} bản ghi, chuỗi nguyên vẹn.", f"Trail: {records} records, unbroken.")
        if first is None
        else words(
            f"Nhật ký: SAI tại {first.stream} số {first.seq}: {first.vi}.",
            f"Trail: WRONG at {first.stream} number {first.seq}: {first.en}.",
        ),
        words(
            f"Dựng lại từ nhật ký: {verdict.replayed.equal} hồ sơ giống hệt, {different} hồ sơ khác.",
            f"Replayed from the trail: {verdict.replayed.equal} dossiers equal, {different} different.",
        ),
        _tamper_line(verdict),
    ]
    moves, seconds = run.figures["transitions"], run.seconds
    rate = run.figures["transitions_per_second"]
    timing = (
        f"{moves} lượt chuyển, {rate:.0f} mỗi giây; tất cả trong {seconds:.1f} giây.",
        f"{moves} transitions, {rate:.0f} a second; everything in {seconds:.1f} seconds.",
    )
    return [*lines, words(*timing)]


def _tamper_line(verdict: Verdict) -> str:
    tampered = verdict.tampered
    if not tampered.caught or tampered.first_bad is None:
        return words("Bản sao bị sửa KHÔNG bị phát hiện.", "The forged copy was NOT caught.")
    _, seq = tampered.first_bad
    return words(
        f"Bản sao bị sửa một chữ số sau lưng cơ sở dữ liệu: bị phát hiện tại hồ sơ {tampered.code}, bản ghi {seq}.",
        f"A copy with one digit changed behind the database's back: caught at dossier {tampered.code}, record {seq}.",
    )


def _next_lines(run: Run) -> list[str]:
    url = _near(run.url)
    return [
        words(f"Sơ đồ: {_near(run.diagram)}", f"Diagram: {_near(run.diagram)}"),
        words("Thử tiếp:", "Try next:"),
        f"  motcua dossier explain {run.verdict.tampered.code} --db {url}",
        *_story_lines(run, url),
        f"  motcua audit replay {run.verdict.tampered.code} --db {url}",
        f"  motcua dossier list --late --db {url}",
        f"  motcua audit verify --db {url}",
    ]


def _story_lines(run: Run, url: str) -> list[str]:
    story = run.verdict.between.story
    return [] if story is None else [f"  motcua dossier responsibility {story['code']} --db {url}"]


def _near(place: str | Path) -> str:
    """Write a place below the current folder without the way to it."""
    return str(place).replace(f"{Path.cwd()}/", "")


_STATES: Columns = (
    ("thủ tục", "procedure", 0),
    ("trạng thái: số hồ sơ", "state: dossiers", 1),
    ("tổng", "all", 2),
)
_AGENCIES: Columns = (
    ("cơ quan", "agency", 0),
    ("tên", "name", 1),
    ("đã xong", "finished", lambda row: row[2].finished),
    ("đúng hẹn", "on time", lambda row: row[2].on_time),
    ("tỷ lệ", "rate", lambda row: _percent(row[2].rate)),
    ("đúng hẹn lần đầu", "first appointment met", lambda row: _percent(row[2].first_rate)),
    ("đang trễ", "late now", lambda row: row[2].late),
)

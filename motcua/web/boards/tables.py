"""The tables of the boards as rows of plain cells, for files."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.web import wording
from motcua.web.language import label, speaker
from motcua.web.sheets import Cell, Sheet

Plain = dict[str, Any]
_HOUR = 3_600_000_000
WORDS = {
    "none": ("–", "–"),
    "few": ("Ít hồ sơ", "Too few"),
    "good": ("Tốt", "Good"),
    "fair": ("Cần chú ý", "Watch"),
    "poor": ("Kém", "Poor"),
}
"""What a rate is called, so that its colour need not say it."""

PARTIES = {
    "applicant": ("Người nộp hồ sơ", "The applicant"),
    "system": ("Hệ thống", "The system"),
    "nobody": ("Không ai", "Nobody"),
}


def desk_sheets(board: Plain, waiting: Plain, positions: Mapping[str, Any], lang: str) -> list[Sheet]:
    """Return steps, officers, escalations and handoffs."""
    t = speaker(lang)
    counts = (
        t("Trễ", "Late"), t("Sắp đến hạn", "Due soon"), t("Trong hạn", "In time"), t("Không chạy", "Not running"),
        t("Tất cả", "All"), t(f"Quá {board['aged_days']} ngày", f"Over {board['aged_days']} days"),
        t("Lâu nhất từ", "Oldest since"),
    )  # fmt: skip

    def counted(row: Plain) -> list[Cell]:
        names = ("late", "soon", "good", "paused", "all", "aged")
        return [*(row[name] for name in names), wording.when(row["oldest"], lang)]

    steps = [
        [
            row["procedure"]["code"],
            label(row["procedure"]["label"], lang),
            label(row["label"], lang),
            *counted(row),
        ]
        for row in board["steps"]
    ]
    officers = [
        [row["agency"]["name"], _position(positions, row["position"], lang),
         row["assignee"] or t("Chưa ai nhận", "In the pool"), *counted(row)]
        for row in board["officers"]
    ]  # fmt: skip
    procedure = (t("Mã thủ tục", "Procedure code"), t("Thủ tục", "Procedure"))
    desk = (t("Cơ quan", "Agency"), t("Vị trí", "Position"), t("Cán bộ", "Officer"))
    return [
        Sheet(t("Theo bước", "By step"), (*procedure, t("Bước", "Step"), *counts), steps),
        Sheet(t("Theo cán bộ", "By officer"), (*desk, *counts), officers),
        *_waiting(waiting, lang),
    ]


def _waiting(waiting: Plain, lang: str) -> list[Sheet]:
    t = speaker(lang)
    rungs = [
        [row["code"], label(row["procedure"]["label"], lang), label(row["clock_label"], lang),
         wording.rung(row["rung_line"], lang), row["agency"], ", ".join(row["recipients"]),
         wording.when(row["by"], lang)]
        for row in waiting["rungs"]
    ]  # fmt: skip
    handoffs = [
        [row["code"], label(row["procedure"]["label"], lang), label(row["label"], lang), row["sender"],
         row["receiver"], wording.when(row["offered_at"], lang)]
        for row in waiting["handoffs"]
    ]  # fmt: skip
    dossier = (t("Hồ sơ", "Dossier"), t("Thủ tục", "Procedure"))
    return [
        Sheet(
            t("Cảnh báo chưa xác nhận", "Escalations"),
            (*dossier, t("Thời hạn", "Deadline"), t("Mức", "Rung"), t("Cơ quan", "Agency"),
             t("Người nhận", "Recipients"), t("Xác nhận trước", "To be seen by")),
            rungs,
        ),
        Sheet(
            t("Bàn giao chưa nhận", "Handoffs"),
            (*dossier, t("Bước", "Step"), t("Bên giao", "From"), t("Bên nhận", "To"), t("Gửi lúc", "Offered")),
            handoffs,
        ),
    ]  # fmt: skip


def overview_sheets(seen: Plain, lang: str) -> list[Sheet]:
    """Return rates by agency and procedure, the trend, the worst, and whose time it was."""
    t = speaker(lang)
    rate = (
        t("Đã giải quyết", "Finished"), t("Đúng hạn", "On time"), t("Tỷ lệ %", "Rate %"),
        t("Đúng hẹn lần đầu %", "First appointment %"), t("Đánh giá", "Word"),
    )  # fmt: skip
    heat = [
        [row["code"], row["name"], code, name, *_rate(cell, lang)]
        for row in seen["rows"]
        for code, name in _columns(seen, lang)
        if (cell := row["cells"].get(code) if code else row["total"]) and cell["finished"]
    ]
    place = (
        t("Mã cơ quan", "Agency code"),
        t("Cơ quan", "Agency"),
        t("Mã thủ tục", "Procedure code"),
        t("Thủ tục", "Procedure"),
    )
    trend = [[one["month"], *_rate(one, lang)] for one in seen["trend"]]
    return [
        Sheet(t("Đúng hạn", "On time"), (*place, *rate), heat),
        Sheet(t("Xu hướng", "Trend"), (t("Tháng", "Month"), *rate), trend),
        list_sheet(t("Trễ nhất", "Worst"), seen["worst"], lang),
        _blame(seen["blame"], lang),
    ]  # fmt: skip


def _columns(seen: Plain, lang: str) -> list[tuple[str, str]]:
    every = speaker(lang)("Tất cả thủ tục", "All procedures")
    return [*((one["code"], label(one["label"], lang)) for one in seen["procedures"]), ("", every)]


def _rate(rate: Plain, lang: str) -> list[Cell]:
    word = speaker(lang)(*WORDS[rate["word"]])
    return [rate["finished"], rate["on_time"], rate["percent"], rate["first_percent"], word]


def list_sheet(name: str, rows: list[Plain], lang: str) -> Sheet:
    """Return a list of dossiers."""
    t = speaker(lang)
    heads = (
        t("Hồ sơ", "Dossier"), t("Thủ tục", "Procedure"), t("Cơ quan", "Agency"), t("Đang ở", "Stands at"),
        t("Nộp ngày", "Handed in"), t("Hạn trả", "Promised"), t("Xong ngày", "Finished"), t("Số ngày trễ", "Days late"),
    )  # fmt: skip
    cells = [
        [row["code"], label(row["procedure"]["label"], lang), row["agency"]["name"],
         "; ".join(label(state, lang) for state in row["states"]), row["handed_in"], row["promised"],
         row["finished"], row["days"]]
        for row in rows
    ]  # fmt: skip
    return Sheet(name, heads, cells)


def _blame(rows: list[Plain], lang: str) -> Sheet:
    t = speaker(lang)
    heads = (
        t("Bên giữ hồ sơ", "Party"), t("Số hồ sơ", "Dossiers"), t("Giờ đồng hồ", "Hours"),
        t("Phút làm việc", "Working minutes"), t("Phút vượt", "Minutes over"), t("Làm trễ", "Made late"),
    )  # fmt: skip
    return Sheet(
        t("Thời gian của ai", "Whose time"),
        heads,
        [
            [party(row, lang), row["dossiers"], round(row["microseconds"] / _HOUR, 1), row["working_minutes"],
             row["over_minutes"], row["made_late"]]
            for row in rows
        ],
    )  # fmt: skip


def chart_sheets(seen: Plain, lang: str) -> list[Sheet]:
    """Return how many dossiers stand in each state."""
    t = speaker(lang)
    heads = (t("Mã bước", "State"), t("Bước", "Step"), t("Đang ở", "Open"), t("Trễ", "Late"))
    rows = [[row["state"], label(row["label"], lang), row["open"], row["late"]] for row in seen["rows"]]
    return [Sheet(t("Bản đồ", "Map"), heads, rows)]


def party(row: Plain, lang: str) -> str:
    """Return what a party that had time is called."""
    named: Callable[[str, str], str] = speaker(lang)
    return str(row["name"] or named(*PARTIES.get(row["kind"], (row["party"], row["party"]))))


def _position(positions: Mapping[str, Any], position: str, lang: str) -> str:
    known = positions.get(position)
    return position if known is None else label(known.label, lang)

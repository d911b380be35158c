"""What a demonstration tells of the work between agencies: one dossier's legs, a return, a silence, and the sums."""

from typing import Any

from motcua.cli.output import show_text, words
from motcua.cli.parties import responsible
from motcua.cli.tables import Columns, show_rows

Plain = dict[str, Any]

SILENCE = {
    "silent_consent": ("pháp luật coi là đồng ý", "by law it counts as consent"),
    "silent_objection": ("pháp luật coi là không đồng ý", "by law it counts as an objection"),
    "passed_over": ("cơ quan chủ trì đi tiếp và ghi lý do", "the lead agency went on, with a reason"),
}


def show_between(told: Plain) -> None:
    """Print the story as a table, then one line for each thing that happened between agencies."""
    if told["story"] is not None:
        _show_story(told["story"])
    for line in (_sums(told), *_returned(told["returned"]), *_silent(told["silent"])):
        show_text(line)


def _show_story(story: Plain) -> None:
    code, procedure = story["code"], story["procedure"]
    title = words(f"Hồ sơ {code} ({procedure}) qua từng cơ quan", f"Dossier {code} ({procedure}), leg by leg")
    show_rows(_LEGS, story["legs"], title)


def _minute(instant: str | None) -> str:
    return "–" if instant is None else instant[:16].replace("T", " ")


def _sums(told: Plain) -> str:
    count, wrong = told["dossiers"], told["responsibility"]["differing"]
    once = told["submissions"]
    return words(
        f"Liên thông: {once} lượt nộp, mỗi lượt tính một lần, thành {count} hồ sơ; "
        f"thời gian trách nhiệm lệch thời gian giải quyết ở {wrong} hồ sơ.",
        f"Between agencies: {once} submissions, each counted once, became {count} dossiers; "
        f"responsibility differs from lead time in {wrong}.",
    )


def _returned(told: Plain | None) -> list[str]:
    if told is None:
        return []
    code, giver, taker = told["code"], told["sender"], told["receiver"]
    back, taken = _minute(told["returned_at"]), _minute(told["accepted_at"])
    vi = f"Bàn giao bị trả lại: hồ sơ {code}, {taker} trả {giver} lúc {back}, nhận lại lúc {taken}."
    en = f"A handoff returned: dossier {code}, {taker} to {giver} at {back}, accepted at {taken}."
    return [words(vi, en)]


def _silent(told: Plain | None) -> list[str]:
    if told is None:
        return []
    asked, (vi, en) = _minute(told["asked_at"]), SILENCE[told["standing"]]
    return [
        words(
            f"Cơ quan im lặng: hồ sơ {told['code']}, {told['agency']} được hỏi lúc {asked}; {vi}.",
            f"A silent agency: dossier {told['code']}, {told['agency']} asked at {asked}; {en}.",
        )
    ]


_LEGS: Columns = (
    ("ai giữ hồ sơ", "who had it", responsible),
    ("từ", "from", lambda leg: _minute(leg["from"])),
    ("đến", "until", lambda leg: _minute(leg["until"])),
    ("phút làm việc theo kế hoạch", "working minutes planned", "planned_minutes"),
    ("thực tế", "taken", "working_minutes"),
)

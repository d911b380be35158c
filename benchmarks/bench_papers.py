"""What a paper costs: both twins of each form, every one different, set by one thread and by two side by side."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from motcua.adapters.typesetting import PaperPress

TIMES = 60
TEMPLATES = Path(__file__).parents[1] / "templates"


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    press = PaperPress(TEMPLATES)
    forms = [form for form in press.names if form != "register"]
    for form in forms:
        press.typeset(form, sheet(0))
    for threads in (1, 2):
        rate, cost = _set(press, forms, threads)
        note = "bar 50; PDF/A and HTML" if threads == 2 else "one thread"
        yield f"papers      {rate:6.0f} a second   ({note}, {cost:.1f} ms of processor each)"
    began = time.perf_counter()
    rows = [_row(number) for number in range(1000)]
    press.typeset("register", {**sheet(0), "number": None, "code": "", "check": "", "rows": rows})
    yield f"register    {time.perf_counter() - began:6.1f} s          (1,000 dossiers)"


def _set(press: PaperPress, forms: Sequence[str], threads: int) -> tuple[float, float]:
    """Return papers a second and milliseconds of processor for each, with so many threads."""
    numbers = [range(TIMES * threads + part, 2 * TIMES * threads, threads) for part in range(threads)]
    count = sum(map(len, numbers)) * len(forms)
    began, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(partial(_set_share, press, forms), numbers):
            pass
    return count / (time.perf_counter() - began), (time.process_time() - worked) / count * 1000


def _set_share(press: PaperPress, forms: Sequence[str], numbers: Sequence[int]) -> None:
    for number in numbers:
        for form in forms:
            press.typeset(form, sheet(number))


def sheet(number: int) -> dict[str, Any]:
    """Return the data of a paper, for any form but the register; all that may differ does, so nothing is remembered."""
    at = f"2026-03-{number % 28 + 1:02d}T{number % 9 + 8:02d}:{number % 60:02d}:00+07:00"
    words = {"vi": f"Giấy tờ thứ {number}", "en": f"Paper {number}"}
    step = {"agency": f"Xã {number}", **words, "entered": at, "left": at, "planned": number, "actual": number}
    return {
        "number": number,
        "year": 2026,
        "date": at[:10],
        "code": f"H99.41.01-260302-{number:04d}",
        "procedure": {"code": "1.009994", "vi": "Cấp giấy phép xây dựng", "en": "Construction permit"},
        "agency": {"code": "H99.41.01", "name": "Ủy ban nhân dân xã An Khê", "parent": "Tỉnh Sông Lam"},
        "partners": [f"Sở {number}"],
        "channel": "counter",
        "accepted": True,
        "term": words,
        **dict.fromkeys(
            ("opened_at", "received_at", "due", "previous_due", "new_due", "own_due", "answer_by"), at
        ),
        "documents": [{**words, "copies": place} for place in range(4)],
        "missing": [{**words, "source": f"{place}/2026/NĐ-CP"} for place in range(2)],
        "applicant": {
            "name": f"Nguyễn Thị {number}",
            "address": f"Số {number}",
            "phone": f"0912{number:06d}",
        },
        "reason": f"Lý do thứ {number}\nThiếu bản sao số {number}",
        "occasion": {**words, "at": at, "stage_vi": f"Bước {number}", "stage_en": f"Step {number}"},
        "steps": [{**step, "result": words} for _ in range(6)],
        "agencies": [{**step, "late": number}],
        "signed": {"officer": f"cb-{number}", "at": at},
        "check": f"{number:08d}",
        "seal": f"{number:032d}",
    }


def _row(number: int) -> dict[str, Any]:
    at = f"2026-03-{number % 28 + 1:02d}T09:00:00+07:00"
    times = dict.fromkeys(("received", "due", "completed"), at)
    code = f"H99.41.01-260302-{number:04d}"
    return {
        "code": code,
        "procedure": "1.009994",
        "applicant": f"Số {number}",
        **times,
        "channel": "post",
        "note": "",
    }

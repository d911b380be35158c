"""One full sheet for every form: invented people, invented dossier."""

from typing import Any

OFFICE = "Ủy ban nhân dân xã An Khê"
FIRE = "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ"
CHECK = "7F3K-9QXM"
Plain = dict[str, Any]


def _at(day: int, clock: str) -> str:
    return f"2026-03-{day:02d}T{clock}:00+07:00"


def _words(vi: str, en: str) -> Plain:
    return {"vi": vi, "en": en}


def sheet(**changes: Any) -> Plain:
    """Everything that the papers of one dossier print, signed unless told otherwise."""
    made = {
        **_heading(),
        **_times(),
        **_papers(),
        **_people(),
        **_steps(),
        "rows": [_row(d) for d in range(1, 25)],
    }
    return {**made, **changes}


def sheet_for(form: str, **changes: Any) -> Plain:
    """The sheet of a form; the register has neither number nor dossier."""
    bare = {"code": "", "check": "", "seal": "", "number": None} if form == "register" else {}
    return sheet(**bare, **changes)


def _heading() -> Plain:
    name = _words(
        "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ", "Construction permit for a single house"
    )
    return {
        "number": 12,
        "year": 2026,
        "date": "2026-03-02",
        "code": "H99.41.01-260302-0001",
        "procedure": {"code": "1.009994", **name},
        "agency": {"code": "H99.41.01", "name": OFFICE, "parent": "Ủy ban nhân dân tỉnh Sông Lam"},
        "partners": ["Sở Xây dựng tỉnh Sông Lam", FIRE],
        "channel": "counter",
        "accepted": True,
    }


def _times() -> Plain:
    return {
        "opened_at": _at(2, "08:30"),
        "received_at": _at(2, "09:15"),
        "due": _at(11, "17:00"),
        "previous_due": _at(11, "17:00"),
        "new_due": _at(13, "17:00"),
        "own_due": _at(4, "17:00"),
        "answer_by": _at(18, "00:00"),
        "term": _words("7 ngày làm việc", "7 working days"),
    }


def _papers() -> Plain:
    named = (
        ("Đơn đề nghị cấp giấy phép xây dựng (Mẫu 01)", "Application (form 01)", 1),
        ("Giấy tờ chứng minh quyền sử dụng đất", "Proof of the right to use the land", None),
        ("Bản vẽ thiết kế xây dựng", "Construction drawings", 2),
    )
    found = [{"vi": vi, "en": en, "copies": copies} for vi, en, copies in named]
    return {"documents": found, "missing": [{**paper, "source": "217/2026/NĐ-CP"} for paper in found[1:]]}


def _people() -> Plain:
    stage = {"stage_vi": "Đang kiểm tra thực địa", "stage_en": "Checking the site"}
    return {
        "applicant": {
            "name": "Nguyễn Thị Quỳnh Hoa",
            "address": "Số 5, đường Nguyễn Huệ, xã An Khê, tỉnh Sông Lam",
            "phone": "0912 345 678",
            "email": "hoa@example.vn",
        },
        "reason": "Bản vẽ mặt bằng móng chưa có chữ ký của đơn vị thiết kế.\n"
        "- Giấy tờ về quyền sử dụng đất là bản sao <chưa> chứng thực & đã cũ.",
        "occasion": {**_words("Rút hồ sơ", "Withdraw"), "at": _at(5, "10:00"), **stage},
        "signed": {"officer": "cb.h99.41.01-5", "at": _at(2, "09:20")},
        "check": CHECK,
        "seal": "a" * 32,
    }


def _steps() -> Plain:
    rows = (
        (OFFICE, "Chờ tiếp nhận", "Waiting for intake", 2, "08:30", 2, 480, 45, _words("Trước hạn", "early")),
        (FIRE, "Chờ ý kiến", "Waiting for the opinion", 2, "10:30", 4, 720, 1185, _words("Quá hạn", "late")),
        (
            OFFICE,
            "Đang dự thảo kết quả",
            "Drafting",
            4,
            "16:15",
            None,
            480,
            100,
            _words("Đang xử lý", "open"),
        ),
    )
    steps = [
        {
            "agency": agency,
            **_words(vi, en),
            "entered": _at(day, clock),
            "left": left and _at(left, "16:15"),
            "planned": planned,
            "actual": actual,
            "result": result,
        }
        for agency, vi, en, day, clock, left, planned, actual, result in rows
    ]
    sums = ((OFFICE, 960, 145, 0), (FIRE, 720, 1185, 1))
    agencies = [dict(zip(("agency", "planned", "actual", "late"), one, strict=True)) for one in sums]
    return {"steps": steps, "agencies": agencies}


def _row(day: int) -> Plain:
    return {
        "code": f"H99.41.01-2603{day:02d}-0001",
        "procedure": "1.009994 Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
        "applicant": "Nguyễn Thị Quỳnh Hoa; Số 5, đường Nguyễn Huệ, xã An Khê; 0912 345 678",
        "received": _at(day, "09:15"),
        "due": _at(28, "17:00"),
        "completed": _at(27, "16:00") if day % 3 else None,
        "channel": "online",
        "note": "Đã gia hạn" if day == 4 else "",
    }

"""The rooms of the site: where each is, what it is called, and who may enter."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One entry of the menu.

    Attributes:
        room: What a visitor's rights name; None where everybody may enter.
    """

    room: str | None
    path: str
    vi: str
    en: str


PLACES = (
    Place("officer", "/viec", "Việc của tôi", "My work"),
    Place("counter", "/tiep-nhan", "Tiếp nhận", "Intake"),
    Place("counter", "/tra-ket-qua", "Trả kết quả", "Return results"),
    Place("counter", "/danh-gia/phieu", "Phiếu đánh giá", "Paper ballots"),
    Place("officer", "/lien-thong", "Liên thông", "Handoffs"),
    Place("supervisor", "/dieu-hanh", "Điều hành", "Board"),
    Place("leader", "/tong-quan", "Tổng quan", "Overview"),
    Place("leader", "/khong-phu-hop", "Không phù hợp", "Nonconformities"),
    Place("designer", "/thiet-ke", "Thủ tục", "Procedures"),
    Place("auditor", "/kiem-toan", "Kiểm toán", "Audit"),
    Place("auditor", "/khong-phu-hop", "Không phù hợp", "Nonconformities"),
    Place("admin", "/quan-tri", "Quản trị", "Administration"),
    Place(None, "/tra-cuu", "Tra cứu hồ sơ", "Look up a dossier"),
)
ROOMS = ("officer", "counter", "supervisor", "leader", "designer", "auditor", "admin")
ROOM_NAMES = {
    "officer": ("cán bộ xử lý hồ sơ", "officers"),
    "counter": ("công chức Bộ phận Một cửa", "the one-stop desk"),
    "supervisor": ("người phụ trách", "supervisors"),
    "leader": ("lãnh đạo", "leaders"),
    "designer": ("người thiết kế thủ tục", "designers"),
    "auditor": ("kiểm toán viên", "auditors"),
    "admin": ("quản trị viên", "administrators"),
}
"""Whom each room is for, in Vietnamese and in English."""

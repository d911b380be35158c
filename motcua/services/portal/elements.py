"""How the facts of a message are written for the portal: its names, its codes, every value text, nothing invented."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from motcua.services.portal_facts import REFUSED, RETURNED
from motcua.services.ports import PortalTable

_PERSONAL = {
    "ChuHoSo": "applicant.name",
    "SoGiayToChuHoSo": "applicant.id_number",
    "LoaiDoiTuong": "applicant.kind",
    "MaDoiTuong": "applicant.tech_id",
    "Email": "applicant.email",
    "SoDienThoai": "applicant.phone",
}
"""The portal's names of what the applicant told; who did not tell it is not asked, and nothing stands in for it."""

_KINDS_OF_ID = {12: "1", 9: "2"}
"""By its length: the citizen's identity number, the older identity card."""

_LONGEST_NAME = 50

Element = dict[str, Any]


def dossier_element(table: PortalTable, facts: Mapping[str, Any], personal: Mapping[str, Any]) -> Element:
    """Return an element of the array of dossiers; what is not known is left out.

    Raises:
        UnknownPortalStatus: The table has no code for its status.
    """
    status_at = facts.get("status_at")
    number = str(personal.get(_PERSONAL["SoGiayToChuHoSo"], ""))
    kind = _KINDS_OF_ID.get(len(number)) if number.isdigit() else None
    return _given(
        MaHoSo=facts["code"],
        MaTTHC=facts["procedure"],
        TenTTHC=facts["procedure_name"],
        TenLinhVuc=facts["field_name"],
        KenhThucHien=table.channels[facts["channel"]],
        TrangThaiHoSo=table.status(facts["public"], facts["outcome"]),
        DonViXuLy=facts["agency_name"],
        NoiNopHoSo=facts["received_name"],
        NgayNopHoSo=stamp(facts["filed_at"]),
        NgayTiepNhan=stamp(facts["accepted_at"]),
        NgayHenTra=due_stamp(facts["due"]),
        NgayKetThucXuLy=stamp(facts["completed_at"]),
        NgayTra=stamp(status_at) if facts["public"] == RETURNED else None,
        NgayTuChoi=stamp(status_at) if facts["public"] == REFUSED else None,
        DinhDanhCHS=[{"LoaiDinhDanh": kind, "SoDinhDanh": number}] if kind else None,
        **{name: personal.get(field) for name, field in _PERSONAL.items()},
    )


def progress_element(table: PortalTable, facts: Mapping[str, Any]) -> Element:
    """Return an element of the array of steps. Raises: UnknownPortalStatus."""
    return _given(
        MaHoSo=facts["code"],
        NguoiXuLy=facts["officer"] and facts["officer"][:_LONGEST_NAME],
        ChucDanh=facts["position"],
        ThoiDiemXuLy=stamp(facts["at"]),
        PhongBanXuLy=facts["agency_name"],
        NoiDungXuLy=facts["what"],
        TrangThai=table.status(facts["public"], facts["outcome"]),
        NgayBatDau=stamp(facts["began_at"]),
        NgayKetThucTheoQuyDinh=due_stamp(facts["due"]),
    )


def stamp(local: str | None) -> str | None:
    """Write a local instant as the portal does: yyyyMMddHHmmss."""
    return None if local is None else datetime.fromisoformat(local).strftime("%Y%m%d%H%M%S")


def due_stamp(local: str | None) -> str | None:
    """Write the end of a term; one that ends with a day must not look like the next day to whoever reads it."""
    if local is None:
        return None
    due = datetime.fromisoformat(local)
    return stamp((due - timedelta(seconds=due.time() == time())).isoformat())


def _given(**values: Any) -> Element:
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return {name: value if isinstance(value, list) else str(value) for name, value in kept.items()}

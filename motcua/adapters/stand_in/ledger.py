"""What a stand-in of the national portal knows: what it was told, in order, and what citizens submitted."""

import hashlib
from base64 import b64decode
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

PAGE = 100
DONE, EXISTS, MISSING, WRONG = "0", "3", "4", "1"
STATUSES = frozenset(str(code) for code in range(1, 11))

Plain = dict[str, Any]


def answer(code: str, message: str, data: Any = None) -> Plain:
    """Return an answer as the portal gives them."""
    return {"error_code": code, "message": message, "data": data}


@dataclass
class Ledger:
    """The portal's memory. An id that was done before is not done again.

    Attributes:
        told: Everything that changed something, in order: what, and the element.
        dossiers: By code, the element told last.
        units: By code, who told it (`madonvi`).
        progress: Every step, in order.
        submissions: By id, in the order in which they came.
        files: By the hash under which they were announced.
    """

    told: list[tuple[str, Plain]] = field(default_factory=list)
    dossiers: dict[str, Plain] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    progress: list[Plain] = field(default_factory=list)
    submissions: dict[str, Plain] = field(default_factory=dict)
    answers: dict[str, Plain] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    _done: set[str] = field(default_factory=set)
    _lock: RLock = field(default_factory=RLock)

    def take(self, path: str, said: Plain) -> Plain:
        """Do what is posted; all elements of a request are taken, or none."""
        with self._lock:
            if path == "/submissions":
                return self.submit(said)
            if path.startswith("/submissions/"):
                return self._answered(path.split("/")[2], said)
            elements, ids = said.get("data", []), said.get("ids", [])
            if path not in _KINDS or len(elements) != len(ids) or not elements:
                return answer(WRONG, "Yêu cầu không hợp lệ")
            return self._told(path, list(zip(ids, elements, strict=True)), said.get("madonvi", ""))

    def look(self, path: str, after: str, unit: str = "") -> Plain:
        """Answer what is asked; of the dossiers of one unit where it is named."""
        with self._lock:
            if path == "/submissions":
                waiting = [given for id, given in self.submissions.items() if id not in self.answers]
                return answer(DONE, "Thành công", waiting)
            if path.startswith("/dossiers/"):
                return self._found(path.split("/")[2])
            known = (code for code in self.dossiers if unit in ("", self.units.get(code, unit)))
            codes = [code for code in sorted(known) if code > after][:PAGE]
            return answer(DONE, "Thành công", [self.dossiers[code] for code in codes])

    def submit(self, said: Plain) -> Plain:
        """Take what a citizen submits; the bytes of its files come with it, as Base64."""
        with self._lock:
            given = {**said, "files": [dict(file) for file in said.get("files", [])]}
            for file in given["files"]:
                held = b64decode(file.pop("content", ""))
                file.setdefault("sha256", hashlib.sha256(held).hexdigest())
                self.files.setdefault(file["sha256"], held)
            self.submissions[said["id"]] = given
            self.answers.pop(said["id"], None)
            return answer(DONE, "Thành công")

    def _told(self, path: str, given: list[tuple[str, Plain]], unit: str) -> Plain:
        new = [(id, element) for id, element in given if f"{_KINDS[path]}:{id}" not in self._done]
        for _, element in new:
            wrong = self._wrong(path, element)
            if wrong is not None:
                return wrong
        for id, element in new:
            self._done.add(f"{_KINDS[path]}:{id}")
            self.told.append((path, element))
            if path == "/progress":
                self.progress.append(element)
            else:
                self.dossiers[element["MaHoSo"]] = element
                self.units[element["MaHoSo"]] = unit
        return answer(DONE, "Thành công")

    def _wrong(self, path: str, element: Plain) -> Plain | None:
        code, status = element.get("MaHoSo"), element.get("TrangThaiHoSo", element.get("TrangThai"))
        if not code or status not in STATUSES or not all(isinstance(v, str | list) for v in element.values()):
            return answer(WRONG, "Dữ liệu không hợp lệ")
        if path == "/dossiers/add" and code in self.dossiers:
            return answer(EXISTS, f"Hồ sơ {code} đã tồn tại")
        if path != "/dossiers/add" and code not in self.dossiers:
            return answer(MISSING, f"Hồ sơ {code} không tồn tại")
        return None

    def _found(self, code: str) -> Plain:
        return answer(DONE, "Thành công", self.dossiers.get(code))

    def _answered(self, id: str, said: Plain) -> Plain:
        if id not in self.submissions:
            return answer(MISSING, f"Không có hồ sơ nộp {id}")
        self.answers[id] = said
        return answer(DONE, "Thành công")


_KINDS = {"/dossiers/add": "dossier", "/dossiers/update": "dossier", "/progress": "progress"}

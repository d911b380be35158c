"""An office that keeps a stand-in of the national portal informed, over real HTTP."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from shipped import CONFIG
from world import LEAD, RESTARTING, START, Office

from motcua.adapters.file_folder import HashedFolder
from motcua.adapters.portal_http import PortalHttp, read_portal
from motcua.adapters.portal_table import read_portal_table
from motcua.adapters.stand_in.portal import StandInPortal
from motcua.services.portal import Told, pull, tell_portal
from motcua.services.portal.elements import dossier_element
from motcua.services.portal_facts import PORTAL, seen
from motcua.services.ports import Portal

PATIENCE, PAUSE = timedelta(seconds=0.3), timedelta(seconds=0.6)
APPLICANT = {"name": "Nguyễn Thị An", "id_number": "012345678901"}


@dataclass
class PortalOffice:
    """The office, the portal beside it, and the line between them."""

    office: Office
    server: StandInPortal
    portal: Portal

    def tell(self) -> Told:
        """Tell what is owed now."""
        return tell_portal(self.office.house, self.portal)

    def settle(self) -> None:
        """Tell, and let a quarter of an hour pass, until nothing is owed any more."""
        while any(m.notice.template in PORTAL for m in self.office.store.waiting(1000)):
            self.office.pass_time(minutes=15)
            self.tell()

    def picture(self) -> dict[str, dict[str, str]]:
        """What the portal should have: status and appointment of each dossier."""
        house = self.office.house
        return {
            stored.dossier.code: _looks(
                dossier_element(
                    self.portal.table, seen(house.worlds.of(stored.dossier.cfg), stored.dossier), {}
                )
            )
            for stored in house.store.iterate()
        }

    def theirs(self) -> dict[str, dict[str, str]]:
        """What it has."""
        return {code: _looks(element) for code, element in self.server.ledger.dossiers.items()}

    def statuses(self, code: str) -> list[str]:
        """The statuses of a dossier in the order in which the portal heard of them."""
        return [
            element["TrangThaiHoSo"]
            for path, element in self.server.ledger.told
            if path != "/progress" and element["MaHoSo"] == code
        ]

    def submit(self, id: str, content: bytes = b"a form", **changes: Any) -> None:
        """Submit as a citizen does, with one file."""
        given = {
            "id": id,
            "procedure": RESTARTING,
            "agency": LEAD,
            "facts": {"kind": "repair"},
            "documents": ["form"],
            "applicant": APPLICANT,
            "submitted_at": (START - timedelta(minutes=30)).isoformat(),
            "files": [{"name": "don.pdf", "document": "form", "content": b64encode(content).decode()}],
        }
        self.server.ledger.submit({**given, **changes})

    def pull(self) -> Any:
        """Take in what was submitted."""
        return pull(self.office.house, self.portal)


def _looks(element: dict[str, Any]) -> dict[str, str]:
    return {name: element[name] for name in ("TrangThaiHoSo", "NgayHenTra") if name in element}


@contextmanager
def portal_office(folder: Path, *mischief: str, seed: int = 0) -> Iterator[PortalOffice]:
    """Lend an office with a portal that misbehaves as told."""
    office = Office()
    office.house = replace(office.house, portal=True)
    server = StandInPortal(mischief=mischief, seed=seed, pause=PAUSE).start()
    try:
        line = PortalHttp(
            read_portal(server.url, "token"), "H99", patience=PATIENCE if mischief else 10 * PAUSE
        )
        table = replace(read_portal_table(CONFIG / "portal.yaml"), most_bytes=1000)
        yield PortalOffice(office, server, Portal(line, table, HashedFolder(folder)))
    finally:
        server.close()

"""Form 07: the register of an agency's year, every dossier once, numbered without a gap."""

from typing import Any

from motcua.services.appointments import appointment, is_late
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.papers.sheets import sheet_of
from motcua.services.papers.showing import Paper, paper_of
from motcua.services.ports import Stored, Typesetter

FORM = "register"
_PERSONAL = ("name", "address", "phone")


def register(house: Installation, press: Typesetter, agency: str, year: int) -> Paper:
    """Set the register of an agency for a year, dated of today; it is no paper of a dossier and has no record.

    Raises:
        AgencyNotFound: No such agency.
    """
    directory = house.worlds.directory
    office = directory.get(agency)
    parent = "" if office.parent is None else directory.get(office.parent).name
    calendar = house.worlds.calendars[office.calendar]
    said = {
        "code": "",
        "agency": {"code": office.code, "name": office.name, "parent": parent},
        "date": calendar.local_date(house.now()).isoformat(),
        "rows": [_row(house, stored) for stored in house.store.received_in(agency, year)],
        "signed": None,
        "draft": False,
    }
    spec = press.spec(FORM)
    made = press.typeset(FORM, sheet_of(None, year, said, (), ""))
    return paper_of(FORM, f"{spec.symbol}-{year}", made, spec.template_sha256)


def _row(house: Installation, stored: Stored) -> dict[str, Any]:
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    calendar = world.calendar_of(dossier.agency)
    person = sheet_of(None, 0, {}, house.store.personal(stored.id), "")["applicant"]
    notes = ["Đã gia hạn"] if int(dossier.facts.get("extension_count", 0)) else []
    if is_late(dossier, house.now(stored)):
        notes.append("Quá hạn")
    return {
        "code": dossier.code,
        "procedure": f"{world.procedure.code} {world.procedure.name.vi}",
        "applicant": "; ".join(person[key] for key in _PERSONAL if person.get(key)),
        "received": local_text(calendar, dossier.opened_at),
        "due": local_text(calendar, appointment(dossier)),
        "completed": local_text(calendar, dossier.completed_at),
        "channel": dossier.channel,
        "note": "; ".join(notes),
    }

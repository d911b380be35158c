"""What the applicant was last asked to supplement or complete, in the words of whoever asked."""

import json
from typing import Any

from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.papers.occasion import events_of, last_occasion
from motcua.services.ports import Stored

SUPPLEMENT_REQUEST = "supplement_request"
"""The notice by which an applicant is asked."""


def asked_for(house: Installation, stored: Stored) -> dict[str, Any] | None:
    """Return `at` (local) and `reason` (None where it was erased) of the last request; None where there is none.

    Once the dossier has ended nobody has to look at it any more, so that there is none either.
    """
    if stored.dossier.ended:
        return None
    found = last_occasion(events_of(house.store.records(f"dossier:{stored.id}")), (SUPPLEMENT_REQUEST,))
    if found is None:
        return None
    values = house.store.personal(stored.id)
    said = (json.loads(each.value) for each in values if each.field == "reason" and each.seq == found.seq)
    calendar = house.worlds.of(stored.dossier.cfg).calendar_of(stored.dossier.agency)
    return {"at": local_text(calendar, found.event.at), "reason": next(said, None)}

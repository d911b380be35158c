"""Who may look a dossier up without an account: whoever holds its code, and a check code that belongs to it.

Every paper that the applicant got carries a check code. One more follows from the dossier's id and a secret of the
installation, for the time before there is a paper; neither can be computed from anything that is printed elsewhere.
"""

import json

from motcua.services.check_codes import derived_code, same_code
from motcua.services.installation import Installation
from motcua.services.intake import MalformedCode, parse_code
from motcua.services.papers.finding import salt_field
from motcua.services.ports import DossierNotFound, Stored, Typesetter
from states.errors import DomainError, Kind

_NOBODY = "0" * 32


class LookUpRefused(DomainError):
    """No dossier has this code together with this check code. Compare both with the receipt, or ask at the counter."""

    kind = Kind.NOT_FOUND
    vi = "Không có hồ sơ nào với mã hồ sơ và mã kiểm tra này. Hãy đối chiếu với giấy tiếp nhận, hoặc hỏi tại quầy."


def admit(house: Installation, press: Typesetter, code: str, check: str) -> Stored:
    """Return the dossier that the holder of both codes may see; capitals, spaces and hyphens do not matter.

    An unknown code costs the same queries and comparisons as a wrong check code, and gets the same answer.

    Raises:
        LookUpRefused: They do not belong together, or there is no such dossier.
    """
    stored = _known(house, code)
    dossier_id = _NOBODY if stored is None else stored.id
    right = [check_code(house, dossier_id), *_on_papers(house, press, dossier_id)]
    fits = [same_code(check, text) for text in right]
    if stored is None or not any(fits):
        raise LookUpRefused
    return stored


def check_code(house: Installation, dossier_id: str) -> str:
    """Return the check code of a dossier, whether it has papers or not."""
    return derived_code(house, f"lookup:{dossier_id}")


def _known(house: Installation, code: str) -> Stored | None:
    try:
        wanted = parse_code(code.strip().upper())
    except MalformedCode:
        wanted = "-"
    try:
        return house.store.load(wanted)
    except DossierNotFound:
        return None


def _on_papers(house: Installation, press: Typesetter, dossier_id: str) -> list[str]:
    """Return the check codes of the papers that are addressed to the applicant."""
    drafts = [row.draft for row in house.store.papers(dossier_id)]
    theirs = [paper for paper in drafts if press.spec(paper.form).notices]
    fields = {salt_field(paper.form, paper.year, paper.number) for paper in theirs}
    return [json.loads(value.value) for value in house.store.personal(dossier_id) if value.field in fields]

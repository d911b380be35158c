"""An auditor raises a nonconformity about a record of a dossier; the dossier itself does not change by it."""

from dataclasses import dataclass
from hashlib import sha256

from motcua.services.access import Visitor
from motcua.services.installation import Installation
from motcua.services.ports import Busy, ClauseMap, Nonconformity, NonconformityText, Stored
from motcua.services.register_steps import Entry, InvalidStep, StepKind, commitment, recorded, written
from states.errors import DomainError, Kind

_ATTEMPTS = 20
FINDING = "finding:"
"""Before the clause, what an auditor's entry calls its cause: by it the check of an action looks for the same again."""


class NoSuchClause(DomainError):
    """{standard} has no clause {clause}. Choose one of the list."""

    kind = Kind.INVALID
    vi = "{standard} không có điều khoản {clause}. Hãy chọn trong danh sách."


@dataclass(frozen=True, slots=True)
class Finding:
    """What an auditor found.

    Attributes:
        seq: The record of the dossier that shows it.
        clause: Of the standard, not met.
        text: In words.
    """

    seq: int
    clause: str
    text: str


def raise_nonconformity(
    house: Installation, stored: Stored, finding: Finding, known: ClauseMap, visitor: Visitor, *, key: str
) -> Entry:
    """Open an entry of the register, answered for by the agency that leads the dossier now.

    Args:
        house: The installation.
        stored: The dossier.
        finding: What was found about it.
        known: The standard.
        visitor: The auditor.
        key: Of the form: sent again with it, the entry that it opened is returned.

    Raises:
        NoSuchClause: The standard does not have it.
        InvalidStep: There is no such record, or nothing was written.
    """
    text = _checked(house, stored, finding, known)
    said = {"dossier": stored.id, "record": finding.seq, "clause": finding.clause, "standard": known.standard}
    facts = {**said, **commitment(text)}
    id = sha256(f"raise:{stored.id}:{visitor.person}:{key}".encode()).hexdigest()[:32]
    for _ in range(_ATTEMPTS):
        if (opened := _opened(house, id, stored)) is not None:
            return opened
        now, dossier = house.now(), stored.dossier
        cause = f"{FINDING}{finding.clause}"
        row = Nonconformity(id, stored.id, dossier.code, dossier.agency, cause, None, None, now)
        entry = Entry(row, dossier.procedure, ())
        step, record = recorded(house, entry, StepKind.RAISE, visitor.person, facts, text, now, visitor.auth)
        try:
            house.store.add_nonconformity(row, step, record)
        except Busy:
            continue
        return Entry(row, dossier.procedure, (step,))
    raise Busy(what=stored.dossier.code)


def _checked(
    house: Installation, stored: Stored, finding: Finding, known: ClauseMap
) -> NonconformityText | None:
    if finding.clause not in {one.id for one in known.clauses}:
        raise NoSuchClause(standard=known.standard, clause=finding.clause[:20])
    if not 1 <= finding.seq <= stored.seq:
        vi = f"hồ sơ không có bản ghi {finding.seq}"
        raise InvalidStep(reason=f"the dossier has no record {finding.seq}", reason_vi=vi)
    return written(house, finding.text)


def _opened(house: Installation, id: str, stored: Stored) -> Entry | None:
    row = next((row for row in house.store.nonconformities() if row.id == id), None)
    steps = () if row is None else tuple(house.store.nonconformity_steps(id))
    return None if row is None else Entry(row, stored.dossier.procedure, steps)

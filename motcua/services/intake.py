"""Take a dossier in: check, bind its agencies, give it its code, record it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from audit.record import Auth
from motcua.services.choosing import choose_officers
from motcua.services.enacting import ATTEMPTS, Request, step_of
from motcua.services.idempotency import Once, answered, once
from motcua.services.installation import Installation
from motcua.services.ports import Busy, ProcedureNotFound, PublishedVersion, Stored
from motcua.services.recording import Decided, Personal, record
from motcua.services.timekeeping import certain_now
from states.commands import APPLICANT_ACTOR, Actor, OpenDossier
from states.errors import DomainError, InvalidFacts
from states.machine import decide
from states.opening import bind_parties
from states.world import World

_FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CODE = re.compile(r"[0-9A-Z]+(?:\.[0-9A-Z]+)*-[0-9]{6}-[0-9]{4,10}")


class MalformedCode(DomainError):
    """No dossier code: "{given}". One looks like H01.02-260302-0001: agency, day, number of the day."""

    vi = "Không phải mã hồ sơ: «{given}». Mã có dạng H01.02-260302-0001: cơ quan, ngày, số trong ngày."


@dataclass(frozen=True, slots=True)
class Submission:
    """What comes with a new dossier.

    Attributes:
        agency: Code of the competent agency.
        applicant: Personal values; each becomes a commitment.
        legal_date: The date on paper, where it differs from the day of intake.
    """

    procedure: str
    channel: str
    agency: str
    facts: Mapping[str, bool | int | str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    applicant: Mapping[str, Any] = field(default_factory=dict)
    legal_date: date | None = None


def submit(
    house: Installation,
    submission: Submission,
    actor: Actor = APPLICANT_ACTOR,
    auth: Auth | None = None,
    key: str | None = None,
) -> Stored:
    """Open a dossier under the version of its procedure in force today; it gets its code and public status 1.

    With a key it is taken in once, however often it is asked.

    Raises:
        MalformedKey, KeyReused: The key is none, or stands for another request.
        ProcedureNotFound: No version is in force.
        InvalidFacts, AgencyNotFound, PartyUnbound: The data does not fit; nothing was written.
        Busy: Others kept taking the next number.
    """
    idem = once(key, actor, auth, asdict(submission))
    try:
        return _take_in(house, submission, actor, auth, idem)
    except DomainError as trouble:
        stored = answered(house.store, idem, trouble)
    return _take_in(house, submission, actor, auth, idem) if stored is None else stored


def _take_in(
    house: Installation, submission: Submission, actor: Actor, auth: Auth | None, idem: Once | None
) -> Stored:
    now = certain_now(house)
    world = house.worlds.of(version_in_force(house, submission.procedure, now).digest)
    parties = bind_parties(world.procedure, world.directory, submission.agency)
    personal = _personal(house, world, submission)
    day = world.calendar.local_date(now)
    for _ in range(ATTEMPTS):
        number = house.store.next_number(submission.agency, day)
        command = OpenDossier(
            code=dossier_code(submission.agency, day, number),
            channel=submission.channel,
            parties=parties,
            actor=actor,
            facts=submission.facts,
            documents=submission.documents,
            assignees=choose_officers(house, world, parties, world.procedure.initial, day),
        )
        request = Request(command, actor, personal, auth, submission.legal_date, idem=idem)
        stored = _store(house, world, request, now, day, number)
        if stored is not None:
            return stored
    raise Busy(what=submission.agency)


def _store(
    house: Installation, world: World, request: Request, now: datetime, day: date, number: int
) -> Stored | None:
    events = decide(world, None, request.command, now)
    step = step_of(request, events, now)
    decided = Decided(world, None, (step,), new_id=house.new_id(), day=day, number=number)
    [stored] = record(house.store, house.log, [decided])
    return stored


def _personal(house: Installation, world: World, submission: Submission) -> tuple[Personal, ...]:
    """The names of the fields stand in the record for good, so they must be names and nothing personal."""
    for name in submission.applicant:
        if not _FIELD.fullmatch(name):
            what = "the name of a field of the applicant", "tên trường của người nộp"
            raise InvalidFacts(
                procedure=world.procedure.code,
                reason=f"{what[0]} must be plain lower-case letters, digits and _",
                reason_vi=f"{what[1]} chỉ gồm chữ thường không dấu, chữ số và _",
            )
    return tuple(
        Personal(f"applicant.{name}", value, house.new_salt())
        for name, value in sorted(submission.applicant.items())
    )


def dossier_code(agency: str, day: date, number: int) -> str:
    """Return the national dossier code: agency, local day, number of that day in at least four digits.

    Source:
        Circular 01/2018/TT-VPCP article 19 (pattern); Decree 118/2025/NĐ-CP article 28 (competent agency).
    """
    return f"{agency}-{day:%y%m%d}-{number:04d}"


def parse_code(given: str) -> str:
    """Return a dossier code as it was given, once it has the form of one.

    Raises:
        MalformedCode: It has not.
    """
    if not _CODE.fullmatch(given):
        raise MalformedCode(given=given)
    return given


def version_in_force(house: Installation, code: str, now: datetime) -> PublishedVersion:
    """Return the newest approved version of a procedure whose effective period holds the province's day of *now*.

    Raises:
        ProcedureNotFound: None does.
    """
    directory = house.worlds.directory
    day = house.worlds.calendars[directory.get(directory.province).calendar].local_date(now)
    for version in reversed(house.store.versions(code)):
        ended = version.effective_until is not None and version.effective_until <= day
        if version.approved_at is not None and version.effective_from <= day and not ended:
            return version
    raise ProcedureNotFound(procedure=code, day=day)

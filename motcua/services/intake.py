"""Take a dossier in: check, bind its agencies, give it its code, record it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from audit.record import Auth
from motcua.services.idempotency import Once, answered, once
from motcua.services.installation import Installation
from motcua.services.opening import Opening, open_new, version_in_force
from motcua.services.ports import Stored
from motcua.services.recording import Personal
from motcua.services.timekeeping import certain_now
from states.commands import APPLICANT_ACTOR, Actor
from states.errors import DomainError, InvalidFacts
from states.kin import Filed, Places
from states.opening import check_submission
from states.procedure import Resolve
from states.world import World

_FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CODE = re.compile(r"[0-9A-Z]+(?:\.[0-9A-Z]+)*-[0-9]{6}-[0-9]{4,10}")

CLOCKS_APART = timedelta(minutes=5)


class MalformedCode(DomainError):
    """No dossier code: "{given}". One looks like H01.02-260302-0001: agency, day, number of the day."""

    vi = "Không phải mã hồ sơ: «{given}». Mã có dạng H01.02-260302-0001: cơ quan, ngày, số trong ngày."


class NoDispatcher(DomainError):
    """No agency is named and several could decide {procedure}. Name one; this installation has no dispatcher."""

    vi = "Chưa nêu cơ quan và có nhiều cơ quan giải quyết được {procedure}. Hãy nêu cơ quan; ở đây chưa có điều phối."


@dataclass(frozen=True, slots=True)
class Submission:
    """What comes with a new dossier.

    Attributes:
        agency: Code of the competent agency; None where it is not known.
        applicant: Personal values; each becomes a commitment.
        legal_date: The date on paper, where it differs from the day of intake.
        received: Code of the agency where it is handed in; the competent one when None.
        helped: Code of the agency that helped the applicant; the receiving one when None.
        returns: Code of the agency where the result is returned; the receiving one when None.
        filed: How it was filed on the national portal.
        files: By name, hash and size of each file that came with it; they become commitments too.
    """

    procedure: str
    channel: str
    agency: str | None
    facts: Mapping[str, bool | int | str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    applicant: Mapping[str, Any] = field(default_factory=dict)
    legal_date: date | None = None
    received: str | None = None
    helped: str | None = None
    returns: str | None = None
    filed: Filed | None = None
    files: Mapping[str, Any] = field(default_factory=dict)

    def places(self, competent: str) -> Places | None:
        """Return where the dossier comes in, None where all of that is the competent agency."""
        if (self.received, self.helped, self.returns) == (None, None, None):
            return None
        received = self.received or competent
        return Places(self.helped or received, received, self.returns or received)


def submit(
    house: Installation,
    submission: Submission,
    actor: Actor = APPLICANT_ACTOR,
    auth: Auth | None = None,
    key: str | None = None,
) -> Stored:
    """Open a dossier under the version of its procedure in force today; it gets its code and public status 1.

    With a key it is taken in once, however often it is asked. One whose competent agency is not known waits for a
    dispatcher, with all that came with it.

    Raises:
        MalformedKey, KeyReused: The key is none, or stands for another request.
        ProcedureNotFound: No version is in force.
        InvalidFacts, AgencyNotFound, PartyUnbound: The data does not fit; nothing was written.
        AgencyClosed, CompetenceMoved, AgencyNotOpen: The agency takes it in no longer, or not yet.
        Busy: Others kept taking the next number.
    """
    idem = once(key, actor, auth, _asked(submission))
    try:
        return _take_in(house, submission, actor, auth, idem)
    except DomainError as trouble:
        stored = answered(house.store, idem, trouble)
    return _take_in(house, submission, actor, auth, idem) if stored is None else stored


def _asked(submission: Submission) -> dict[str, Any]:
    """What is not given is left out, so that a key keeps its meaning when a submission learns to say more."""
    said = asdict(submission)
    return {name: value for name, value in said.items() if value or name not in ("filed", "files")}


def _take_in(
    house: Installation, submission: Submission, actor: Actor, auth: Auth | None, idem: Once | None
) -> Stored:
    house.worlds.refresh()  # nobody may open a dossier at an agency that closed since this process looked
    now = certain_now(house)
    world = house.worlds.of(version_in_force(house, submission.procedure, now).digest)
    personal = _personal(house, world, submission)
    competent = submission.agency or _only_competent(world, world.calendar.local_date(now))
    if competent is None:
        check_submission(world.procedure, submission.channel, submission.facts, submission.documents)
        world, opening = _for_dispatch(house, submission, actor, personal, now)
    else:
        opening = _opening(submission, competent, actor, personal)
        opening = replace(opening, facts=submission.facts, documents=submission.documents)
    for code in () if opening.places is None else (opening.places.helped, opening.places.returns):
        world.directory.get(code)
    opening = replace(
        opening,
        auth=auth,
        legal_date=submission.legal_date,
        idem=idem,
        filed=_filed(submission, now),
    )
    return open_new(house, world, opening, now)


def _filed(submission: Submission, now: datetime) -> Filed | None:
    """The portal's clock may be a little ahead of ours; what it says of a later day stays, and is refused."""
    filed = submission.filed
    if filed is None or not now < filed.at <= now + CLOCKS_APART:
        return filed
    return replace(filed, at=now)


def _opening(submission: Submission, competent: str, actor: Actor, personal: tuple[Personal, ...]) -> Opening:
    return Opening(
        channel=submission.channel,
        competent=competent,
        actor=actor,
        received=submission.received,
        personal=personal,
        places=submission.places(competent),
    )


def _only_competent(world: World, day: date) -> str | None:
    """Return the one agency that can decide; None where there are several, or none."""
    kinds = [party.kind for party in world.procedure.parties if party.resolve is Resolve.COMPETENT]
    agencies = world.directory.of_kind(kinds[0], day) if kinds else ()
    return agencies[0].code if len(agencies) == 1 else None


def _for_dispatch(
    house: Installation, submission: Submission, actor: Actor, personal: tuple[Personal, ...], now: datetime
) -> tuple[World, Opening]:
    """The dossier of the dispatcher holds what came as personal values, until the real one is opened with them."""
    if house.dispatch is None:
        raise NoDispatcher(procedure=submission.procedure)
    world = house.worlds.of(version_in_force(house, house.dispatch, now).digest)
    came = {"facts": dict(submission.facts), "documents": list(submission.documents)}
    kept = tuple(Personal(f"submission.{name}", came[name], house.new_salt()) for name in sorted(came))
    received = submission.received or world.directory.province
    opening = _opening(submission, received, actor, (*personal, *kept))
    told = world.procedure.told_component
    wanted = None if told is None else told.procedure_fact
    return world, replace(opening, facts={str(wanted): submission.procedure})


def _personal(house: Installation, world: World, submission: Submission) -> tuple[Personal, ...]:
    """The names of the fields stand in the record for good, so they must be names and nothing personal."""
    for name in (*submission.applicant, *submission.files):
        if not _FIELD.fullmatch(name):
            what = "the name of a field of the applicant", "tên trường của người nộp"
            raise InvalidFacts(
                procedure=world.procedure.code,
                reason=f"{what[0]} must be plain lower-case letters, digits and _",
                reason_vi=f"{what[1]} chỉ gồm chữ thường không dấu, chữ số và _",
            )
    given = {f"applicant.{name}": value for name, value in submission.applicant.items()}
    given |= {f"file.{name}": value for name, value in submission.files.items()}
    return tuple(Personal(name, value, house.new_salt()) for name, value in sorted(given.items()))


def parse_code(given: str) -> str:
    """Return a dossier code as it was given, once it has the form of one.

    Raises:
        MalformedCode: It has not.
    """
    if not _CODE.fullmatch(given):
        raise MalformedCode(given=given)
    return given

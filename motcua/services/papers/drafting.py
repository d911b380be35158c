"""Draft papers: because a person asks for one, or because a message owes it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from audit.canonical import digest
from audit.record import Auth
from motcua.services.enacting import ATTEMPTS, Ask, Request, enact
from motcua.services.installation import Installation
from motcua.services.papers.finding import AlreadyDrafted, NotDrafted, salt_field, series
from motcua.services.papers.sheets import check_of, input_of
from motcua.services.ports import (
    Busy,
    DatabaseNotReady,
    FormSpec,
    NumberTaken,
    OwedPaper,
    PaperDraft,
    PaperRow,
    Stored,
    Typesetter,
)
from motcua.services.recording import Personal
from states.commands import SYSTEM_ACTOR, Actor, DraftPaper
from states.errors import DomainError
from states.world import World

REGISTER = "register"
LOOK_BACK = timedelta(days=7)
BATCH = 200


@dataclass(slots=True)
class Drafted:
    """What the system drafted, and by message why it could not."""

    drafted: int = 0
    failed: dict[str, DomainError] = field(default_factory=dict)


def draft(
    house: Installation, press: Typesetter, code: str, form: str, actor: Actor, auth: Auth | None = None
) -> str:
    """Draft a paper of a dossier under the next number of its series, and return that number.

    Raises:
        DossierNotFound, NotAuthorised: Nothing was written.
        NotDrafted: The form is not of one dossier.
        Busy: Others kept taking the next number.
    """
    return _draft(house, press, code, form, actor, auth)


def draft_for(
    house: Installation,
    press: Typesetter,
    owing: Stored,
    form: str,
    actor: Actor,
    auth: Auth | None = None,
) -> str | None:
    """Draft in a person's name the paper that the last record of a dossier owes, and return its number.

    Where it was drafted already, by the system or by another request, that one is returned; None where no message
    owes it.

    Raises:
        DossierNotFound, NotAuthorised, Busy: Nothing was written.
    """
    spec, code = press.spec(form), owing.dossier.code
    owed = house.store.papers_owed_by(owing.id, owing.seq)
    messages = [message for message in owed if message.template in spec.notices]
    if not messages:
        return None
    try:
        return _draft(house, press, code, form, actor, auth, messages[0])
    except AlreadyDrafted:
        rows = house.store.papers(owing.id)
        return next(series(press, row.draft) for row in rows if row.draft.cause == messages[0].message)


def draft_owed(
    house: Installation, press: Typesetter, limit: int = BATCH, back: timedelta = LOOK_BACK
) -> Drafted:
    """Draft the papers that messages owe and nobody drafted, once for each message, whatever happens in between.

    Args:
        house: The installation.
        press: Knows which message owes which form.
        limit: At most so many papers.
        back: How far messages are looked back at; longer than the longest outage.
    """
    done, left, since = Drafted(), 0, house.now() - back
    forms = {notice: form for form in press.names for notice in press.spec(form).notices}
    once = {notice: form for notice, form in forms.items() if press.spec(form).once}
    while page := house.store.papers_owed(since, min(limit - done.drafted, BATCH), left, once):
        for owed in page:
            left += not _drafted(house, press, owed, forms[owed.template], done)
    return done


def _drafted(house: Installation, press: Typesetter, owed: OwedPaper, form: str, done: Drafted) -> bool:
    """Draft one paper; False where it stays owed, so that it is passed over."""
    try:
        _draft(house, press, owed.code, form, SYSTEM_ACTOR, None, owed)
    except AlreadyDrafted:
        return True
    except DatabaseNotReady:
        raise
    except DomainError as error:
        done.failed[owed.message] = error
        return False
    done.drafted += 1
    return True


def _draft(
    house: Installation,
    press: Typesetter,
    code: str,
    form: str,
    actor: Actor,
    auth: Auth | None,
    owed: OwedPaper | None = None,
) -> str:
    if form == REGISTER:
        raise NotDrafted(form=form)
    given: list[PaperDraft] = []
    for _ in range(ATTEMPTS):
        try:
            enact(house, code, _asking(house, press, form, actor, auth, owed, given))
        except NumberTaken:
            continue
        return series(press, given[-1])
    raise Busy(what=code)


def _asking(
    house: Installation,
    press: Typesetter,
    form: str,
    actor: Actor,
    auth: Auth | None,
    owed: OwedPaper | None,
    given: list[PaperDraft],
) -> Ask:
    spec = press.spec(form)

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        if owed is not None:
            _refuse_again(spec, owed, house.store.papers(stored.id))
        day = world.calendar_of(stored.dossier.agency).local_date(now)
        agency = world.directory.seat(stored.dossier.agency, day, world.procedure.code)
        year = day.year
        number = house.store.next_paper_number(agency, form, year)
        seq = None if owed is None else int(owed.message.split(":")[1])
        said = input_of(house, world, stored, spec, now, seq)
        cause, template = None if owed is None else owed.message, spec.template_sha256
        paper = PaperDraft(stored.id, form, agency, year, number, stored.seq + 1, cause, template, said, now)
        given.append(paper)
        salt = house.new_salt()
        own = Personal(salt_field(form, year, number), check_of(salt), salt)
        command = DraftPaper(form, agency, year, number, template, digest(said), cause, actor)
        return Request(command, actor, (own,), auth, drafts=(paper,))

    return ask


def _refuse_again(spec: FormSpec, owed: OwedPaper, rows: list[PaperRow]) -> None:
    """Refuse what somebody drafted meanwhile; what is asked here and recorded then rests on the same dossier."""
    for row in rows:
        if row.draft.cause == owed.message or (spec.once and row.draft.form == spec.form):
            raise AlreadyDrafted(message=owed.message, form=spec.form)

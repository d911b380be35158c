"""Use cases of the register of nonconformities: contain, find the cause, act, check the effect, close."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from audit.record import Auth
from motcua.services.installation import Installation
from motcua.services.ports import Busy, Nonconformity, NonconformityNotFound
from motcua.services.register_steps import (
    AFTER,
    STATUS_WORDS,
    STEP_WORDS,
    Entry,
    InvalidStep,
    StepKind,
    commitment,
    recorded,
    written,
)
from states.errors import DomainError, Kind, Spoken
from states.wire import instant_text

ATTEMPTS = 20
MAX_FOUND = 100
"""How many of the entries that came again a record names; their count is whole."""


class StepOutOfOrder(DomainError):
    """Nonconformity {id} is {status}: "{step}" is not possible now. Possible: {possible}."""

    kind = Kind.CONFLICT
    vi = "Điểm không phù hợp {id} đang ở {status}: chưa thể thực hiện «{step}». Có thể: {possible}."


class CauseMissing(DomainError):
    """Nonconformity {id} has no cause yet. Record the cause, then the action."""

    kind = Kind.CONFLICT
    vi = "Điểm không phù hợp {id} chưa có nguyên nhân. Hãy ghi nguyên nhân rồi ghi hành động."


class UnknownCause(DomainError):
    """There is no cause "{cause}". Take one of: {known}."""

    vi = "Không có nguyên nhân «{cause}». Hãy chọn một trong: {known}."


class ActionRuns(DomainError):
    """The action on {id} has time until {due}. Its effect can be checked from the day after."""

    kind = Kind.CONFLICT
    vi = "Hành động đối với {id} có hạn đến {due}. Từ ngày hôm sau mới kiểm tra được hiệu lực."


class NotEffective(DomainError):
    """Nonconformity {id} stays open: the last check found {count} more in {handled} dossiers. Set another action."""

    kind = Kind.CONFLICT
    vi = "Chưa đóng được {id}: lần kiểm tra cuối thấy {count} lần lặp lại trong {handled} hồ sơ. Hãy đặt lại hành động."


class ActedThemselves(DomainError):
    """{officer} acted on nonconformity {id} and cannot close it. Somebody who did not act must close it."""

    kind = Kind.NOT_AUTHORISED
    vi = "{officer} đã thực hiện hành động khắc phục {id} nên không được tự đóng. Cần người khác đóng."


class NotTheirAgency(DomainError):
    """{officer} holds no post in {agency} or above it on {day}. Ask somebody who does."""

    kind = Kind.NOT_AUTHORISED
    vi = "{officer} không giữ vị trí nào tại {agency} hoặc cơ quan cấp trên vào ngày {day}. Hãy nhờ người có vị trí."


Ask = Callable[[Entry, datetime], Mapping[str, Any]]


def entries(house: Installation, open_only: bool = False) -> list[Entry]:
    """Return the register with the steps of each entry, oldest first."""
    steps: dict[str, list[Any]] = {}
    for step in house.store.nonconformity_steps():
        steps.setdefault(step.nonconformity, []).append(step)
    rows = house.store.nonconformities()
    procedures = _procedures(house, rows)
    found = [Entry(row, procedures[row.dossier_id], tuple(steps.get(row.id, ()))) for row in rows]
    return [entry for entry in found if not open_only or entry.possible]


def find(house: Installation, name: str) -> Entry:
    """Return an entry by its id, or by how the id begins. Raises: NonconformityNotFound."""
    rows = house.store.nonconformities()
    same = [row for row in rows if row.id == name] or [
        row for row in rows if name and row.id.startswith(name)
    ]
    if len(same) != 1:
        raise NonconformityNotFound(id=name[:120])
    [row] = same
    steps = house.store.nonconformity_steps(row.id)
    return Entry(row, _procedures(house, same)[row.dossier_id], tuple(steps))


def visible(
    house: Installation, person: str, everything: bool = False, open_only: bool = False
) -> list[Entry]:
    """Return the entries of agencies in which a person has a say today; with *everything*, as an auditor, of all."""
    return [entry for entry in entries(house, open_only) if everything or has_a_say(house, entry, person)]


def seen(house: Installation, name: str, person: str, everything: bool = False) -> Entry:
    """Return an entry that a person may see; one that is not for them does not exist. Raises: NonconformityNotFound."""
    entry = find(house, name)
    if everything or has_a_say(house, entry, person):
        return entry
    raise NonconformityNotFound(id=name[:120])


def has_a_say(house: Installation, entry: Entry, person: str) -> bool:
    """Tell whether a person may take steps about an entry today."""
    try:
        _check_post(house, entry, person, _today(house, entry, house.now()))
    except NotTheirAgency:
        return False
    return True


def contain(house: Installation, name: str, by: str, text: str, auth: Auth | None = None) -> Entry:
    """Record what was done at once for the dossier and whoever it concerns."""
    return _take(house, name, StepKind.CONTAIN, by, lambda entry, now: {}, text, auth)


def set_cause(
    house: Installation,
    name: str,
    by: str,
    cause: str,
    known: Iterable[str],
    text: str | None = None,
    auth: Auth | None = None,
) -> Entry:
    """Record the root cause by its code; a later one takes its place. Raises: UnknownCause."""
    codes = tuple(known)
    if cause not in codes:
        raise UnknownCause(cause=cause[:60], known=", ".join(codes))
    return _take(house, name, StepKind.CAUSE, by, lambda entry, now: {"cause": cause}, text, auth)


def act(
    house: Installation, name: str, by: str, owner: str, due: date, text: str, auth: Auth | None = None
) -> Entry:
    """Set the corrective action.

    Args:
        house: The installation.
        name: The entry.
        by: The officer who records it.
        owner: The officer who answers for it.
        due: The last day for it, local.
        text: What will be done.
        auth: How the officer was identified.

    Raises:
        CauseMissing: No cause was recorded.
        InvalidStep: The day is past.
        NotTheirAgency: The owner holds no post there.
    """

    def ask(entry: Entry, now: datetime) -> Mapping[str, Any]:
        if entry.last(StepKind.CAUSE) is None:
            raise CauseMissing(id=entry.row.id)
        today = _today(house, entry, now)
        if due < today:
            raise InvalidStep(reason=f"{due} is before {today}", reason_vi=f"{due} trước ngày {today}")
        _check_post(house, entry, owner, today)
        return {"owner": owner, "due": due.isoformat()}

    return _take(house, name, StepKind.ACTION, by, ask, text, auth)


def check(house: Installation, name: str, by: str, auth: Auth | None = None) -> Entry:
    """Run the detecting query again, over the time since the last action, and record what it found.

    An action was effective when the same cause did not come again for the procedure and the agency, in at least one
    dossier that was handled since. One that had the same breach before does not count: it cannot show it anew. Where
    others took the agency over, what they led and lead counts too.

    Raises:
        ActionRuns: The action's last day is not over.
    """

    def ask(entry: Entry, now: datetime) -> Mapping[str, Any]:
        action = entry.last(StepKind.ACTION)
        assert action is not None
        if _today(house, entry, now).isoformat() <= action.facts["due"]:
            raise ActionRuns(id=entry.row.id, due=action.facts["due"])
        cause, agency, day = entry.row.cause, entry.row.agency, _today(house, entry, now)
        agencies = house.worlds.directory.line(agency, day, entry.procedure)
        seen = house.store.recurrences(cause, entry.procedure, agencies, action.at, now)
        query = {"cause": cause, "procedure": entry.procedure, "agency": agency, "agencies": list(agencies)}
        period = {"since": instant_text(action.at), "until": instant_text(now)}
        return {
            "query": {**query, **period},
            "count": len(seen.found),
            "found": list(seen.found[:MAX_FOUND]),
            "handled": seen.handled,
            "effective": not seen.found and seen.handled > 0,
        }

    return _take(house, name, StepKind.CHECK, by, ask, None, auth)


def close(
    house: Installation, name: str, by: str, text: str | None = None, auth: Auth | None = None
) -> Entry:
    """Close an entry whose action was effective.

    Raises:
        ActedThemselves: The officer set or owned an action.
        NotEffective: The last check says otherwise.
    """

    def ask(entry: Entry, now: datetime) -> Mapping[str, Any]:
        if by in entry.actors:
            raise ActedThemselves(officer=by, id=entry.row.id)
        checked = entry.last(StepKind.CHECK)
        assert checked is not None
        if not checked.facts["effective"]:
            facts = {name: checked.facts[name] for name in ("count", "handled")}
            raise NotEffective(id=entry.row.id, **facts)
        return {"check": checked.number}

    return _take(house, name, StepKind.CLOSE, by, ask, text, auth)


def _take(
    house: Installation, name: str, kind: StepKind, by: str, ask: Ask, text: str | None, auth: Auth | None
) -> Entry:
    """Look, decide and store; again when somebody else was faster."""
    told = written(house, text)
    for _ in range(ATTEMPTS):
        entry = find(house, name)
        now = max([house.now(), entry.row.opened_at, *(step.at for step in entry.steps)])
        if entry.status not in AFTER[kind]:
            raise _out_of_order(entry, kind)
        _check_post(house, entry, by, _today(house, entry, now))
        facts = {**ask(entry, now), **commitment(told)}
        step, record = recorded(house, entry, kind, by, facts, told, now, auth)
        try:
            house.store.add_nonconformity_step(step, record)
        except Busy:
            continue
        return find(house, entry.row.id)
    raise Busy(what=name)


def _out_of_order(entry: Entry, kind: StepKind) -> StepOutOfOrder:
    vi, en = (
        zip(*(STEP_WORDS[step] for step in entry.possible), strict=True) if entry.possible else ("-", "-")
    )
    return StepOutOfOrder(
        id=entry.row.id,
        status=Spoken(entry.status, *STATUS_WORDS[entry.status]),
        step=Spoken(kind.verb, *STEP_WORDS[kind]),
        possible=Spoken(", ".join(step.verb for step in entry.possible), ", ".join(vi), ", ".join(en)),
    )


def _procedures(house: Installation, rows: Iterable[Nonconformity]) -> dict[str, str]:
    ids = list(dict.fromkeys(row.dossier_id for row in rows))
    return {stored.id: stored.dossier.procedure for stored in house.store.load_ids(ids)}


def _today(house: Installation, entry: Entry, now: datetime) -> date:
    agency = house.worlds.directory.get(entry.row.agency)
    return house.worlds.calendars[agency.calendar].local_date(now)


def _check_post(house: Installation, entry: Entry, officer: str, day: date) -> None:
    """An officer has a say in the register of their agency, of those below it, and of those it took over."""
    directory = house.worlds.directory
    agency = directory.seat(entry.row.agency, day, entry.procedure)
    held = {post.agency for post in directory.posts_of(officer, day)}
    above: str | None = agency
    while above is not None and above not in held:
        above = directory.get(above).parent
    if above is None:
        raise NotTheirAgency(officer=officer, agency=agency, day=day)

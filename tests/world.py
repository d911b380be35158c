"""A small world for tests: a calendar, three agencies, two procedures, and a house that runs on a clock of its own."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from builders import LAW, compiled, label, move, procedure_mapping
from fakes import MemoryStore

from audit.record import AuditRecord, from_raw
from audit.rulebook import Rulebook
from motcua.services.adopting import adopt_calendar, adopt_directory
from motcua.services.deadlines import pass_deadlines
from motcua.services.installation import Installation, Worlds
from motcua.services.intake import Submission, submit
from motcua.services.ports import NewRecord, Stored
from motcua.services.publishing import approve, propose
from motcua.services.transitions import Particulars, send
from states.calendar import BusinessCalendar, CalendarDefinition, CalendarYear, DayException
from states.commands import APPLICANT_ACTOR, Actor
from states.directory import Agency, Directory, Post
from states.procedure import Procedure
from states.term import parse_term

LEAD, FIRE, PROVINCE = "H99.01", "H99.02", "H99"
RESTARTING, PAUSING = "9.000001", "9.000002"
START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""A Monday, half past eight."""

SEATS = (
    ("counter", LEAD, "one_stop_officer"),
    ("officer", LEAD, "officer"),
    ("colleague", LEAD, "officer"),
    ("unit_head", LEAD, "unit_head"),
    ("head", LEAD, "head"),
    ("firefighter", FIRE, "officer"),
    ("chairman", PROVINCE, "chairman"),
)
OFFICERS = tuple(name for name, _, _ in SEATS)
WEEK = (((480, 720), (780, 1020)),) * 5 + ((),) * 2


def definition(*off: date) -> CalendarDefinition:
    """Eight hours from Monday to Friday in 2026 and 2027, apart from some days off."""
    exceptions = tuple(DayException(day, False, "nghỉ", "off", "invented", True) for day in sorted(off))
    years = tuple(
        CalendarYear(year, "signed", tuple(e for e in exceptions if e.day.year == year))
        for year in (2026, 2027)
    )
    return CalendarDefinition("vn-gov", "lịch thử", "test", 420, 480, WEEK, WEEK[0], years)


def calendar(*off: date) -> BusinessCalendar:
    """The calendar of this world."""
    return BusinessCalendar(definition(*off))


def directory(*vacant: str) -> Directory:
    """A province with a committee and a fire police; the seats of *vacant* people are empty."""
    agencies = (
        Agency(PROVINCE, "Tỉnh", "province", "province", None, "vn-gov"),
        Agency(LEAD, "Xã", "committee", "commune", PROVINCE, "vn-gov"),
        Agency(FIRE, "Cứu hỏa", "fire_police", "province", PROVINCE, "vn-gov"),
    )
    since = date(2026, 1, 1)
    seats = (seat for seat in SEATS if seat[0] not in vacant)
    return Directory(agencies, tuple(Post(*seat, since, None) for seat in seats), ("head", "unit_head"))


@cache
def restarting() -> Procedure:
    """A supplement restarts the clocks, once; checks run in parallel; the last office is compound."""
    return compiled()


@cache
def pausing() -> Procedure:
    """As the other one, but a supplement pauses the clocks, as often as three times, from the parallel checks too."""
    mapping = procedure_mapping()
    mapping["procedure"]["code"] = PAUSING
    mapping["calendar"] = {"use": "vn-gov", "cutoff": None}
    mapping["suspensions"] = [
        {"id": "supplement", "cause": label("supplement"), "effect": "pause", "max_times": None, **LAW}
    ]
    guarded = {"when": "supplement_count < 3", "reason": "required"}
    ask_more = move("ask_more", ["appraising", "checks"], "waiting", "officer", **guarded)
    others = [given for given in mapping["transitions"] if given["id"] != "ask_more"]
    return compiled({**mapping, "transitions": [*others, ask_more]})


@dataclass
class SetClock:
    """A clock that stands where a test put it."""

    at: datetime = START

    def now(self) -> datetime:
        """Return the instant a test has set."""
        return self.at


@dataclass
class Office:
    """A house with both procedures in force, and short ways to do things in it."""

    store: MemoryStore = field(default_factory=MemoryStore)
    clock: SetClock = field(default_factory=SetClock)
    log: str = "test.example/log"

    def __post_init__(self) -> None:
        numbers = count(1)
        self.house = Installation(
            store=self.store,
            clock=self.clock,
            log=self.log,
            renderer=_NoTemplates(),
            worlds=Worlds(self.store),
            new_id=lambda: f"{next(numbers):032x}",
            new_salt=lambda: bytes(32),
            virtual=True,
        )
        adopt_directory(self.house, directory(), "admin")
        adopt_calendar(self.house, definition(), "admin")
        for procedure in (restarting(), pausing()):
            self.publish(procedure)

    def publish(self, procedure: Procedure) -> str:
        """Put a version in force, by two people; returns its digest."""
        known = {version.digest for version in self.store.versions()}
        proposal = propose(self.house, procedure, b"", "designer").digest
        if proposal not in known:
            approve(self.house, proposal, "approver")
        return proposal

    def pass_time(self, **amount: float) -> datetime:
        """Let time pass without anybody looking at the clock."""
        self.clock.at += timedelta(**amount)
        return self.clock.at

    def wait(self, **amount: float) -> None:
        """Let time pass, then sweep."""
        self.pass_time(**amount)
        self.sweep()

    def sweep(self) -> None:
        """Let everything that is due take effect; nothing may be stuck."""
        swept = pass_deadlines(self.house)
        assert {} == swept.failed

    def open(self, procedure: str = RESTARTING, **changes: Any) -> str:
        """Submit a dossier that is complete; returns its code."""
        given = Submission(procedure, "counter", LEAD, {"kind": "repair"}, ("form",))
        return submit(self.house, replace(given, **changes)).dossier.code

    def send(self, code: str, transition: str, officer: str | None, **given: Any) -> Stored:
        """Move a dossier; without an officer, the applicant does. A reason is always given."""
        facts = {"accept": {"fee_paid": True}, "answer": {"objects": False}}.get(transition, {})
        particulars = Particulars(**{"facts": facts, "reason": "because", **given})
        actor = APPLICANT_ACTOR if officer is None else actor_of(officer)
        return send(self.house, code, transition, actor, None, particulars)

    def extend(self, code: str, term: str = "2 working_days") -> Stored:
        """Apologise and promise a later day, by the head."""
        amount, _, unit = term.partition(" ")
        return self.send(code, "extend", "head", by=parse_term(unit, amount))

    def accepted(self, procedure: str = RESTARTING) -> str:
        """A dossier that was submitted and accepted a moment ago; returns its code."""
        code = self.open(procedure)
        self.send(code, "accept", "counter")
        return code

    def raws(self, code: str) -> list[str]:
        """Return the texts of a dossier's records."""
        return [row.raw for row in self.store.records(f"dossier:{self.store.load(code).id}")]

    def records(self, code: str) -> list[AuditRecord]:
        """Return a dossier's records, read."""
        return [from_raw(raw) for raw in self.raws(code)]

    @property
    def rules(self) -> Rulebook:
        """Everything that records cite."""
        return Rulebook(self.text_of)

    def rows(self, stream: str) -> list[NewRecord]:
        """Return the rows of a stream as the database holds them: whoever changes the list tampers with it."""
        return self.store._state.streams[stream]

    def text_of(self, digest: str) -> str | None:
        """Return the text of a procedure, calendar or directory by its digest."""
        version = self.store.version(digest)
        known = self.store.body(digest) or self.store.order_body(digest)
        return known if version is None else version.compiled


def actor_of(officer: str) -> Actor:
    """Return an officer as they act: with their seat."""
    agency, position = next((agency, position) for name, agency, position in SEATS if name == officer)
    return Actor("officer", officer, agency, position)


class _NoTemplates:
    def render(self, template: str, context: Any) -> str:
        return template

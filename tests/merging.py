"""Two communes with dossiers in every state, and the change that makes one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from fakes import MemoryStore
from world import LEAD, PAUSING, PROVINCE, RESTARTING, Office, definition, directory

from motcua.services.adopting import adopt_calendar, adopt_directory
from motcua.services.intake import Submission, submit
from motcua.services.ports import Store
from motcua.services.registry import Reviewed, approve, propose
from motcua.services.tasks import claim
from motcua.services.transitions import Particulars, send
from states.commands import APPLICANT_ACTOR, Actor
from states.directory import Agency, Directory, Post
from states.reorganisation import ChangeKind, RegistryChange, Seat, Share

OTHER, MERGED = "H99.03", "H99.04"
CLOSED = {LEAD, OTHER}
POSITIONS = ("one_stop_officer", "officer", "unit_head", "head")
DAY = date(2026, 3, 5)
WAYS: tuple[tuple[tuple[str, str | None], ...], ...] = (
    (),
    (("accept", "one_stop_officer"),),
    (("accept", "one_stop_officer"), ("claim", "officer")),
    (("accept", "one_stop_officer"), ("appraise", "officer")),
    (("accept", "one_stop_officer"), ("appraise", "officer"), ("visit", "officer"), ("answer", "fire")),
    (("accept", "one_stop_officer"), ("ask_more", "officer")),
    (("accept", "one_stop_officer"), ("withdraw", None)),
)
"""How far dossiers come: in the pool, claimed, in parallel checks, at the leader, paused or restarting, closed."""


def provincial(*more: Agency) -> Directory:
    """The usual directory with a second commune, whose people are called as their positions."""
    usual, since = directory(), date(2026, 1, 1)
    other = Agency(OTHER, "Xã Hai", "committee", "commune", PROVINCE, "vn-gov")
    posts = tuple(Post(f"{position}.2", OTHER, position, since, None) for position in POSITIONS)
    return replace(usual, agencies=(*usual.agencies, other, *more), posts=(*usual.posts, *posts))


def merger(calendar: str = "vn-gov", **changes: Any) -> RegistryChange:
    """Both communes end and a new one takes over; officers go along, one of the heads leads it."""
    change = RegistryChange(
        kind=ChangeKind.MERGE,
        effective=DAY,
        basis="1/NQ-HĐND",
        agencies=(LEAD, OTHER),
        heirs=(Share(MERGED),),
        new=(Agency(MERGED, "Xã Mới", "committee", "commune", PROVINCE, calendar),),
        follow=("one_stop_officer", "officer", "unit_head"),
        seats=(Seat("head", MERGED, "head"),),
    )
    return replace(change, **changes)


@dataclass
class Communes:
    """An office with two communes, and dossiers of both procedures at each."""

    store: Store
    count: int
    office: Office = field(init=False)
    codes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.office = Office(cast(MemoryStore, self.store))
        short = replace(definition(date(2026, 3, 6)), id="vn-short")
        adopt_calendar(self.house, short, "admin")
        adopt_directory(self.house, provincial(), "admin")
        for number in range(self.count):
            if number == self.count // 2:
                self.office.wait(days=2)
            self.codes.append(self.play(number))
            self.office.pass_time(minutes=1)

    @property
    def house(self) -> Any:
        """The installation."""
        return self.office.house

    def play(self, number: int) -> str:
        """Take a dossier in and as far as its number says."""
        agency = (LEAD, OTHER)[number % 2]
        procedure = (RESTARTING, PAUSING)[number // 2 % 2]
        given = Submission(procedure, "counter", agency, {"kind": "repair"}, ("form",))
        code = submit(self.house, given).dossier.code
        for transition, position in WAYS[number // 4 % len(WAYS)]:
            actor = self.actor(agency, position)
            if transition == "claim":
                claim(self.house, code, self.store.load(code).dossier.tasks[0].id, actor, None)
                continue
            facts = {"accept": {"fee_paid": True}, "answer": {"objects": False}}.get(transition, {})
            send(self.house, code, transition, actor, None, Particulars(facts=facts, reason="because"))
        return code

    def actor(self, agency: str, position: str | None) -> Actor:
        """The first officer in a position."""
        if position is None:
            return APPLICANT_ACTOR
        if position == "fire":
            return Actor("officer", "firefighter")
        [officer, *_] = self.house.worlds.directory.holders(agency, position, date(2026, 3, 2))
        return Actor("officer", officer, agency, position)

    def review(self, change: RegistryChange) -> Reviewed:
        """Propose and approve a change by two people."""
        proposed = propose(self.house, change, "an")
        return approve(self.house, proposed.digest, "binh")

    def until_the_day(self) -> None:
        """Let time pass to ten o'clock of the day on which the change takes effect."""
        self.office.clock.at = self.office.clock.at.replace(day=DAY.day, hour=3, minute=0)

    def open(self) -> Iterator[Any]:
        """The dossiers that have not ended."""
        for stored in self.store.iterate(open_only=True):
            yield stored.dossier

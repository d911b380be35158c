"""An office whose dossiers wait between agencies when these merge, and what brings each of them to its end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from builders import SHA, move
from families import Post, family
from group_examples import GROUP
from handing_over import handing_ladders, handing_mapping
from merging import POSITIONS, Communes, merger
from opinions import CONSULTING, C, consulting
from world import FIRE, LEAD, PROVINCE, SetClock

from motcua.services import consultations, handoffs
from motcua.services.identity import officer
from motcua.services.intake import Submission, submit
from motcua.services.outbox import deliver_pending
from motcua.services.ports import Store
from motcua.services.reorganising import Effected, take_effect
from motcua.services.transitions import Particulars, send
from states.chart import compile_table
from states.commands import APPLICANT_ACTOR, Actor
from states.directory import Agency
from states.dossier import Dossier
from states.parsing import parse_procedure
from states.procedure import Procedure
from states.reorganisation import ChangeKind, RegistryChange, Seat, Share

HANDING = "9.000005"
RESCUE, OPINIONS = "H99.05", "H99.06"
EVE = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
"""Four in the afternoon of the day before the change."""

NEXT = {
    "submitted": "accept", "appraising": "to_fire", "visiting": "visit", "fire_check": "fire_ok",
    "back": "take_up", "late": "go_on", "signing": "decide", "result_ready": "hand_over", "posted": "got",
    "working": "grant",
}  # fmt: skip
"""By state, what leads on to a good end."""

GIVEN: dict[str, dict[str, Any]] = {HANDING: {"fee_paid": True}, CONSULTING: {"fee_paid": True}}
"""By procedure, what its acceptance asks."""


@cache
def handing_in_house() -> Procedure:
    """The procedure that hands over to the fire police and back, under a code of its own."""
    mapping = handing_mapping()
    mapping["procedure"]["code"] = HANDING
    next(one for one in mapping["states"] if one["id"] == "fire_check")["clock"]["budget"] = {
        "working_hours": 4
    }
    decide = move("decide", ["signing"], "result_ready", "leader")
    mapping["transitions"] = [decide if m["id"] == "decide" else m for m in mapping["transitions"]]
    procedure = parse_procedure(mapping, handing_ladders(), SHA)
    chart = compile_table(procedure.states, procedure.transitions, procedure.initial[0])
    return replace(procedure, initial=chart.initial, table=chart.table)


def communes_merge(calendar: str = "vn-gov") -> RegistryChange:
    """Whoever sends, asks and leads ends."""
    return merger(calendar)


def fire_police_ends(calendar: str = "vn-gov") -> RegistryChange:
    """Whoever is asked, and is to receive, ends; an agency of another kind takes over."""
    return merger(
        agencies=(FIRE,),
        heirs=(Share(RESCUE),),
        new=(Agency(RESCUE, "Cứu nạn", "rescue", "province", PROVINCE, calendar),),
        follow=("officer",),
        seats=(Seat("chief", RESCUE, "head"),),
    )


def all_become_one(calendar: str = "vn-gov") -> RegistryChange:
    """Sender and receiver, whoever asks and is asked, are the same agency from now on."""
    return merger(calendar, agencies=(LEAD, "H99.03", FIRE), follow=(*POSITIONS[:3],))


def fire_police_is_split(calendar: str = "vn-gov") -> RegistryChange:
    """Opinions go to another agency than everything else."""
    change, other = (
        fire_police_ends(calendar),
        Agency(OPINIONS, "Thẩm duyệt", "rescue", "province", PROVINCE, calendar),
    )
    return replace(
        change,
        kind=ChangeKind.SPLIT,
        heirs=(*change.heirs, Share(OPINIONS, (CONSULTING,))),
        new=(*change.new, other),
        seats=(*change.seats, Seat("judge", OPINIONS, "head"), Seat("reader", OPINIONS, "officer")),
    )


def handoffs_are_transferred(calendar: str = "vn-gov") -> RegistryChange:
    """Both stay open; what is handed over goes to another agency, opinions and components do not."""
    seats = (Seat("chief", RESCUE, "head"), Seat("rescuer", RESCUE, "officer"))
    given = (Share(RESCUE, (HANDING,)),)
    change = fire_police_ends(calendar)
    return replace(change, kind=ChangeKind.TRANSFER, heirs=given, follow=(), seats=seats)


CHANGES: dict[str, Callable[..., RegistryChange]] = {
    "communes": communes_merge,
    "fire": fire_police_ends,
    "all": all_become_one,
    "split": fire_police_is_split,
    "transfer": handoffs_are_transferred,
}


@dataclass
class Between:
    """Dossiers that wait between agencies, by what they wait for."""

    store: Store
    codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.communes = Communes(self.store, 0)
        self.office = self.communes.office
        self.house: Any = self.communes.house
        self.clock: SetClock = self.office.clock
        for procedure in (handing_in_house(), consulting(), *family()):
            self.office.publish(procedure)
        self.codes["unacknowledged"] = self.handed()
        self.codes["silent"] = self.asked()
        self.codes["waiting_back"] = self.handed("accept", "fire_ok")
        self.clock.at = EVE
        self.office.sweep()
        self._on_the_eve()

    def _on_the_eve(self) -> None:
        self.codes["not_yet"] = self.taken_in()
        self.codes["offered"] = self.handed()
        self.codes["acknowledged"] = self.handed("acknowledge")
        self.codes["accepted"] = self.handed("accept")
        self.codes["returned_to"] = self.handed("accept", "fire_ok", "accept")
        self.codes["posted"] = self.handed(
            "accept", "fire_ok", "accept", "take_up", "decide", "post", "dispatch"
        )
        self.codes["asked"] = self.asked()
        self.codes["answered"] = self.asked()
        self.reply(self.codes["answered"], "water")
        for name in ("group", "deep", "unheard"):
            self.codes[name] = self.grouped()
        deliver_pending(self.house, Post())
        for name in ("deep", "unheard"):
            [birth] = self.children(self.codes[name])
            self.go(birth, "accept")
            self.go(birth, "grant")
            if name == "deep":
                deliver_pending(self.house, Post())
        self.codes["owed"] = self.grouped()

    # ways in

    def handed(self, *deeds: str) -> str:
        """Offer a dossier to the fire police, then do more with it."""
        code = self.taken_in()
        for deed in ("to_fire", *deeds):
            self.do(code, deed)
        return code

    def taken_in(self) -> str:
        """A dossier that is still to be offered."""
        given = Submission(HANDING, "counter", LEAD, {"kind": "repair"}, ("form",))
        code = submit(self.house, given).dossier.code
        self.go(code, "accept")
        return code

    def do(self, code: str, deed: str) -> None:
        """A deed on the offer that is open, or a transition."""
        offered = [p for p in self.dossier(code).handoffs.values() if p.open]
        if deed in ("acknowledge", "accept"):
            [passage] = offered
            act = {"acknowledge": handoffs.acknowledge, "accept": handoffs.accept}[deed]
            act(self.house, handoffs.Asked(code, passage.state, self.receiver(code, passage.state)))
        elif deed == "dispatch":
            [passage] = offered
            sender = handoffs.Asked(code, passage.state, self.role(code, "counter"))
            handoffs.dispatch(self.house, sender, "VNPost", "R-1")
        else:
            self.go(code, deed)

    def asked(self) -> str:
        """A dossier that waits for opinions of the fire police, beside a visit."""
        given = Submission(CONSULTING, "counter", LEAD, {"kind": "repair"}, ("form",))
        code = submit(self.house, given).dossier.code
        for transition in ("accept", "appraise"):
            self.go(code, transition)
        return code

    def grouped(self) -> str:
        """A group that was accepted; its first component is owed."""
        given = Submission(GROUP, "online", LEAD, {"wants_card": True}, ("form",), {"full_name": "A"})
        code = submit(self.house, given).dossier.code
        self.go(code, "accept")
        return code

    # on the way

    def dossier(self, code: str) -> Dossier:
        """The dossier as it stands."""
        return self.store.load(code).dossier

    def children(self, code: str) -> list[str]:
        """The codes of the components of a group, as far as they are known."""
        found = self.dossier(code).children.values()
        return [child.dossier for child in found if child.dossier is not None]

    def role(self, code: str, role_id: str) -> Actor:
        """Somebody who holds the position of a role today, or has its task in hand."""
        dossier = self.dossier(code)
        world = self.house.worlds.of(dossier.cfg)
        role = world.procedure.role[role_id]
        day = world.calendar.local_date(self.clock.at)
        hands = [task.assignee for task in dossier.tasks if task.role == role_id and task.assignee]
        people = hands or world.directory.holders(dossier.parties[role.party], role.position, day)
        return officer(self.house, people[0])

    def receiver(self, code: str, state: str) -> Actor:
        """Who takes over what was offered."""
        passage = self.dossier(code).handoffs[state]
        if passage.receiver == "applicant":
            return APPLICANT_ACTOR
        return self.role(code, passage.role)

    def go(self, code: str, transition: str) -> None:
        """Fire a transition by the first who may."""
        dossier = self.dossier(code)
        procedure = self.house.worlds.of(dossier.cfg).procedure
        by = procedure.transition[transition].by[0]
        actor = APPLICANT_ACTOR if by == "applicant" else self.role(code, by)
        facts = GIVEN.get(dossier.procedure, {}) if transition == "accept" else {}
        send(self.house, code, transition, actor, None, Particulars(facts=facts, reason="because"))

    def reply(self, code: str, question: str) -> None:
        """The body that is asked agrees."""
        actor = self.role(code, "fire_officer")
        consultations.answer(self.house, code, C, question, "agree", actor)

    # the change, and the end

    def change(self, change: RegistryChange) -> tuple[dict[str, Dossier], Effected]:
        """Let a reviewed change take effect; returns every open dossier as it was a moment before."""
        self.communes.review(change)
        self.communes.until_the_day()
        self.office.sweep()
        before = {dossier.code: dossier for dossier in self.communes.open()}
        [effected] = take_effect(self.house)
        return before, effected

    def finish_all(self) -> None:
        """Bring everything to its end, components before their groups, whatever lies between."""
        for _ in range(40):
            deliver_pending(self.house, Post())
            codes = [dossier.code for dossier in self.communes.open()]
            if not codes:
                return
            for code in codes:
                self._step(code)

    def _step(self, code: str) -> None:
        """One step on, if anybody but another dossier is waited for."""
        dossier = self.dossier(code)
        if dossier.ended:
            return
        for deed in self._possible(dossier):
            deed()
            return

    def _possible(self, dossier: Dossier) -> Iterator[Callable[[], object]]:
        code = dossier.code
        for passage in dossier.handoffs.values():
            if passage.travelling:
                asked = handoffs.Asked(code, passage.state, self.role(code, "counter"))
                yield partial(handoffs.deliver, self.house, asked)
            elif passage.open:
                yield partial(self.do, code, "accept")
        open_rounds = [held for held in dossier.consultations.values() if not held.over]
        asked_now = [one.question for held in open_rounds for one in held.asked if one.open]
        yield from (partial(self.reply, code, question) for question in asked_now)
        if not any(child.open for child in dossier.children.values()):
            names = [self._next(dossier, state) for state in dossier.states]
            yield from (partial(self.go, code, name) for name in names if name)

    def _next(self, dossier: Dossier, state: str) -> str | None:
        asks = (state, dossier.procedure) == ("appraising", CONSULTING)
        return "appraise" if asks else NEXT.get(state)

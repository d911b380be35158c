"""Effects between dossiers: a parent's order opens or recalls a child, a child's news reach its parent.

Each is a message of the outbox, written with the record that owes it, and carried out by the relay: at least once
by the relay, at most once because a child's id follows from its parent, and a parent does not hear twice.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from audit.record import Cause
from motcua.services.enacting import Request, enact
from motcua.services.installation import Installation
from motcua.services.notices import NEWS, OPEN, RECALL
from motcua.services.opening import Opening, open_new, version_in_force
from motcua.services.ports import Notice, Stored
from motcua.services.recording import Personal
from states.commands import SYSTEM_ACTOR, Command, FireTransition, HearChild, MeetChild
from states.dossier import Dossier
from states.errors import DomainError, Kind, TransitionRefused
from states.kin import MISDIRECTED, ChildStatus, Kin, Places, child_id
from states.opening import asked_later
from states.procedure import Procedure
from states.world import World

WAY = "kin"
"""The name of the way that a message took which never leaves the house."""

APPLICANT, SUBMISSION, FILE, REASON = "applicant.", "submission.", "file.", "reason"


class ChildNotOpened(DomainError):
    """The component {component} of {code} has not been opened yet. It is tried again by itself."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ thành phần {component} của {code} chưa được mở. Hệ thống sẽ tự thực hiện lại."


class GivenUpMeanwhile(DomainError):
    """The component was given up while it was being opened. It ends again by itself."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ thành phần đã được thôi mở trong lúc đang mở. Hồ sơ sẽ tự dừng."


def serves(template: str) -> bool:
    """Tell whether a message of the outbox is an effect between dossiers."""
    return template in _SERVE


def serve(house: Installation, notice: Notice) -> str:
    """Carry out an effect between dossiers, however often it is asked for; return the way it took.

    Raises:
        DomainError: It cannot be done now; nothing was written that doing it again would double.
    """
    _SERVE[notice.template](house, notice)
    return WAY


def _open(house: Installation, notice: Notice) -> None:
    [parent] = house.store.load_ids([notice.dossier_id])
    told: Mapping[str, Any] = notice.payload["child"]
    which = told["component"], told.get("attempt", 1)
    if given_up(parent.dossier, *which):
        return
    child = _child(house, parent, told)
    command = MeetChild(told["component"], child.dossier.code, notice.id)

    def ask(world: World, stored: Stored, now: object) -> Request:
        if given_up(stored.dossier, *which):
            raise GivenUpMeanwhile
        return Request(command, SYSTEM_ACTOR, cause=Cause.SYSTEM)

    try:
        enact(house, parent.dossier.code, ask)
    except GivenUpMeanwhile:
        _end(house, child)


def given_up(dossier: Dossier, component: str, attempt: int) -> bool:
    """Tell whether nobody waits any more for a component to be opened."""
    child = dossier.children[component]
    return child.attempt != attempt or (child.dossier is None and child.status is not ChildStatus.OWED)


def _child(house: Installation, parent: Stored, told: Mapping[str, Any]) -> Stored:
    """Return the dossier of a component, opened now or before."""
    id = child_id(parent.id, told["component"], told.get("attempt", 1))
    known = house.store.load_ids([id])
    if known:
        return known[0]
    now = house.now(parent)
    world = house.worlds.of(version_in_force(house, told["procedure"], now).digest)
    return open_new(house, world, _opening(house, parent, told, world.procedure, id), now)


def _opening(
    house: Installation, parent: Stored, told: Mapping[str, Any], procedure: Procedure, id: str
) -> Opening:
    """Give the child what is its own: values of the applicant, and the facts and papers that it declares."""
    values = {value.field: json.loads(value.value) for value in house.store.personal(parent.id)}
    dossier = parent.dossier
    places = dossier.places or Places(dossier.agency, dossier.agency, dossier.agency)
    documents = tuple(_documents(values, told, procedure))
    return Opening(
        channel=dossier.channel,
        competent=told["agency"],
        actor=SYSTEM_ACTOR,
        received=places.received,
        facts=_facts(values, told, procedure),
        documents=documents,
        personal=tuple(
            Personal(name, value, house.new_salt())
            for name, value in sorted(values.items())
            if name.startswith(APPLICANT) or _file_of(name, documents)
        ),
        cause=Cause.SYSTEM,
        parent=Kin(dossier.code, told["component"], told["results"], _goes_again(house, parent, told)),
        places=places,
        id=id,
    )


def _file_of(name: str, documents: tuple[str, ...]) -> bool:
    """Tell whether a value announces a file of one of the papers, by `file.<document>_<number>`."""
    return name.startswith(FILE) and name.removeprefix(FILE).rpartition("_")[0] in documents


def _goes_again(house: Installation, parent: Stored, told: Mapping[str, Any]) -> bool:
    component = house.worlds.procedure(parent.dossier.cfg).component[told["component"]]
    return component.returned is not None


def _facts(values: Mapping[str, Any], told: Mapping[str, Any], procedure: Procedure) -> dict[str, Any]:
    """A submission that waited for its agency brings its own facts; a component gets those of its group."""
    own = values.get(f"{SUBMISSION}facts")
    if own is not None:
        return dict(own)
    wanted = {fact.id for fact in procedure.facts} - asked_later(procedure)
    return {name: value for name, value in told["facts"].items() if name in wanted}


def _documents(values: Mapping[str, Any], told: Mapping[str, Any], procedure: Procedure) -> Iterator[str]:
    own = values.get(f"{SUBMISSION}documents")
    if own is not None:
        yield from own
        return
    given = {*told["documents"], *told["results"]}
    yield from (document.id for document in procedure.documents if document.id in given)


def _recall(house: Installation, notice: Notice) -> None:
    """Ask a child to end; one that was decided already, or cannot be recalled any more, goes its way."""
    component = notice.payload["child"]["component"]
    [parent] = house.store.load_ids([notice.dossier_id])
    attempt = parent.dossier.children[component].attempt
    if given_up(parent.dossier, component, attempt):
        return
    found = house.store.load_ids([child_id(parent.id, component, attempt)])
    if not found:
        raise ChildNotOpened(component=component, code=notice.payload["code"])
    _end(house, found[0])


def _end(house: Installation, child: Stored) -> None:
    """Ask a child to end; one that was decided already, or cannot be recalled any more, goes its way."""
    recall = house.worlds.of(child.dossier.cfg).procedure.recall
    if recall is None or child.dossier.ended:
        return

    def ask(world: World, stored: Stored, now: object) -> Request:
        command = FireTransition(recall, SYSTEM_ACTOR, stored.dossier.version)
        return Request(command, SYSTEM_ACTOR, cause=Cause.SYSTEM)

    try:
        enact(house, child.dossier.code, ask)
    except TransitionRefused:
        return


def _news(house: Installation, notice: Notice) -> None:
    told = notice.payload["child"]
    parent = house.store.load(told["parent"])
    if _of_former_attempt(parent, told["component"], notice.dossier_id):
        return
    _tell(
        house,
        told["parent"],
        HearChild(told["component"], notice.payload["code"], told["outcome"], told["ended"], notice.id),
        _reason(house, notice) if told["outcome"] == MISDIRECTED else (),
    )


def _of_former_attempt(parent: Stored, component: str, id: str) -> bool:
    """Tell whether a dossier was given up while it was being opened, and another one is awaited for its component."""
    known = parent.dossier.children.get(component)
    return known is not None and known.dossier is None and child_id(parent.id, component, known.attempt) != id


def _reason(house: Installation, notice: Notice) -> tuple[Personal, ...]:
    """Why an agency is not competent goes along to whoever names the next one."""
    seq = int(notice.id.split(":")[1])
    return tuple(
        Personal(REASON, json.loads(value.value), house.new_salt())
        for value in house.store.personal(notice.dossier_id)
        if (value.seq, value.field) == (seq, REASON)
    )


def _tell(house: Installation, code: str, command: Command, personal: tuple[Personal, ...] = ()) -> None:
    enact(
        house, code, lambda world, stored, now: Request(command, SYSTEM_ACTOR, personal, cause=Cause.SYSTEM)
    )


_SERVE: Mapping[str, Callable[[Installation, Notice], None]] = {OPEN: _open, RECALL: _recall, NEWS: _news}

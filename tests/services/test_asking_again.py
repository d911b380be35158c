"""A request with a key is done once, however often and however badly it is asked; on each kind of store."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from stores import KINDS, each_store
from troubled import TroubledStore
from world import LEAD, RESTARTING, Office, actor_of

from audit.record import Auth
from motcua.services import tasks
from motcua.services.auditing import verify_store
from motcua.services.idempotency import KeyReused, MalformedKey
from motcua.services.intake import Submission, submit
from motcua.services.ports import DatabaseNotReady, OutcomeUnknown, Stored
from motcua.services.transitions import Particulars, Sending, send, send_many
from states.commands import APPLICANT_ACTOR
from states.errors import DomainError, StaleDossier

store = pytest.fixture(params=KINDS, name="store")(each_store)
COUNTER, OFFICER = actor_of("counter"), actor_of("officer")
PAID = Particulars({"fee_paid": True}, reason="đủ giấy tờ")
SUBMISSION = Submission(
    RESTARTING, "counter", LEAD, {"kind": "repair"}, ("form",), applicant={"name": "Nguyễn Thị Hoa"}
)
LOST = OutcomeUnknown(database="here", what="a dossier")


@pytest.fixture
def office(store: Any) -> Iterator[Office]:
    """An office on the store."""
    yield Office(store=store)


def accept(office: Office, code: str, key: str | None = "k", **changes: Any) -> Stored:
    """Accept a dossier under a key."""
    asked = {"actor": COUNTER, "expected_version": 1, "given": PAID, **changes}
    return send(office.house, code, "accept", **asked, key=key)


def test_the_same_request_gets_the_same_answer(office: Office) -> None:
    """Asked again, also after the dossier went on, it answers with the dossier as it was then, and does nothing."""
    first = submit(office.house, SUBMISSION, COUNTER, key="in")
    code = first.dossier.code
    second = accept(office, code)
    office.send(code, "appraise", "officer")
    count = len(office.raws(code))

    again = submit(office.house, SUBMISSION, COUNTER, key="in"), accept(office, code)

    assert [(s.id, s.dossier, s.seq, s.head, s.at) for s in (first, second)] == [
        (s.id, s.dossier, s.seq, s.head, s.at) for s in again
    ]
    assert count == len(office.raws(code))
    assert verify_store(office.house).ok


@pytest.mark.parametrize("again", ["other data", "other version", "other dossier", "other command"])
def test_a_key_stands_for_one_request(office: Office, again: str) -> None:
    """The same key with anything else is refused, whether or not that could be done, and changes nothing."""
    code, other = office.open(), office.open()
    accept(office, code)
    ways: dict[str, Callable[[], Stored]] = {
        "other data": lambda: accept(office, code, given=replace(PAID, reason="khác")),
        "other version": lambda: accept(office, code, expected_version=2),
        "other dossier": lambda: accept(office, other),
        "other command": lambda: submit(office.house, SUBMISSION, COUNTER, key="k"),
    }

    with pytest.raises(KeyReused) as refused:
        ways[again]()

    assert refused.value.message("en") != refused.value.message("vi")
    assert [2, 1] == [office.store.load(each).seq for each in (code, other)]
    assert 2 == len(list(office.store.iterate()))


def test_a_key_belongs_to_who_asks(office: Office) -> None:
    """Another officer, and another account of an applicant, may use the same key for something of their own."""
    code = office.open()
    accept(office, code)
    for user in ("hoa", "binh"):
        submit(office.house, SUBMISSION, APPLICANT_ACTOR, Auth("local", user), key="k")

    claimed = tasks.claim(office.house, code, office.store.load(code).dossier.tasks[0].id, OFFICER, key="k")

    assert "officer" == claimed.dossier.tasks[0].assignee
    assert 3 == len(list(office.store.iterate()))


def test_without_a_key_a_request_is_decided_again(office: Office) -> None:
    """Then the version that was seen is what tells that it was done."""
    code = office.open()
    accept(office, code, key=None)

    with pytest.raises(StaleDossier):
        accept(office, code, key=None)


def test_a_refused_request_leaves_its_key_free(office: Office) -> None:
    """What was refused can be asked again under the same key, once it is put right."""
    code = office.open()
    with pytest.raises(DomainError):
        accept(office, code, given=Particulars())

    assert 2 == accept(office, code).seq


def test_a_task_is_claimed_once(office: Office) -> None:
    """Asked again it answers as before, although the task has been released since."""
    code = office.accepted()
    task = office.store.load(code).dossier.tasks[0].id
    first = tasks.claim(office.house, code, task, OFFICER, key="t")
    tasks.release(office.house, code, task, OFFICER, key="r")

    assert first.dossier == tasks.claim(office.house, code, task, OFFICER, key="t").dossier
    assert None is office.store.load(code).dossier.tasks[0].assignee


def test_in_a_pile_each_request_is_done_once(office: Office) -> None:
    """Of a pile that is sent again with one more, the old ones get their answers and the new one is done."""
    codes = [office.open() for _ in range(3)]
    pile = [Sending(code, "accept", COUNTER, 1, PAID, key=f"p{code}") for code in codes]
    first = send_many(office.house, pile[:2])

    again = send_many(office.house, pile)

    assert [stored.dossier for stored in first if isinstance(stored, Stored)] == [
        stored.dossier for stored in again[:2] if isinstance(stored, Stored)
    ]
    assert [2, 2, 2] == [office.store.load(code).seq for code in codes]


@pytest.mark.parametrize("key", ["", "with space", "dấu", "x" * 201, "line\n"])
def test_a_key_is_plain(office: Office, key: str) -> None:
    """A key that could be mangled on its way is refused before anything is done."""
    with pytest.raises(MalformedKey):
        submit(office.house, SUBMISSION, COUNTER, key=key)

    assert [] == list(office.store.iterate())


class Severed(TroubledStore):
    """The store in memory, whose answers to the next writes get lost, after or before it wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.lost: list[str] = []

    def write(self, changes: Any) -> tuple[bool, ...]:
        when = self.lost.pop(0) if self.lost else ""
        if when == "before":
            raise LOST
        done = super().write(changes)
        if when == "after":
            raise LOST
        return done


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_unknown_outcome_is_resolved_by_the_key(when: str) -> None:
    """Whether the answer got lost before or after the commit, each request is done once."""
    severed = Severed()
    office = Office(store=severed)
    severed.lost = [when]
    code = submit(office.house, SUBMISSION, COUNTER, key="in").dossier.code
    severed.lost = [when]

    assert 2 == accept(office, code).seq

    severed.lost = [when]
    pile = [Sending(code, "appraise", OFFICER, 2, Particulars(), key="p")]
    assert [3] == [s.seq for s in send_many(office.house, pile) if isinstance(s, Stored)]
    assert ([code], 3) == ([s.dossier.code for s in severed.iterate()], len(office.raws(code)))


@pytest.mark.parametrize("when", ["before", "after"])
def test_without_a_key_nobody_guesses(when: str) -> None:
    """The caller is told that the outcome is unknown, alone and in a pile."""
    severed = Severed()
    office = Office(store=severed)
    code = office.open()

    severed.lost = [when]
    with pytest.raises(OutcomeUnknown):
        accept(office, code, key=None)

    severed.lost = [when]
    with pytest.raises(OutcomeUnknown):
        send_many(office.house, [Sending(office.open(), "accept", COUNTER, 1, PAID)])


def test_an_outcome_stays_unknown_while_the_database_is_away() -> None:
    """That nobody can be asked now does not mean that nothing was done."""

    class Gone(Severed):
        def answer(self, idem: str) -> Any:
            raise DatabaseNotReady(database="-", reason="x", reason_vi="x", remedy="x", remedy_vi="x")

    gone = Gone()
    office = Office(store=gone)
    code = office.open()
    gone.lost = ["after"]

    with pytest.raises(OutcomeUnknown):
        accept(office, code)

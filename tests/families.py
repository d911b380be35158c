"""An office with a group of procedures in force, and ways to bring its dossiers along."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from builders import compiled
from fakes import MemoryStore
from group_examples import FIRST, GROUP, SECOND, THIRD, group_mapping, member_mapping, paper
from world import LEAD, Office

from motcua.services.intake import Submission, submit
from motcua.services.outbox import Relayed, deliver_pending
from motcua.services.ports import Stored
from states.procedure import Procedure


@cache
def family() -> tuple[Procedure, ...]:
    """The group and the procedures of its components."""
    certificate = paper("certificate", required=True)
    return (
        compiled(group_mapping()),
        compiled(member_mapping(FIRST, "lead")),
        compiled(member_mapping(SECOND, "fire", certificate)),
        compiled(member_mapping(THIRD, "lead")),
    )


class Post:
    """A channel that takes everything."""

    name = "post"

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Take a message."""


@dataclass
class Household:
    """An office, and one dossier of the group in it."""

    store: Any = field(default_factory=MemoryStore)
    wants_card: bool = True

    def __post_init__(self) -> None:
        self.office = Office(self.store)
        for procedure in family():
            self.office.publish(procedure)
        self.submit()

    def submit(self) -> None:
        """Another dossier of the group takes the place of the one before."""
        values = {"full_name": "Nguyễn Văn A"}
        facts = {"wants_card": self.wants_card}
        given = Submission(GROUP, "online", LEAD, facts, ("form",), values)
        self.code = submit(self.office.house, given).dossier.code

    @property
    def parent(self) -> Stored:
        """The dossier of the group."""
        return self.office.store.load(self.code)

    def child(self, component: str) -> Stored:
        """The dossier of a component."""
        code = self.parent.dossier.children[component].dossier
        assert code is not None
        return self.office.store.load(code)

    def accept(self) -> None:
        """The group is accepted."""
        self.office.send(self.code, "accept", "counter", facts={})

    def relay(self) -> Relayed:
        """Everything that is owed reaches whom it concerns."""
        return deliver_pending(self.office.house, Post())

    def decide(self, component: str, *transitions: str) -> None:
        """The officer of a component acts, then what that owes is relayed."""
        officer = "firefighter" if component == "home" else "head"
        for transition in transitions:
            self.office.send(self.child(component).dossier.code, transition, officer, facts={})
        self.relay()

    def finish(self) -> None:
        """Every component is granted and handed over, then the group is."""
        self.accept()
        self.relay()
        for component in ("birth", "home", "card"):
            self.decide(component, "accept", "grant", "hand_over")
        self.office.send(self.code, "hand_over", "counter")

"""Groups of procedures: components, each a dossier of its own under the dossier of the group."""

from dataclasses import dataclass

from states.procedure.law import Label


@dataclass(frozen=True, slots=True)
class Take:
    """A paper of a component that is the result of another one."""

    document: str
    component: str


@dataclass(frozen=True, slots=True)
class Component:
    """One procedure of a group.

    Attributes:
        procedure: Its code; None where `procedure_fact`, a fact of the group, tells it.
        party: The party of the group that is competent; None where `agency_fact` tells the agency.
        after: Components that must be decided before.
        opens_if: A guard over the facts of the group, outcomes of earlier components included; None: always.
        takes: Papers that are results of earlier components; not opened where one of these was not granted.
        returned: The transition of the system that is fired when its agency is not competent, so that another one
            can be named; None: its dossier has then just ended.
    """

    id: str
    label: Label
    procedure: str | None
    procedure_fact: str | None
    party: str | None
    agency_fact: str | None
    after: tuple[str, ...]
    opens_if: str | None
    takes: tuple[Take, ...]
    returned: str | None = None

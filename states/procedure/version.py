"""One compiled version of a procedure: what the designer wrote, resolved and frozen, with its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from states import counting
from states.guards import FactSpec, FactType, Guard, parse_guard
from states.kin import MISDIRECTED
from states.procedure.facts import PLATFORM_FACTS, Fact
from states.procedure.group import Component
from states.procedure.ladder import Ladder
from states.procedure.law import CaseClock, Citation, Cutoff, Document, Extension, Fee, Label, Suspension
from states.procedure.liaison import OUTCOMES, Consultation, Question, Stage
from states.procedure.people import Party, Role
from states.procedure.shape import Entry, State, Transition


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure, complete: a published one never changes and its digest is its identity.

    Attributes:
        table: By configuration (active leaves joined with `|`), then by event (`transition#alternative`).
        initial: The configuration after opening.
        recall: The transition that the system fires when the group that this is a component of asks for it.
        source_sha256: Digest of the YAML file it was compiled from; where that uses fragments, of the digests of
            the file and of every fragment in it.
    """

    schema_version: str
    code: str
    version: str
    name: Label
    field: Label
    result: Label
    effective_from: date
    effective_until: date | None
    calendar: str
    cutoff: Cutoff | None
    citations: tuple[Citation, ...]
    facts: tuple[Fact, ...]
    parties: tuple[Party, ...]
    roles: tuple[Role, ...]
    separation: tuple[tuple[str, ...], ...]
    documents: tuple[Document, ...]
    fees: tuple[Fee, ...]
    clocks: tuple[CaseClock, ...]
    suspensions: tuple[Suspension, ...]
    extensions: tuple[Extension, ...]
    ladders: tuple[Ladder, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    initial: tuple[str, ...]
    table: Mapping[str, Mapping[str, Entry]]
    source_sha256: str
    consultations: tuple[Consultation, ...] = ()
    stages: tuple[Stage, ...] = ()
    components: tuple[Component, ...] = ()
    recall: str | None = None

    @cached_property
    def state(self) -> Mapping[str, State]:
        """States by id."""
        return {state.id: state for state in self.states}

    @cached_property
    def transition(self) -> Mapping[str, Transition]:
        """Transitions by id."""
        return {transition.id: transition for transition in self.transitions}

    @cached_property
    def role(self) -> Mapping[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    @cached_property
    def acting(self) -> Mapping[str, frozenset[str]]:
        """By configuration, the roles that hold a state of it or may fire what is possible in it."""
        return {
            configuration: frozenset(
                (
                    *(self.state[leaf].holder or "" for leaf in configuration.split("|")),
                    *(role for event in events for role in self._by(event)),
                )
            )
            & self.role.keys()
            for configuration, events in self.table.items()
        }

    def _by(self, event: str) -> tuple[str, ...]:
        moved = self.transition.get(event.partition("#")[0])
        return () if moved is None else moved.by

    @cached_property
    def suspension(self) -> Mapping[str, Suspension]:
        """Suspensions by id."""
        return {suspension.id: suspension for suspension in self.suspensions}

    @cached_property
    def extension(self) -> Mapping[str, Extension]:
        """Extensions by id."""
        return {extension.id: extension for extension in self.extensions}

    @cached_property
    def ladder(self) -> Mapping[str, Ladder]:
        """Ladders by id."""
        return {ladder.id: ladder for ladder in self.ladders}

    @cached_property
    def consultation(self) -> Mapping[str, Consultation]:
        """Consultations by id."""
        return {consultation.id: consultation for consultation in self.consultations}

    @cached_property
    def question(self) -> Mapping[str, tuple[Consultation, Question]]:
        """Questions with their consultation, by `<consultation>/<question>`."""
        return {
            f"{asked.id}/{item.id}": (asked, item) for asked in self.consultations for item in asked.questions
        }

    @cached_property
    def stage(self) -> Mapping[str, Stage]:
        """Stages by id."""
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def hands_over(self) -> bool:
        """Whether custody ever goes over by a handoff."""
        return any(state.handoff is not None for state in self.states)

    @cached_property
    def ways_back(self) -> frozenset[str]:
        """The transitions that only a returned handoff fires."""
        return frozenset(
            s.handoff.returns for s in self.states if s.handoff is not None and s.handoff.returns is not None
        )

    @cached_property
    def misdirecting(self) -> frozenset[str]:
        """The transitions by which an agency gives back what a dispatcher sent to it by mistake."""
        ends = {state.id for state in self.states if state.outcome == MISDIRECTED}
        return frozenset(t.id for t in self.transitions if any(way.to in ends for way in t.alternatives))

    @cached_property
    def cutoff_rule(self) -> counting.Cutoff | None:
        """The cut-off as the calendar arithmetic takes it."""
        return None if self.cutoff is None else counting.Cutoff(self.cutoff.after_minute)

    @cached_property
    def counts(self) -> frozenset[str]:
        """The counts that the platform keeps as facts: of extensions, and of each suspension."""
        return frozenset({"extension_count", *(f"{item.id}_count" for item in self.suspensions)})

    @cached_property
    def component(self) -> Mapping[str, Component]:
        """Components by id."""
        return {component.id: component for component in self.components}

    @cached_property
    def told_component(self) -> Component | None:
        """The component whose procedure and agency both are told by facts: a dispatcher's."""
        return next((item for item in self.components if item.procedure_fact and item.agency_fact), None)

    @cached_property
    def outcome_facts(self) -> frozenset[str]:
        """The facts that the platform keeps of how components and consultations came out."""
        parts = [part.id for part in self.components] + [part.id for part in self.consultations]
        return frozenset(f"{part}_outcome" for part in parts)

    @cached_property
    def fact_specs(self) -> Mapping[str, FactSpec]:
        """What guards may read: the declared facts and those the platform keeps."""
        declared = {fact.id: FactSpec(fact.type, fact.values) for fact in self.facts}
        counts = {f"{item.id}_count": FactSpec(FactType.INTEGER, ()) for item in self.suspensions}
        outcomes = dict.fromkeys(self.outcome_facts, FactSpec(FactType.TEXT, ()))
        outcomes |= {f"{item.id}_outcome": FactSpec(FactType.TEXT, OUTCOMES) for item in self.consultations}
        return {**PLATFORM_FACTS, **counts, **outcomes, **declared}

    @cached_property
    def told(self) -> frozenset[str]:
        """The facts that people may tell: those declared, and whether the fee is paid."""
        return frozenset(("fee_paid", *(fact.id for fact in self.facts)))

    @cached_property
    def document(self) -> Mapping[str, Document]:
        """Papers by id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def papers_asked(self) -> tuple[tuple[str, Guard | None], ...]:
        """The papers that are not up to the applicant: always (None), or where the guard holds or cannot be judged."""
        return tuple(
            (paper.id, None if paper.required_if is None else self.guards[paper.required_if])
            for paper in self.documents
            if paper.required or paper.required_if is not None
        )

    @cached_property
    def guards(self) -> Mapping[str, Guard]:
        """Every guard expression of this version, parsed."""
        texts = {transition.guard for transition in self.transitions}
        texts |= {
            alternative.when for transition in self.transitions for alternative in transition.alternatives
        }
        texts |= {document.required_if for document in self.documents}
        texts |= {component.opens_if for component in self.components}
        texts |= {question.ask_if for _, question in self.question.values()}
        return {text: parse_guard(text, self.fact_specs) for text in texts if text is not None}

"""What the config folder says of the citizens' pages: kinds of feedback, its topics, results that are public."""

from dataclasses import dataclass

from states.procedure import Label


@dataclass(frozen=True, slots=True)
class FeedbackKind:
    """One way of telling the agencies something.

    Attributes:
        procedure: Code of the procedure that takes it in.
        named: Whether whoever sends it must say who they are.
        answer: The transition whose reason is the answer.
        publishable: The fact that says that the answer may be published.
    """

    id: str
    procedure: str
    label: Label
    named: bool
    answer: str
    publishable: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What feedback can be about."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True)
class PublicResult:
    """A procedure whose results are public, by which law, and whether somebody read it."""

    procedure: str
    basis: Label
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class PostedResult:
    """A procedure whose results may go by the public post, by which law, and whether somebody read it."""

    procedure: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class CitizensDesk:
    """Everything that the citizens' pages take from the config folder."""

    kinds: tuple[FeedbackKind, ...] = ()
    topics: tuple[Topic, ...] = ()
    results: tuple[PublicResult, ...] = ()
    by_post: tuple[PostedResult, ...] = ()


NO_DESK = CitizensDesk()
"""Where there are no such files."""

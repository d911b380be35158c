"""What a lane drawing is made of, in pixels, as pure data."""

from dataclasses import dataclass

HEADER = 158
LINE, SMALL_LINE, PAD = 16, 13, 12

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its name, notes in smaller type, and how many of its dossiers are late; None when not counted."""

    id: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    end: bool
    count: int | None
    late: int | None


@dataclass(frozen=True, slots=True)
class Arrow:
    """A path of horizontal and vertical pieces, its head at the last point; `back` is one that returns."""

    points: tuple[Point, ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """The name of a transition, written upwards from a baseline beside the box that it leaves."""

    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The row of one holder: its name, and in smaller type the agency."""

    y: int
    height: int
    lines: tuple[str, ...]
    party: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn, in a plane of `width` by `height`."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    captions: tuple[Caption, ...]

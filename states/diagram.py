"""A procedure as a picture: Mermaid text for README and reviews, lanes as SVG for people."""

from collections.abc import Collection, Iterator, Mapping
from html import escape

from states.lane_shapes import HEADER, LINE, PAD, SMALL_LINE, Arrow, Box, Caption, Drawing, Lane
from states.lanes import lay_out
from states.procedure import Procedure, State, StateKind, Transition

STYLE = """
.lanes{--paper:#ffffff;--band:#f4f6f8;--ink:#1b2733;--soft:#5b6b7b;--line:#8a99a8;--rule:#d5dce3;--box:#ffffff;
--end:#e6ebf0;--good:#dff3e4;--warn:#fdf0cf;--bad:#fbdcd9;--alarm:#b3261e;--mark:#0b5cad;
font-family:"Noto Sans","Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif}
@media (prefers-color-scheme:dark){.lanes{--paper:#12181f;--band:#19212a;--ink:#e6ebf0;--soft:#a5b3c0;--line:#7b8a99;
--rule:#2c3742;--box:#222c37;--end:#2f3a46;--good:#1e4029;--warn:#4d3f14;--bad:#56211e;--alarm:#ff8a80;--mark:#8ec5ff}}
.lanes .paper{fill:var(--paper)}.lanes .band{fill:var(--band)}.lanes .rule{stroke:var(--rule)}
.lanes text{fill:var(--ink);font-size:12.5px}.lanes .small{fill:var(--soft);font-size:10.5px}
.lanes .name{font-weight:600}.lanes .box rect{fill:var(--box);stroke:var(--line)}
.lanes .end rect{fill:var(--end);stroke-width:1.8}.lanes .good rect{fill:var(--good)}
.lanes .warn rect{fill:var(--warn)}.lanes .bad rect{fill:var(--bad);stroke:var(--alarm);stroke-width:2.4}
.lanes .arrow{fill:none;stroke:var(--line);stroke-width:1.3}.lanes .back{stroke-dasharray:5 4}
.lanes .head{fill:var(--line)}.lanes .lit rect{stroke:var(--mark);stroke-width:3.2}
""".strip()


def mermaid(procedure: Procedure) -> str:
    """Write the chart as a Mermaid `stateDiagram-v2`, with Vietnamese labels and nested blocks.

    Returns:
        Text that ends with a line break; the same procedure gives the same bytes.
    """
    return "\n".join(["stateDiagram-v2", *_Mermaid(procedure).block(None, "    ")]) + "\n"


class _Mermaid:
    """The lines of a Mermaid chart; each arrow stands in the innermost block that holds both its ends."""

    def __init__(self, procedure: Procedure) -> None:
        self._state = procedure.state
        self._children: dict[str | None, list[State]] = {}
        for state in procedure.states:
            self._children.setdefault(state.parent, []).append(state)
        self._first = [self._around(id)[-1] for id in procedure.initial][:1]
        self._arrows: dict[str | None, list[str]] = {}
        for transition in procedure.transitions:
            self._add(transition)
        for state in procedure.states:
            if state.done is not None:
                self._add_arrow(state.id, state.done, "")

    def _around(self, id: str) -> list[str]:
        """Return a state and those around it, from the inside to the top."""
        parent = self._state[id].parent
        return [id] if parent is None else [id, *self._around(parent)]

    def _add(self, transition: Transition) -> None:
        for source in transition.sources:
            for alternative in transition.alternatives:
                choice = f" [{alternative.when}]" if alternative.when else ""
                self._add_arrow(source, alternative.to, f" : {_mermaid_text(transition.label.vi + choice)}")

    def _add_arrow(self, source: str, target: str, text: str) -> None:
        around = self._around(target)[1:]
        shared = [id for id in self._around(source)[1:] if id in around]
        scope = next((id for id in shared if self._state[id].kind is not StateKind.PARALLEL), None)
        # `s_` keeps the ids apart from the words of Mermaid.
        self._arrows.setdefault(scope, []).append(f"s_{source} --> s_{target}{text}")

    def block(self, parent: str | None, indent: str) -> Iterator[str]:
        """Yield the states under a parent, then the arrows between them."""
        children = self._children.get(parent, [])
        branching = parent is not None and self._state[parent].kind is StateKind.PARALLEL
        for number, state in enumerate(children):
            yield from [f"{indent}--"] if branching and number else []
            yield from self._one(state, indent)
        if branching:
            return
        first = self._first if parent is None else [self._state[parent].initial or children[0].id]
        yield from (f"{indent}[*] --> s_{id}" for id in first)
        yield from (f"{indent}{arrow}" for arrow in self._arrows.get(parent, []))
        ends = [state.id for state in children if parent is None and state.kind is StateKind.FINAL]
        yield from (f"{indent}s_{id} --> [*]" for id in ends)

    def _one(self, state: State, indent: str) -> Iterator[str]:
        named = f'{indent}state "{_mermaid_text(state.label.vi)}" as s_{state.id}'
        if state.id not in self._children:
            yield named
            return
        yield f"{named} {{"
        yield from self.block(state.id, f"{indent}    ")
        yield f"{indent}}}"


def _mermaid_text(text: str) -> str:
    """Replace the signs that Mermaid reads as its own; a number sign and a semicolon make its entities."""
    named = {"#": "#35;", ";": "#59;", '"': "#quot;", ":": "#58;", "<": "#lt;", ">": "#gt;"}
    return " ".join("".join(named.get(sign, sign) for sign in text).split())


def lanes_svg(
    procedure: Procedure,
    language: str = "vi",
    counts: Mapping[str, int] | None = None,
    late: Mapping[str, int] | None = None,
    *,
    lit: Collection[str] = (),
    styled: bool = True,
    links: Mapping[str, str] | None = None,
) -> str:
    """Draw the procedure as lanes, one for each holder, as a standalone SVG that can also stand in a page.

    Args:
        procedure: Compiled, or parsed and sound.
        language: `vi` or `en`.
        counts: Dossiers by state; None draws no numbers.
        late: How many of them are late; a box is coloured by their share.
        lit: States that are marked as where a dossier stands.
        styled: Whether the picture brings its own styles; a page that forbids those has `STYLE` in its sheet.
        links: Where boxes lead, by state; the picture is then a figure with links rather than one image.

    Returns:
        SVG text without script, light and dark; the same arguments give the same bytes.
    """
    drawing = lay_out(procedure, language, counts, late)
    title = procedure.name.vi if language == "vi" else procedure.name.en
    parts = [
        _opening(drawing, language, "figure" if links else "img"),
        f'<title id="lanes-title">{escape(title)}</title>',
        f'<desc id="lanes-desc">{escape(_described(drawing, language))}</desc>',
        *([f"<style>{STYLE}</style>"] if styled else []),
        f'<rect class="paper" width="{drawing.width}" height="{drawing.height}"/>',
        *(_lane(lane, number, drawing.width) for number, lane in enumerate(drawing.lanes)),
        *map(_arrow, drawing.arrows),
        *map(_caption, drawing.captions),
        *(_linked(_box(box, box.id in lit), (links or {}).get(box.id)) for box in drawing.boxes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _linked(box: str, address: str | None) -> str:
    return box if address is None else f'<a href="{escape(address)}">{box}</a>'


def _opening(drawing: Drawing, language: str, role: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lanes" role="{role}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}" width="{drawing.width}" height="{drawing.height}" '
        f'aria-labelledby="lanes-title lanes-desc" lang="{escape(language)}">'
    )


def _described(drawing: Drawing, language: str) -> str:
    """Say in words what the picture shows: the lanes and the states."""
    lanes = ", ".join(" ".join(lane.lines) for lane in drawing.lanes)
    states = ", ".join(" ".join(box.lines) for box in drawing.boxes)
    if language == "vi":
        return f"Sơ đồ làn: {lanes}. Trạng thái: {states}."
    return f"Swim-lanes: {lanes}. States: {states}."


def _text(lines: tuple[str, ...], x: int, y: int, step: int, style: str) -> str:
    """Write lines below each other, the first one's baseline at *y*."""
    return "".join(
        f'<text x="{x}" y="{y + step * number}" class="{style}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _lane(lane: Lane, number: int, width: int) -> str:
    band = (
        f'<rect class="band" y="{lane.y}" width="{width}" height="{lane.height}"/>' if number % 2 == 0 else ""
    )
    below = lane.y + lane.height
    rules = f'<path class="rule" d="M0 {below}H{width}M{HEADER} {lane.y}V{below}"/>'
    name = _text(lane.lines, PAD, lane.y + PAD + 11, LINE, "name")
    under = lane.y + PAD + 11 + LINE * len(lane.lines)
    return f"<g>{band}{rules}{name}{_text(lane.party, PAD, under, SMALL_LINE, 'small')}</g>"


def _arrow(arrow: Arrow) -> str:
    path = "M" + "L".join(f"{x} {y}" for x, y in arrow.points)
    x, y = arrow.points[-1]
    style = "arrow back" if arrow.back else "arrow"
    return f'<path class="{style}" d="{path}"/><path class="head" d="M{x} {y}l-7 -4v8z"/>'


def _caption(caption: Caption) -> str:
    first = caption.y - SMALL_LINE * (len(caption.lines) - 1)
    return _text(caption.lines, caption.x, first, SMALL_LINE, "small")


def _box(box: Box, lit: bool) -> str:
    text = LINE * len(box.lines) + SMALL_LINE * len(box.notes)
    first = box.y + (box.height - text) // 2 + 12
    corner = 14 if box.end else 6
    return (
        f'<g class="{_shade(box)}{" lit" if lit else ""}" id="lanes-{escape(box.id)}">'
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="{corner}"/>'
        f"{_text(box.lines, box.x + PAD, first, LINE, 'state')}"
        f"{_text(box.notes, box.x + PAD, first + LINE * len(box.lines) - 1, SMALL_LINE, 'small')}</g>"
    )


def _shade(box: Box) -> str:
    """Choose the colour by the share of late dossiers: none, below 5 %, below 20 %, and above."""
    style = "box end" if box.end else "box"
    if not box.count or not box.late:
        return style
    share = box.late / box.count
    return f"{style} {'good' if share < 0.05 else 'warn' if share < 0.2 else 'bad'}"

"""Where everything stands in a lane drawing."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from textwrap import wrap

from states.lane_graph import END, Flow, LaneGraph, Node, Note, lane_graph
from states.lane_shapes import HEADER, LINE, PAD, SMALL_LINE, Arrow, Box, Caption, Drawing, Lane
from states.procedure import APPLICANT, SYSTEM, Label, Procedure

CHARACTER, SMALL = 6.9, 5.8
GAP, STEP = 24, 8
BOX_CHARACTERS, NOTE_CHARACTERS, ARROW_CHARACTERS, LANE_CHARACTERS = 19, 25, 17, 18
AGENCY_CHARACTERS = 23


def lay_out(
    procedure: Procedure,
    language: str = "vi",
    counts: Mapping[str, int] | None = None,
    late: Mapping[str, int] | None = None,
) -> Drawing:
    """Place every resting state in the lane of its holder and the column of its turn.

    Args:
        procedure: Compiled, or parsed and sound.
        language: `vi` or `en`.
        counts: Dossiers by state; states that are not named have none. None draws no numbers.
        late: How many of them are late.
    """
    return _Plan(procedure, lane_graph(procedure), language, counts, late).draw()


@lru_cache(
    maxsize=10_000
)  # the same names are drawn again and again, and this is most of what a drawing takes
def _fold(text: str, width: int) -> tuple[str, ...]:
    """Break a text into as few lines as fit, of about equal length: no word is left alone on a line."""
    lines = wrap(text, width, break_long_words=False)
    for narrower in range(width - 1, 0, -1):
        tried = wrap(text, narrower, break_long_words=False)
        if len(tried) > len(lines):
            break
        lines = tried
    return tuple(lines)


def _length(longest: int, character: float) -> int:
    return round(longest * character)


def _longest(lines: tuple[str, ...]) -> int:
    return max(map(len, lines), default=0)


class _Plan:
    """The drawing in the making: heights first, then columns, then arrows through the gaps between them."""

    def __init__(
        self,
        procedure: Procedure,
        graph: LaneGraph,
        language: str,
        counts: Mapping[str, int] | None,
        late: Mapping[str, int] | None,
    ) -> None:
        self._procedure, self._graph, self._language = procedure, graph, language
        self._counts, self._late = counts, late or {}
        self._node = {node.id: node for node in graph.nodes}
        self._last = max((node.column for node in graph.nodes), default=0)
        self._captions = [_fold(self._text(flow.label), ARROW_CHARACTERS) for flow in graph.flows]
        self._size = {node.id: self._measure(node) for node in graph.nodes}
        self._far = self._far_targets()
        self._top: dict[str, int] = {}
        self._lanes = self._stack()
        self._port = self._ports()
        self._trunk_ranks()
        self._left = self._column_lefts()

    def _text(self, label: Label) -> str:
        return label.vi if self._language == "vi" else label.en

    def _note(self, note: Note) -> str:
        if note.sources == 1:
            return f"↻ {self._text(note.label)}"
        many = f"từ {note.sources} trạng thái" if self._language == "vi" else f"from {note.sources} states"
        return f"← {self._text(note.label)} ({many})"

    def _lines(self, node: Node) -> tuple[str, ...]:
        return _fold(self._text(node.label), BOX_CHARACTERS)

    def _notes(self, node: Node) -> tuple[str, ...]:
        notes = [line for note in node.notes for line in _fold(self._note(note), NOTE_CHARACTERS)]
        return (*notes, *self._numbers(node.id))

    def _numbers(self, id: str) -> Iterator[str]:
        """Write how many dossiers are here and how many of them are late, where anything is counted."""
        if self._counts is not None:
            count, late = self._counts.get(id, 0), self._late.get(id, 0)
            every, behind = ("hồ sơ", "trễ hạn") if self._language == "vi" else ("dossiers", "late")
            yield f"{count} {every}" + (f", {late} {behind}" if late else "")

    def _measure(self, node: Node) -> tuple[int, int]:
        """Return width and height: room for the texts, and for one slot per transition that leaves."""
        lines, notes = self._lines(node), self._notes(node)
        width = max(_length(_longest(lines), CHARACTER), _length(_longest(notes), SMALL), 84) + 2 * PAD
        text = LINE * len(lines) + SMALL_LINE * len(notes) + 2 * PAD
        slots = sum(
            self._slot(index) for index, flow in enumerate(self._graph.flows) if flow.source == node.id
        )
        return width, max(text, slots + 8)

    def _slot(self, flow: int) -> int:
        return SMALL_LINE * len(self._captions[flow]) + 8

    def _is_far(self, flow: Flow, target: str) -> bool:
        return self._node[target].column > self._node[flow.source].column + 1

    def _far_targets(self) -> dict[str, list[str]]:
        """Return, by lane, the boxes that arrows reach over a column; each gets a track above the lane's boxes."""
        far: dict[str, list[str]] = {lane: [] for lane in self._graph.lanes}
        for flow in self._graph.flows:
            for target in flow.onward:
                tracks = far[self._node[target].lane]
                if self._is_far(flow, target) and target not in tracks:
                    tracks.append(target)
        return far

    def _stack(self) -> tuple[Lane, ...]:
        """Give every lane and every box its height in the drawing, boxes of one cell below each other."""
        lanes: list[Lane] = []
        y = 0
        for lane in self._graph.lanes:
            head = y + PAD + STEP * len(self._far[lane])
            cells: dict[int, int] = {}
            for node in (node for node in self._graph.nodes if node.lane == lane):
                self._top[node.id] = cells.get(node.column, head)
                cells[node.column] = self._top[node.id] + self._size[node.id][1] + PAD
            lines, party = self._lane_name(lane)
            low = max(*cells.values(), y + LINE * len(lines) + SMALL_LINE * len(party) + 2 * PAD)
            lanes.append(Lane(y, low - y, lines, party))
            y = low
        return tuple(lanes)

    def _lane_name(self, lane: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        fixed = {
            APPLICANT: Label("Người nộp hồ sơ", "Applicant"),
            SYSTEM: Label("Hệ thống", "System"),
            END: Label("Kết thúc", "End"),
        }
        if lane in fixed:
            return _fold(self._text(fixed[lane]), LANE_CHARACTERS), ()
        role = self._procedure.role[lane]
        party = next(party for party in self._procedure.parties if party.id == role.party)
        name = _fold(self._text(role.label), LANE_CHARACTERS)
        return name, _fold(self._text(party.label), AGENCY_CHARACTERS)

    def _middle(self, id: str) -> int:
        return self._top[id] + self._size[id][1] // 2

    def _ports(self) -> list[int]:
        """Return the height at which each transition leaves its box, ordered by where it leads."""
        ports = [0] * len(self._graph.flows)
        for node in self._graph.nodes:
            own = [index for index, flow in enumerate(self._graph.flows) if flow.source == node.id]
            own.sort(key=lambda index: (not self._graph.flows[index].onward, self._aim(index), index))
            room = self._size[node.id][1] - sum(map(self._slot, own))
            y = self._top[node.id] + room // 2
            for index in own:
                y += self._slot(index)
                ports[index] = y - 4
        return ports

    def _aim(self, flow: int) -> int:
        targets = self._graph.flows[flow].onward or self._graph.flows[flow].back
        return min(map(self._middle, targets))

    def _trunk_ranks(self) -> None:
        """Rank the vertical pieces in each gap: those that leave boxes first, then those that enter them."""
        out: dict[int, list[int]] = {}
        into: dict[int, list[tuple[str, bool]]] = {}
        for index, flow in enumerate(self._graph.flows):
            out.setdefault(self._node[flow.source].column, []).append(index)
            entering = [(target, False) for target in flow.onward if self._is_far(flow, target)]
            for key in entering + [(target, True) for target in flow.back]:
                keys = into.setdefault(self._node[key[0]].column - 1, [])
                keys += [key] if key not in keys else []
        for leaving in out.values():
            leaving.sort(
                key=lambda index: (-1, self._port[index]) if self._rises(index) else (1, -self._port[index])
            )
        self._out, self._into = out, into

    def _rises(self, flow: int) -> bool:
        return self._aim(flow) < self._port[flow]

    def _column_lefts(self) -> list[int]:
        """Return where each column begins, each gap as wide as its captions and vertical pieces need."""
        x = HEADER + GAP + STEP * len(self._into.get(-1, []))
        lefts: list[int] = []
        self._trunks: list[int] = [HEADER + PAD]
        for column in range(self._last + 1):
            lefts.append(x)
            widths = [self._size[node.id][0] for node in self._graph.nodes if node.column == column]
            captions = [self._caption_width(index) for index in self._out.get(column, [])]
            self._trunks.append(x + max(widths, default=0) + max(captions, default=0) + PAD)
            pieces = len(self._out.get(column, [])) + len(self._into.get(column, []))
            x = self._trunks[-1] + STEP * pieces + GAP
        return [*lefts, x]

    def _caption_width(self, flow: int) -> int:
        return _length(_longest(self._captions[flow]), SMALL) + 4

    def _right(self, id: str) -> int:
        return self._left[self._node[id].column] + self._size[id][0]

    def _entry(self, key: tuple[str, bool]) -> int:
        gap = self._node[key[0]].column - 1
        rank = len(self._out.get(gap, [])) + self._into[gap].index(key)
        return self._trunks[gap + 1] + STEP * rank

    def _arrow(self, index: int, target: str, *, back: bool) -> Arrow:
        flow = self._graph.flows[index]
        column = self._node[flow.source].column
        start = (self._right(flow.source), self._port[index])
        trunk = self._trunks[column + 1] + STEP * self._out[column].index(index)
        end = (self._left[self._node[target].column], self._middle(target))
        if not back and not self._is_far(flow, target):
            return Arrow((start, (trunk, start[1]), (trunk, end[1]), end), back)
        across = self._back_track(target) if back else self._track(target)
        entry = self._entry((target, back))
        turn = ((trunk, start[1]), (trunk, across), (entry, across), (entry, end[1]))
        return Arrow((start, *turn, end), back)

    def _track(self, target: str) -> int:
        lane = self._node[target].lane
        top = self._lanes[self._graph.lanes.index(lane)].y
        return top + STEP * (1 + self._far[lane].index(target))

    def _back_track(self, target: str) -> int:
        bottom = self._lanes[-1].y + self._lanes[-1].height if self._lanes else 0
        return bottom + PAD + STEP * self._returned().index(target)

    def _returned(self) -> list[str]:
        return [*dict.fromkeys(target for flow in self._graph.flows for target in flow.back)]

    def draw(self) -> Drawing:
        """Put the pieces together."""
        arrows = [
            self._arrow(index, target, back=back)
            for index, flow in enumerate(self._graph.flows)
            for back, targets in ((False, flow.onward), (True, flow.back))
            for target in targets
        ]
        captions = [
            Caption(self._right(flow.source) + 5, self._port[index] - 4, self._captions[index])
            for index, flow in enumerate(self._graph.flows)
        ]
        bottom = self._lanes[-1].y + self._lanes[-1].height if self._lanes else 0
        height = bottom + (2 * PAD + STEP * len(self._returned()) if self._returned() else 1)
        boxes = tuple(self._box(node) for node in self._graph.nodes)
        return Drawing(self._left[-1], height, self._lanes, boxes, tuple(arrows), tuple(captions))

    def _box(self, node: Node) -> Box:
        width, height = self._size[node.id]
        return Box(
            node.id,
            self._left[node.column],
            self._top[node.id],
            width,
            height,
            self._lines(node),
            self._notes(node),
            node.lane == END,
            None if self._counts is None else self._counts.get(node.id, 0),
            None if self._counts is None else self._late.get(node.id, 0),
        )

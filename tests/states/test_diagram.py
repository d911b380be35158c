"""Pictures of procedures: exact Mermaid text, sound SVG, and a layout in which nothing covers anything."""

from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from builders import compiled
from charts import compound, final, parallel, random_chart, state, transition
from shipped import FOLDERS, shipped

from states.chart import compile_table
from states.diagram import lanes_svg, mermaid
from states.lane_shapes import SMALL_LINE, Arrow, Box, Drawing
from states.lanes import lay_out
from states.procedure import Label, Procedure, State, StateKind, Transition

SVG = "{http://www.w3.org/2000/svg}"


def _drawn(states: tuple[State, ...], transitions: tuple[Transition, ...]) -> Procedure:
    """The builders' procedure with another chart, its states held by the roles in turn."""
    procedure = compiled()
    holders = ("applicant", *(role.id for role in procedure.roles))
    held = tuple(
        replace(each, holder=holders[place % len(holders)]) if each.kind is StateKind.ATOMIC else each
        for place, each in enumerate(states)
    )
    chart = compile_table(held, transitions)
    return replace(procedure, states=held, transitions=transitions, initial=chart.initial, table=chart.table)


def _choosing() -> Procedure:
    """A start, a way back, a block of two branches, and an end."""
    return _drawn(
        (
            state("new"),
            state("accepted"),
            parallel("checks", done="closed"),
            compound("field", "visiting", "checks"),
            state("visiting", "field"),
            final("visited", "field"),
            compound("paper", "reading", "checks"),
            state("reading", "paper"),
            final("read", "paper"),
            final("closed"),
        ),
        (
            transition("accept", "new", "accepted"),
            transition("check", "accepted", "checks"),
            transition("visit", "visiting", "visited", "visiting"),
            transition("read_it", "reading", "read"),
            transition("return", "checks", "new"),
            transition("withdraw", "new accepted checks", "closed"),
        ),
    )


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether two areas (left, top, right, bottom) share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _area(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _pieces(arrow: Arrow) -> list[tuple[int, int, int, int]]:
    """The pieces of an arrow as areas without width."""
    return [
        (min(here[0], there[0]), min(here[1], there[1]), max(here[0], there[0]), max(here[1], there[1]))
        for here, there in pairwise(arrow.points)
    ]


def _faults(drawing: Drawing) -> list[str]:
    """What a reader would stumble over."""
    boxes = {box.id: _area(box) for box in drawing.boxes}
    faults = [
        f"{one} covers {other}" for one, other in combinations(boxes, 2) if _overlap(boxes[one], boxes[other])
    ]
    for arrow in drawing.arrows:
        for piece in _pieces(arrow):
            faults += ["slanted"] if piece[0] != piece[2] and piece[1] != piece[3] else []
            faults += [f"arrow through {id}" for id, area in boxes.items() if _overlap(piece, area)]
    captions = [
        (each.x, each.y - SMALL_LINE * len(each.lines) + 2, each.x + 5 * max(map(len, each.lines)), each.y)
        for each in drawing.captions
    ]
    faults += [
        "captions cover each other" for one, other in combinations(captions, 2) if _overlap(one, other)
    ]
    faults += [f"caption over {id}" for id, area in boxes.items() for one in captions if _overlap(one, area)]
    areas = [*boxes.values(), *captions, *(piece for arrow in drawing.arrows for piece in _pieces(arrow))]
    outside = [each for each in areas if min(each) < 0 or each[2] > drawing.width or each[3] > drawing.height]
    return faults + ["outside the picture" for _ in outside]


def test_mermaid_nests_blocks_and_divides_branches() -> None:
    """The text is what Mermaid reads: blocks in braces with their own arrows, branches divided by dashes."""
    assert [
        "stateDiagram-v2",
        '    state "new" as s_new',
        '    state "accepted" as s_accepted',
        '    state "checks" as s_checks {',
        '        state "field" as s_field {',
        '            state "visiting" as s_visiting',
        '            state "visited" as s_visited',
        "            [*] --> s_visiting",
        "            s_visiting --> s_visited : visit",
        "            s_visiting --> s_visiting : visit",
        "        }",
        "        --",
        '        state "paper" as s_paper {',
        '            state "reading" as s_reading',
        '            state "read" as s_read',
        "            [*] --> s_reading",
        "            s_reading --> s_read : read_it",
        "        }",
        "    }",
        '    state "closed" as s_closed',
        "    [*] --> s_new",
        "    s_new --> s_accepted : accept",
        "    s_accepted --> s_checks : check",
        "    s_checks --> s_new : return",
        "    s_new --> s_closed : withdraw",
        "    s_accepted --> s_closed : withdraw",
        "    s_checks --> s_closed : withdraw",
        "    s_checks --> s_closed",
        "    s_closed --> [*]",
    ] == mermaid(_choosing()).splitlines()


def test_labels_cannot_break_out_of_either_picture() -> None:
    """Signs that mean something to Mermaid or to XML arrive as themselves."""
    plain = _choosing()
    nasty = Label('Chờ "ký" </text><b>#1; a:b', "x")
    procedure = replace(plain, states=(replace(plain.states[0], label=nasty), *plain.states[1:]))

    assert "Chờ #quot;ký#quot; #lt;/text#gt;#lt;b#gt;#35;1#59; a#58;b" in mermaid(procedure)
    texts = ElementTree.fromstring(lanes_svg(procedure)).iter(f"{SVG}text")
    assert 'Chờ "ký" </text><b>#1; a:b' in " ".join(text.text or "" for text in texts)


def test_the_svg_is_accessible_script_free_and_the_same_every_time() -> None:
    """It has a title and a description, both colour schemes, and no code; equal input gives equal bytes."""
    text = lanes_svg(compiled())
    root = ElementTree.fromstring(text)

    assert compiled().name.vi == root.findtext(f"{SVG}title")
    assert "Kết thúc" in (root.findtext(f"{SVG}desc") or "")
    assert "prefers-color-scheme:dark" in text
    assert [] == [each.tag for each in root.iter() if "script" in each.tag or "foreign" in each.tag]
    assert text == lanes_svg(compiled())


def test_the_svg_speaks_both_languages() -> None:
    """Names of states, of fixed lanes and numbers follow the language."""
    procedure = compiled()
    counts = {each.id: 3 for each in procedure.states}

    assert procedure.name.en == ElementTree.fromstring(lanes_svg(procedure, "en")).findtext(f"{SVG}title")
    assert "3 dossiers, 1 late" in lanes_svg(procedure, "en", counts, dict.fromkeys(counts, 1))
    assert "3 hồ sơ, 1 trễ hạn" in lanes_svg(procedure, "vi", counts, dict.fromkeys(counts, 1))


@pytest.mark.parametrize(
    ("late", "style"),
    [(0, "box"), (4, "box good"), (5, "box warn"), (19, "box warn"), (20, "box bad"), (100, "box bad")],
)
def test_the_share_of_late_dossiers_colours_a_box(late: int, style: str) -> None:
    """None, below 5 per cent, below 20 per cent, and from there on."""
    svg = ElementTree.fromstring(lanes_svg(_choosing(), "vi", {"new": 100}, {"new": late}))

    assert [style] == [group.get("class") for group in svg.iter(f"{SVG}g") if group.get("id") == "lanes-new"]


def test_a_branch_that_finishes_is_drawn_as_its_way_on() -> None:
    """Final states of branches are not boxes; the arrow goes where the block goes, or back where it came from."""
    drawing = lay_out(_choosing())

    assert ["new", "accepted", "visiting", "reading", "closed"] == [box.id for box in drawing.boxes]
    assert [False] * 5 + [True] * 2 == sorted(arrow.back for arrow in drawing.arrows)


def test_a_transition_from_many_states_is_told_at_its_end() -> None:
    """Withdrawing is possible nearly everywhere: a note in the box instead of arrows from everywhere."""
    closed = lay_out(_choosing()).boxes[-1]

    assert "← withdraw (từ 3 trạng thái)" == " ".join(closed.notes)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_covers_anything_in_the_drawing_of_a_random_chart(seed: int) -> None:
    """Boxes, captions and arrows keep clear of each other, whatever the chart."""
    drawing = lay_out(_drawn(*random_chart(seed)), "vi", {}, {})

    assert [] == _faults(drawing)


def test_nothing_covers_anything_in_the_drawing_of_a_whole_procedure() -> None:
    """The same holds for a procedure with long labels, in both languages."""
    assert [] == _faults(lay_out(compiled(), "vi"))
    assert [] == _faults(lay_out(compiled(), "en"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_covers_anything_in_the_drawing_of_a_shipped_procedure(folder: str) -> None:
    """Real labels, with numbers in the boxes, in both languages."""
    procedure = shipped(folder)
    counts = {each.id: 1_200 for each in procedure.states}

    assert [] == _faults(lay_out(procedure, "vi", counts, counts))
    assert [] == _faults(lay_out(procedure, "en", counts, counts))


def test_boxes_lead_where_they_are_told() -> None:
    """With links the picture is a figure, in which a box is an anchor; addresses are escaped."""
    procedure = compiled()
    state = procedure.states[0].id
    picture = lanes_svg(procedure, links={state: "/ho-so?a=1&b=2"}, styled=False)

    assert 'role="figure"' in picture and 'role="img"' not in picture
    assert 1 == picture.count(f'<a href="/ho-so?a=1&amp;b=2"><g class="box" id="lanes-{state}">')

"""Whatever is written: the YAML reader finds it again, or refuses it in an orderly way."""

from collections.abc import Callable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from motcua.adapters.yaml_files import InvalidFile, YamlDocument, read_yaml
from states.problem import Path as Trail
from states.problem import Problem


def test_line_breaks_of_every_system_count_alike() -> None:
    """Lines and columns are the same with line feeds, carriage returns, and both."""
    for line_break in ("\n", "\r", "\r\n"):
        document = read_yaml(f"a: 1{line_break}b:{line_break}  - x{line_break}".encode(), "f")
        assert [(2, 1), (3, 5)] == [document.locate(("b",)), document.locate(("b", 0))]


def test_a_path_that_is_not_there_is_located_at_its_nearest_ancestor() -> None:
    """A problem about a missing key points at the mapping that lacks it."""
    document = read_yaml(b"a:\n  b: {c: 1}\n", "f")
    assert [(2, 3), (2, 7), (1, 1)] == [
        document.locate(("a", "b", "missing", 3)),
        document.locate(("a", "b", "c")),
        document.locate(("none",)),
    ]
    assert (2, 3) == (document.located(Problem("X", ("a", "b", 9))).line, document.locate(("a", "b"))[1])


WORDS = st.text("abcdeđưởộ XYZ012:#-'\"{}[],&*!?|>%@~.=", max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | WORDS
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


class Page:
    """Lines in block style, and where each key and item begins."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: dict[Trail, tuple[int, int]] = {}

    def write(self, tree: object, path: Trail, indent: str) -> None:
        """Append *tree*."""
        if isinstance(tree, dict) and tree:
            for key, inner in tree.items():
                self.places[*path, key] = (len(self.lines) + 1, len(indent) + 1)
                self._entry(f"{indent}{quoted(key)}:", inner, (*path, key), indent)
        elif isinstance(tree, list) and tree:
            for index, inner in enumerate(tree):
                line = len(self.lines) + (2 if isinstance(inner, dict | list) and inner else 1)
                self.places[*path, index] = (line, len(indent) + 3)
                self._entry(f"{indent}-", inner, (*path, index), indent)
        else:
            self.lines.append(f"{indent}{scalar(tree)}")

    def _entry(self, head: str, inner: object, path: Trail, indent: str) -> None:
        if isinstance(inner, dict | list) and inner:
            self.lines.append(head)
            self.write(inner, path, f"{indent}  ")
        else:
            self.lines.append(f"{head} {scalar(inner)}")


def quoted(text: str) -> str:
    """Return *text* in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def scalar(leaf: object) -> str:
    """Return *leaf* as one writes it in a file."""
    plain: dict[type, Callable[[object], str]] = {
        bool: lambda it: str(it).lower(),
        int: str,
        str: lambda it: quoted(str(it)),
    }
    return plain[type(leaf)](leaf) if type(leaf) in plain else {"[]": "[]", "{}": "{}"}.get(str(leaf), "null")


@given(TREES)
def test_each_key_and_item_is_located_where_it_was_written(tree: object) -> None:
    """Any document reads back as it was written, and every path leads to its line and column."""
    page = Page()
    page.write(tree, (), "")
    document = read_yaml("\n".join(page.lines).encode(), "f")
    assert tree == document.value
    assert page.places == {path: document.locate(path) for path in page.places}


def outcome(data: bytes) -> YamlDocument | InvalidFile:
    """Return the document or the refusal."""
    try:
        return read_yaml(data, "f")
    except InvalidFile as refused:
        return refused


@settings(max_examples=300)
@given(
    st.binary(max_size=200) | st.text(max_size=120).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@example(b"%YAML 1.2\n")
@example(b"!<tag:%ff> x")
@example(b'"\\xff\\U99999999"')
def test_arbitrary_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    """No input makes the reader fail in any other way than by coded problems."""
    assert isinstance(outcome(data), YamlDocument | InvalidFile)


@settings(max_examples=400)
@given(st.text("ab:-?[]{},&*!|>'\"%@`#~\\ \n\tx0<=.", max_size=60))
def test_arbitrary_marks_are_read_or_refused_and_nothing_else(text: str) -> None:
    """Text dense in YAML's own signs is read, or refused with at least one located problem."""
    result = outcome(text.encode())
    if isinstance(result, InvalidFile):
        assert all(each.line >= 1 and each.column >= 1 and each.message("vi") for each in result.problems)

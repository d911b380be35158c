"""What the YAML reader refuses, what it takes scalars for, and where it says things stand."""

import unicodedata
from pathlib import Path

import pytest

from motcua.adapters.yaml_files import PLAIN_ID, InvalidFile, read_yaml, read_yaml_file
from states.file_rules import RULES
from states.problem import Problem, describe

KIBIBYTE = 1024
NFC_KEY = "đã nộp"
NFD_KEY = unicodedata.normalize("NFD", NFC_KEY)


def refusal(data: bytes | str) -> InvalidFile:
    """Return the error that *data* is refused with."""
    with pytest.raises(InvalidFile) as caught:
        read_yaml(data.encode() if isinstance(data, str) else data, "procedure.yaml")
    return caught.value


def codes(data: bytes | str) -> list[str]:
    """Return the rules that *data* breaks, by line."""
    return [located.problem.rule for located in refusal(data).problems]


def places(data: bytes | str) -> list[tuple[str, int, int]]:
    """Return the rules that *data* breaks, each with line and column."""
    return [(each.problem.rule, each.line, each.column) for each in refusal(data).problems]


def value(text: str) -> object:
    """Return what *text* says."""
    return read_yaml(text.encode(), "procedure.yaml").value


@pytest.mark.parametrize(
    "bomb",
    [
        b"[" * 100_000,
        b"{" * 100_000,
        b"{a: " * 50_000,
        b"[{" * 50_000,
        b"- " * 100_000,
        b"? " * 100_000,
        b"a:\n" + b"".join(b" " * depth + b"a:\n" for depth in range(1, 500)),
    ],
    ids=["brackets", "braces", "flow mappings", "mixed", "block lists", "complex keys", "block mappings"],
)
def test_a_nesting_bomb_is_refused_with_its_code(bomb: bytes) -> None:
    """C1: depth in any style is refused by its own rule, before anything can recurse."""
    assert "E-YAML-008" in codes(bomb)


def test_thirty_two_levels_are_read_and_thirty_three_refused() -> None:
    """The limit of depth is exact, in flow and in block style."""
    deepest: object = "x"
    for _ in range(32):
        deepest = [deepest]
    assert deepest == value("[" * 32 + "x" + "]" * 32) == value("- " * 32 + "x")
    assert ["E-YAML-008"] == codes("[" * 33 + "x" + "]" * 33) == codes("- " * 33 + "x")


def test_an_alias_bomb_is_refused_at_each_anchor_and_alias() -> None:
    """C2: aliases are never expanded, and every one of them is reported."""
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    expected = ["010", "010", "011", "011", "010", "011", "011"]
    assert [f"E-YAML-{number}" for number in expected] == codes(bomb)


def test_a_cyclic_alias_is_refused() -> None:
    """C3: a value that holds itself cannot be written."""
    assert [("E-YAML-010", 1, 4), ("E-YAML-011", 1, 8)] == places("a: &a [*a]")


def test_duplicate_keys_are_refused_where_the_second_stands() -> None:
    """C4: no value is lost unseen; the message names the line of the first."""
    problems = refusal("a:\n  b: 1\n  c: 2\n  b: 3\na: {b: 4}\n").problems
    assert [("E-YAML-014", 4), ("E-YAML-014", 5)] == [(each.problem.rule, each.line) for each in problems]
    assert [(("a", "b"), 2), (("a",), 1)] == [
        (each.problem.path, each.problem.facts["first"]) for each in problems
    ]


def test_words_of_old_yaml_stay_text() -> None:
    """C5, C9, C12: what YAML 1.1 would turn into something else is text, as key and as value."""
    words = ["on", "no", "Yes", "True", "NULL", "1:30", "0123", "2026-01-01", "0.25", ".inf", ".nan", "1_000"]
    words += ["1e3", "0x1F", "0o17", "+", "-x", "=", "1.0", "--1", "٣"]
    for word in words:
        assert {word: word} == value(f"{word}: {word}")


def test_the_core_scalars_have_their_meaning() -> None:
    """Only the exact words and whole numbers of the restricted schema are not text."""
    text = "[true, false, null, ~, 0, -7, +5, 999999999999999, 'true', \"7\", '']"
    assert [True, False, None, None, 0, -7, 5, 999_999_999_999_999, "true", "7", ""] == value(text)
    assert {"a": None, "b": "two lines"} == value("a:\nb: two\n  lines\n")


def test_block_text_is_text() -> None:
    """A literal or folded block is never taken for a number."""
    assert {"a": "12\n", "b": "true"} == value("a: |\n  12\nb: >-\n  true\n")


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!str", "!custom", "!"])
def test_tags_are_refused(tag: str) -> None:
    """C6: no tag, whether known or not, decides what a value is."""
    assert [("E-YAML-012", 1, 4)] == places(f"a: {tag} x")


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "---\na: 1\n...\n---\n"])
def test_a_second_document_is_refused(text: str) -> None:
    """C7: one file is one document."""
    assert ["E-YAML-018"] == codes(text)


def test_a_number_of_five_thousand_digits_stays_text() -> None:
    """C8: beyond 15 digits a number is text, so that no conversion can fail; the schema refuses it."""
    digits = "9" * 5_000
    assert [digits, "1" * 16] == value(f"[{digits}, {'1' * 16}]")


def test_twin_keys_in_two_normal_forms_are_refused() -> None:
    """C13: a key must be in NFC, and two keys that are one after NFC collide."""
    assert [("E-YAML-014", 2, 1), ("E-YAML-016", 2, 1)] == sorted(places(f"{NFC_KEY}: 1\n{NFD_KEY}: 2\n"))


def test_text_outside_the_normal_form_is_refused() -> None:
    """Values are held to NFC like keys."""
    assert [("E-YAML-016", 1, 4)] == places(f"a: {NFD_KEY}")


def test_ids_with_look_alike_letters_are_not_plain() -> None:
    """C14: the pattern for ids takes no Cyrillic letter that looks like a Latin one."""
    assert PLAIN_ID.fullmatch("dat-dai.cap_gcn2")
    assert not PLAIN_ID.fullmatch("st\u0430te")


@pytest.mark.parametrize(
    "char", ["\u200b", "\u200d", "\u202e", "\u2066", "\xad", "\ufeff", "\u3164", "\U000e0041"]
)
@pytest.mark.parametrize("text", ["a: x{}y", "a{}: x", "a: 'x{}'", "a: x # {}", 'a: "x{}"'])
def test_unseen_characters_are_refused_anywhere(text: str, char: str) -> None:
    """C15: zero width and direction marks are refused in keys, values and comments."""
    assert [("E-YAML-006", 1, text.index("{") + 1)] == places(text.format(char))


@pytest.mark.parametrize(
    ("escape", "rule"),
    [
        ("\\u200b", "E-YAML-006"),
        ("\\0", "E-YAML-005"),
        ("\\x07", "E-YAML-005"),
        ("\\ud800", "E-YAML-005"),
        ("e\\u0301", "E-YAML-016"),
        ("\\U00110000", "E-YAML-021"),
        ("\\q", "E-YAML-007"),
    ],
)
def test_escapes_bring_in_nothing_that_is_refused_in_the_open(escape: str, rule: str) -> None:
    """C15, C16: an escape in double quotes is no way around the rules for characters."""
    assert [rule] == codes(f'a: "{escape}"')


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa: 1", ("E-YAML-004", 1, 1)),
        ("a: 1".encode("utf-16"), ("E-YAML-004", 1, 1)),
        ("a: 1".encode("utf-32"), ("E-YAML-004", 1, 1)),
        (b"a: 1\nb: \xff", ("E-YAML-003", 2, 4)),
        (b"a: \xed\xa0\x80", ("E-YAML-003", 1, 4)),
        (b"a: \x00", ("E-YAML-005", 1, 4)),
        (b"a: 1\nb: x\x1by", ("E-YAML-005", 2, 5)),
        (b"a: x\xc2\x85y", ("E-YAML-005", 1, 5)),
        (b"a: x\xe2\x80\xa8y", ("E-YAML-005", 1, 5)),
    ],
    ids=["bom", "utf-16", "utf-32", "bad byte", "surrogate", "nul", "escape", "next line", "line separator"],
)
def test_bytes_that_are_no_clean_text_are_refused(data: bytes, expected: tuple[str, int, int]) -> None:
    """C16: only UTF-8 without a mark and without control characters is read."""
    assert [expected] == places(data)


def test_every_format_and_control_character_is_refused() -> None:
    """No character that Unicode calls control, format or separator of lines gets through."""
    chars = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    suspect = {char for char in chars if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")} - set(
        "\t\n\r"
    )
    for start in range(0, len(suspect), 20):
        some = sorted(suspect)[start : start + 20]
        found = refusal("a: 1\n# " + "".join(some)).problems
        assert [f"U+{ord(char):04X}" for char in some] == [each.problem.facts["char"] for each in found]


def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    """C33: a file over the limit is refused, and only the limit and one byte of it are read."""
    large = tmp_path / "large.yaml"
    large.write_bytes(b"a: x\n" * 2 * KIBIBYTE * KIBIBYTE)
    with pytest.raises(InvalidFile) as caught:
        read_yaml_file(large)
    assert ["E-YAML-002"] == [each.problem.rule for each in caught.value.problems]


def test_the_limit_of_size_is_exact() -> None:
    """256 KiB are read, one byte more is not."""
    whole = "a: |\n  " + "x" * (256 * KIBIBYTE - 7)
    assert isinstance(value(whole), dict)
    assert ["E-YAML-002"] == codes(whole + "x")


def test_fifty_thousand_nodes_are_refused() -> None:
    """C34: more than 20,000 keys and values end the reading."""
    assert ["E-YAML-009"] == codes("[" + "a," * 50_000 + "]")
    assert isinstance(value("[" + "a," * 19_999 + "]"), list)


@pytest.mark.parametrize("key", ["1", "true", "~", "[a, b]", "{a: b}", "? [a]\n"])
def test_keys_that_are_not_text_are_refused(key: str) -> None:
    """A key is text, or the file is refused; in quotes it may look like anything."""
    assert "E-YAML-017" in codes(f"{key}: x")
    assert {"1": "x", "<<": "y"} == value("'1': x\n\"<<\": y")


def test_merge_keys_and_directives_are_refused() -> None:
    """Nothing changes from afar how a file is read."""
    assert ["E-YAML-013"] == codes("a: 1\n<<: {b: 2}\n")
    assert ["E-YAML-019"] == codes("%YAML 1.1\n---\na: 1\n")
    assert ["E-YAML-019"] == codes("%TAG ! x:\n---\na: 1\n")


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n...\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    """A file without content is refused, or is a plain null where a document was begun."""
    if text.startswith("---"):
        assert value(text) is None
    else:
        assert ["E-YAML-020"] == codes(text)


@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("a: 1\nb: 'x\nc: 2\n", 2, 4, "quote"),
        ("a: 1\n\tb: 2\n", 2, 1, "tab"),
        ("a: [1, 2\nb: 3\n", 1, 4, "bracket"),
        ("a: b: c\n", 1, 5, "colon"),
        ("a: 1\nword\nb: 2\n", 2, 1, "colon"),
        ("a:\n  - 1\n - 2\n", 3, 2, "indented"),
        ("a: @x\n", 1, 4, "begin"),
        ("a: - 1\n", 1, 4, "dash"),
    ],
)
def test_a_syntax_fault_is_told_in_plain_words_at_its_place(
    text: str, line: int, column: int, hint: str
) -> None:
    """The library's English is replaced by advice in both languages, with line and column."""
    (located,) = refusal(text).problems
    assert ("E-YAML-007", line, column) == (located.problem.rule, located.line, located.column)
    assert hint in located.message("en")
    assert located.message("vi") != located.message("en")


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    """One run shows every breach, of characters and of structure, by line."""
    text = "a: 1\na: 2\nb: &x x\u200b\nc: !t 1\n1: x\n"
    assert [("014", 2), ("010", 3), ("006", 3), ("012", 4), ("017", 5)] == [
        (rule[-3:], line) for rule, line, _ in places(text)
    ]


def test_the_refusal_names_file_place_and_reason_in_both_languages() -> None:
    """The error alone is enough to find and mend the first problem."""
    error = refusal("a: 1\na: 2\n")
    assert "procedure.yaml" in error.message("en")
    assert 'Line 2, column 1: (E-YAML-014) The key "a" stands already on line 1.' in error.message("en")
    assert "Dòng 2, cột 1: (E-YAML-014) Khóa «a» đã có ở dòng 1." in error.message("vi")


def test_a_file_that_cannot_be_read_is_a_coded_problem(tmp_path: Path) -> None:
    """A missing file and a folder are refused like any other bad file."""
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(InvalidFile) as caught:
            read_yaml_file(path)
        assert ["E-YAML-001"] == [each.problem.rule for each in caught.value.problems]


def test_each_rule_has_a_code_of_its_own_and_fills_both_messages() -> None:
    """No two rules share a code; a fact that is lacking shows as itself instead of failing."""
    known = {rule.code: rule for rule in RULES}
    assert len(RULES) == len(known)
    for code in known:
        assert all(describe(Problem(code, ()), known))
    assert ("E-NONE", "E-NONE") == describe(Problem("E-NONE", ()), known)

"""Canonical JSON: the examples of RFC 8785 that fit the profile, what the profile refuses, and three laws."""

import json
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import MAX_DEPTH, NotCanonical, canonical, digest, is_canonical, parse
from audit.commitment import commit, opens

TEXT = st.text(max_size=8).map(lambda text: normalize("NFC", text))
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def nested(levels: int) -> Any:
    """Build a list within a list, so many levels deep."""
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param({"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}', id="literals"),
        pytest.param('€$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"', id="rfc-3.2.2"),
        pytest.param("\b\t\n\f\r\u001f\x7f\u2028", '"\\b\\t\\n\\f\\r\\u001f\x7f\u2028"', id="escapes"),
        pytest.param(
            {"€": 1, "\r": 2, "ﬠ": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7},
            '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"ﬠ":3}',
            id="rfc-3.2.3-order",
        ),
        pytest.param(
            {"1": {"f": {"f": "hi", "F": 5}}, "10": {}}, '{"1":{"f":{"F":5,"f":"hi"}},"10":{}}', id="nested"
        ),
        pytest.param({"": 1, "A": (2, 3)}, '{"":1,"A":[2,3]}', id="empty-key-and-tuple"),
        pytest.param([2**53 - 1, -(2**53) + 1, 0], "[9007199254740991,-9007199254740991,0]", id="bounds"),
        pytest.param("\n\u0301", '"\\n\u0301"', id="mark-after-an-escape"),
    ],
)
def test_canonical_writes_what_the_standard_asks(value: object, expected: str) -> None:
    """Escapes are the shortest, everything else is literal, keys are in UTF-16 order."""
    assert expected == canonical(value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param({"a": 1.0}, "type", id="float"),
        pytest.param([float("nan")], "type", id="nan"),
        pytest.param(2**53, "integer", id="too-large"),
        pytest.param([-(2**53)], "integer", id="too-small"),
        pytest.param({1: "a"}, "key", id="number-as-key"),
        pytest.param({"a": {None: "a"}}, "key", id="null-as-key"),
        pytest.param({"a": {1, 2}}, "type", id="set"),
        pytest.param(b"a", "type", id="bytes"),
        pytest.param("e\u0302", "nfc", id="decomposed"),
        pytest.param({"e\u0302": 1}, "nfc", id="decomposed-key"),
        pytest.param({"\ufb33": 1}, "nfc", id="composition-exclusion"),
        pytest.param(["\ud83d"], "surrogate", id="lone-surrogate"),
        pytest.param({"😀": "\ude00"}, "surrogate", id="lone-surrogate-beside-astral"),
        pytest.param(nested(MAX_DEPTH + 2), "depth", id="deep"),
    ],
)
def test_canonical_refuses_what_is_outside_the_profile(value: object, reason: str) -> None:
    """What two programs could write in two ways has no canonical form at all."""
    with pytest.raises(NotCanonical) as caught:
        canonical(value)

    assert reason == caught.value.facts["code"]


def test_a_refusal_names_the_place_in_both_languages() -> None:
    """The message says where the value is, also when the place itself cannot be printed."""
    with pytest.raises(NotCanonical) as caught:
        canonical({"command": {"facts": [0, 1.5]}, "\ud83d": 1})

    assert caught.value.message("en").startswith("The value at /command/facts/1 has no canonical form")
    assert "/command/facts/1" in caught.value.message("vi")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param('{"a":1,"a":1}', "duplicate", id="duplicate"),
        pytest.param('{"b":{"a":1,"\\u0061":2}}', "duplicate", id="duplicate-by-escape"),
        pytest.param("[1.0]", "type", id="float"),
        pytest.param("[1e3]", "type", id="exponent"),
        pytest.param("[NaN]", "type", id="nan"),
        pytest.param("-Infinity", "type", id="infinity"),
        pytest.param("9007199254740992", "integer", id="too-large"),
        pytest.param("9" * 5000, "syntax", id="absurdly-large"),
        pytest.param('"e\\u0302"', "nfc", id="decomposed"),
        pytest.param('"\\ud83d"', "surrogate", id="lone-surrogate"),
        pytest.param("[" * 100 + "]" * 100, "depth", id="deep"),
        pytest.param("[" * 100_000, "depth", id="very-deep"),
        pytest.param('{"a":1} x', "syntax", id="trailing"),
        pytest.param("", "syntax", id="empty"),
        pytest.param('"\n"', "syntax", id="raw-control"),
        pytest.param("\ufeff1", "syntax", id="byte-order-mark"),
    ],
)
def test_parse_refuses_what_is_outside_the_profile(text: str, reason: str) -> None:
    """A text that readers could take in two ways, or not at all, is refused with its reason."""
    with pytest.raises(NotCanonical) as caught:
        parse(text)

    assert reason == caught.value.facts["code"]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '{"b":1,"a":1}',
        '{"a":1,"a":1}',
        '"\\u0041"',
        '"\\/"',
        "-0",
        " 1",
        "1\n",
        '"\\u000A"',
        "01",
        "[1.0]",
    ],
)
def test_another_spelling_is_not_canonical(text: str) -> None:
    """The same content spaced, ordered or escaped otherwise is not the canonical text."""
    assert not is_canonical(text)


@given(VALUES)
def test_canonical_text_reads_back_to_the_same_value(value: object) -> None:
    """parse(canonical(v)) is v, the text is canonical, and any spelling of v comes back to it."""
    text = canonical(value)

    assert value == parse(text)
    assert is_canonical(text)
    assert text == canonical(parse(json.dumps(value, indent=1)))


@given(st.dictionaries(TEXT, st.just(0), max_size=8))
def test_keys_are_in_the_order_of_their_utf16_units(value: dict[str, int]) -> None:
    """Keys are sorted as RFC 8785 asks, also beyond the basic plane."""
    assert sorted(value, key=lambda key: key.encode("utf-16-be")) == list(parse(canonical(value)))


@given(st.text(max_size=6))
def test_only_nfc_text_without_lone_surrogates_is_written(text: str) -> None:
    """A string has a canonical form if and only if it is its own NFC."""
    assert (normalize("NFC", text) == text) == is_canonical(json.dumps(text, ensure_ascii=False))


def test_digest_is_the_sha256_of_the_utf8_bytes() -> None:
    """An empty object hashes as its two bytes do."""
    assert "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" == digest({})


@given(VALUES, VALUES, st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_commitment_opens_only_with_its_value_and_salt(
    one: object, other: object, salt: bytes, pepper: bytes
) -> None:
    """Another value or another salt does not open it."""
    made = commit(one, salt)

    assert opens(made, one, salt)
    assert (canonical(one) == canonical(other)) == opens(made, other, salt)
    assert (salt == pepper) == opens(made, one, pepper)


def test_a_commitment_is_pinned_and_needs_a_whole_salt() -> None:
    """The bytes hashed are 0x02, 32 bytes of salt, the canonical text; a short salt is refused."""
    assert "d22bc46c6fee5d7d793fa417656f976453be633f6234c2e8700409972b917984" == commit(
        "lý do", bytes(range(32))
    )
    with pytest.raises(ValueError, match="32 bytes"):
        commit("lý do", b"short")

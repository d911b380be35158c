"""Guards against Python itself, and against arbitrary text."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from states.guards import FactSpec, FactType, InvalidGuard, parse_guard

FACTS = {
    "docs_complete": FactSpec(FactType.BOOLEAN),
    "fee_paid": FactSpec(FactType.BOOLEAN),
    "rounds": FactSpec(FactType.INTEGER),
    "area": FactSpec(FactType.INTEGER),
    "channel": FactSpec(FactType.TEXT, ("counter", "post", "portal")),
    "note": FactSpec(FactType.TEXT),
}
RECORDED: Mapping[str, bool | int | str] = {
    "docs_complete": True,
    "fee_paid": False,
    "rounds": 2,
    "area": 120,
    "channel": "post",
    "note": "đỏ",
}
INTEGERS = st.sampled_from(["rounds", "area"]) | st.integers(-5, 5).map(str)
TEXTS = st.sampled_from(["note", '"đỏ"', "'post'", '"x"'])
CHANNELS = st.sampled_from(["channel", '"post"', '"portal"'])
LISTS = st.lists(st.integers(-3, 3).map(str), min_size=1, max_size=3).map(
    lambda items: f"[{', '.join(items)}]"
)
EQUALITY = st.sampled_from(["==", "!="])
ORDER = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
ATOMS = st.one_of(
    st.sampled_from(["docs_complete", "fee_paid", "True", "False"]),
    st.builds(" ".join, st.tuples(INTEGERS, ORDER, INTEGERS)),
    st.builds(" ".join, st.tuples(INTEGERS, ORDER, INTEGERS, ORDER, INTEGERS)),
    st.builds(" ".join, st.tuples(TEXTS, EQUALITY, TEXTS)),
    st.builds(" ".join, st.tuples(CHANNELS, EQUALITY, CHANNELS)),
    st.builds(" ".join, st.tuples(INTEGERS, st.sampled_from(["in", "not in"]), LISTS)),
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map("not {}".format),
        inner.map("({})".format),
        st.lists(inner, min_size=2, max_size=3).map(" and ".join),
        st.lists(inner, min_size=2, max_size=3).map(" or ".join),
    ),
    max_leaves=8,
).filter(lambda text: len(text) <= 1_000)
DOSSIERS = st.fixed_dictionaries(
    {
        "docs_complete": st.booleans(),
        "fee_paid": st.booleans(),
        "rounds": st.integers(-5, 5),
        "area": st.integers(-5, 5),
        "channel": st.sampled_from(["counter", "post", "portal"]),
        "note": st.sampled_from(["đỏ", "post", "x", ""]),
    }
)


@settings(max_examples=300)
@given(EXPRESSIONS, DOSSIERS)
def test_the_verdict_is_the_one_python_would_give(text: str, facts: dict[str, bool | int | str]) -> None:
    """On well-typed expressions a guard and Python agree, and a refusal always has its reasons."""
    verdict = parse_guard(text, FACTS).evaluate(facts)
    assert eval(text, {"__builtins__": {}}, dict(facts)) is verdict.ok
    assert verdict.ok is not bool(verdict.reason_vi) is bool(verdict.reason_en)


@settings(max_examples=400)
@given(
    st.text(max_size=80)
    | st.text("()[]<>=!-,'\" \nnotandorin01xrounds.", max_size=80)
    | st.lists(
        st.sampled_from(["not", "(", ")", "rounds", "<", "1", "and", "in", "[", "]", ",", "-", "fee_paid"])
    ).map(" ".join)
)
def test_arbitrary_text_is_a_guard_or_refused_and_nothing_else(text: str) -> None:
    """No text makes the parser fail in another way than by a coded problem."""
    try:
        guard = parse_guard(text, FACTS)
    except InvalidGuard as refused:
        assert refused.problem.rule.startswith("E-GUARD-")
    else:
        assert guard.evaluate(RECORDED).ok in (True, False)

"""Terms are read at once, whatever is written in their place."""

import pytest

from states.errors import InvalidTerm
from states.term import Term, Unit, parse_term


def test_quarters_stay_exact() -> None:
    """Half and quarter days are whole numbers of quarters, written as a decimal or as a fraction."""
    assert (
        Term(Unit.WORKING_DAYS, 3) == parse_term("working_days", "0.75") == parse_term("working_days", "3/4")
    )


@pytest.mark.parametrize(
    "amount",
    [
        "1e99999999",
        "1E9",
        "9" * 5000,
        "1/0",
        "0",
        "-1",
        "0.1",
        "nan",
        "inf",
        "",
        "x",
        "1_0",
        "١٠",
        "１０",
        " 1",
        "1\n",
        "0x1",
    ],
)
def test_what_is_no_amount_is_refused_without_counting_it_out(amount: str) -> None:
    """An exponent would be multiplied out for minutes; it is refused like any other nonsense."""
    with pytest.raises(InvalidTerm):
        parse_term("hours", amount)

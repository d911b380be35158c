"""What of an address, a telephone and a name is shown to whoever holds the codes of a receipt."""

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.services.citizens.masking import initials, last_digits, masked, place_of


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("12 Lê Lợi, phường An Hòa, tỉnh Sông Ngân", "…, phường An Hòa, tỉnh Sông Ngân"),
        ("12 Lê Lợi, phường An Hòa", "…, phường An Hòa"),
        ("P. 502, nhà B3, ngõ 12 Huệ, phường An Hòa, tỉnh X", "…, phường An Hòa, tỉnh X"),
        ("Phòng 5, số 12 Lê Lợi", "…"),
        ("12 Lê Lợi", "… Lê Lợi"),
        ("Số 12 Lê Lợi 3b", "… Lê Lợi"),
        ("An Hòa", "… Hòa"),
        ("12,", "…"),
        ("", "…"),
    ],
)
def test_an_address_shows_where_it_lies_and_not_which_house(written: str, shown: str) -> None:
    """Ward and province, where they stand behind commas; else what is left without the first word and numbers."""
    assert shown == place_of(written)


def test_a_telephone_shows_its_last_three_digits() -> None:
    """Whatever stands between them; of a short number nothing."""
    assert ["678", "678", "", ""] == [
        last_digits(given) for given in ("0912 345 678", "+84912.345.678", "115", "none")
    ]


def test_a_name_shows_its_initials() -> None:
    """The parts of a Vietnamese name, each by its first letter."""
    assert ["N. T. L.", "C.", ""] == [initials(name) for name in ("Nguyễn Thị  Lan", "Cúc", "")]


@given(some.text(ascii_letters + "0123456789, /-", max_size=80))
def test_no_digit_of_an_address_is_ever_shown(written: str) -> None:
    """However it is written."""
    assert not any(sign.isnumeric() for sign in place_of(written))


def test_what_there_is_not_stays_so() -> None:
    """No delivery by post has no address to hide."""
    assert None is masked(None)

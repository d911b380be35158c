"""What a telephone number looks like, wherever somebody types one."""

import re

_SHAPE = re.compile(r"[+(]?[0-9][0-9 ().-]*", re.ASCII)
SHORTEST, LONGEST = 8, 15
"""Digits of a number that can be called from elsewhere. Source: ITU-T E.164, 6.2.1, for the longest."""


def is_telephone(text: str) -> bool:
    """Tell whether a text can be a telephone number: digits, with blanks, dots, hyphens and brackets between."""
    digits = sum(each.isdigit() for each in text)
    return _SHAPE.fullmatch(text) is not None and SHORTEST <= digits <= LONGEST

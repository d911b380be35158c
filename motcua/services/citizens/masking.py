"""What an applicant gave of themselves, hidden so far that they know it again and a finder of the receipt does not."""

from collections.abc import Mapping

HIDDEN = "…"
_SHOWN_DIGITS = 3
_SHOWN_PLACES = 2
"""So many parts at the end of an address: usually ward and province."""


def masked(to: Mapping[str, str] | None) -> dict[str, str] | None:
    """Return `receiver`, `address` and `phone` of a delivery hidden; None where there is none."""
    if to is None:
        return None
    return {
        "receiver": initials(to["receiver"]),
        "address": place_of(to["address"]),
        "phone": last_digits(to["phone"]),
    }


def initials(name: str) -> str:
    """Return the first letter of each part of a name: `N. T. L.`."""
    return " ".join(f"{word[0]}." for word in name.split())


def last_digits(phone: str) -> str:
    """Return the last three digits of a telephone; nothing of one so short that they would tell much of it."""
    digits = [sign for sign in phone if sign.isdecimal()]
    return "".join(digits[-_SHOWN_DIGITS:]) if len(digits) > 2 * _SHOWN_DIGITS else ""


def place_of(address: str) -> str:
    """Return where an address lies without who lives there.

    An address is one line as people write it. Of its parts between commas the first, which holds house and street, is
    left out, and so is every part with a digit in it; of the others the last two stay. An address without commas
    loses its first word and every word with a digit.
    """
    parts = [part.strip() for part in address.split(",")]
    if len(parts) > 1:
        shown = [part for part in parts[1:] if part and not _numbered(part)][-_SHOWN_PLACES:]
        return ", ".join((HIDDEN, *shown))
    return " ".join((HIDDEN, *(word for word in address.split()[1:] if not _numbered(word))))


def _numbered(text: str) -> bool:
    return any(sign.isnumeric() for sign in text)

"""Short codes that follow from a secret of the installation: who holds one was given it here, nobody computes it."""

import hmac

from motcua.services.installation import Installation
from motcua.services.ports import NoteTaken

SECRET = "lookup_secret"
"""Note of the installation that the codes follow from; who can read it can read the whole database."""

_LETTERS = "ACDEFGHJKMNPRTUVWXY34679"
"""None looks like another one, on paper or by telephone."""

_LENGTH = 8
_READ_AS = str.maketrans("018", "OIB")
"""The alphabet of the papers has the letters and not the digits that look like them. Source: RFC 4648, 6."""


def derived_code(house: Installation, what: str) -> str:
    """Return the code of something, always the same one."""
    mac = hmac.digest(_secret(house), what.encode(), "sha256")
    number, letters = int.from_bytes(mac[:16], "big"), ""
    for _ in range(_LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        letters += _LETTERS[letter]
    return f"{letters[:4]}-{letters[4:]}"


def tidy(code: str) -> str:
    """Return a code as it is compared: capitals, spaces and hyphens do not matter."""
    return "".join(c for c in code.upper() if c.isascii() and c.isalnum()).translate(_READ_AS)


def same_code(given: str, right: str) -> bool:
    """Tell, in constant time, whether a code is the right one; an empty one never is."""
    return bool(tidy(right)) and hmac.compare_digest(tidy(given).encode(), tidy(right).encode())


def _secret(house: Installation) -> bytes:
    """Return the secret, made when it is first needed; of two processes that make one, the first one's counts."""
    known = house.store.note(SECRET)
    if known is None:
        known = house.new_salt().hex()
        try:
            house.store.set_note(SECRET, known)
        except NoteTaken:
            known = house.store.note(SECRET) or known
    return bytes.fromhex(known)

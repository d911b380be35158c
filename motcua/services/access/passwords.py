"""Passwords: hashed by argon2id, never kept; a wrong one and an unknown account take the same time."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 12, 128
"""Characters of a password. Source: OWASP ASVS 5.0, V6.2.1 and V6.2.9."""

_AT_ONCE = BoundedSemaphore(4)
"""Each hash takes 64 MB; a rush to sign in must not take all memory."""


def hashed(password: str) -> str:
    """Return the hash of a password, with its salt and its cost."""
    with _AT_ONCE:
        return _hasher().hash(password)


def matches(known: str | None, password: str) -> bool:
    """Tell whether a password has this hash; with none it takes as long to say no."""
    with _AT_ONCE:
        try:
            return _hasher().verify(known or _nobodys(), password) and known is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def outdated(known: str) -> bool:
    """Tell whether a hash was made at another cost than today's."""
    return _hasher().check_needs_rehash(known)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody")

"""Salted commitments: what a record holds in place of a personal value, so that the value can be erased."""

import hashlib
from hmac import compare_digest

from audit.canonical import canonical

SALT_BYTES = 32

_PREFIX = b"\x02"  # leaves of the chain begin with 0x00, nodes of a tree with 0x01


def commit(value: object, salt: bytes) -> str:
    """Return SHA-256(0x02 || salt || canonical value), as 64 lowercase hex digits.

    Args:
        value: What is hidden; anything that has a canonical form.
        salt: 32 random bytes, fresh for each field of each record: names and citizen numbers are few
            enough to be guessed from an unsalted hash. To destroy the salt is to erase the value.

    Raises:
        ValueError: The salt is not 32 bytes long.
        NotCanonical: The value has no canonical form.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt is {SALT_BYTES} bytes long, not {len(salt)}")
    return hashlib.sha256(_PREFIX + salt + canonical(value).encode()).hexdigest()


def opens(commitment: str, value: object, salt: bytes) -> bool:
    """Tell, in constant time, whether *commitment* was made of *value* and *salt*.

    Raises:
        ValueError: The salt is not 32 bytes long.
        NotCanonical: The value has no canonical form.
    """
    return compare_digest(commitment.encode(), commit(value, salt).encode())

"""One look at many files: each is read once, and the collector of cyclic garbage looks seldom meanwhile.

Reading makes hundreds of thousands of small objects that stay: looking through them again and again for garbage costs
a third of the time.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
SELDOM = 100_000
"""Objects that are made between two looks for garbage; by default it is some hundreds."""

_kept: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Let every file be read once until the end of the block; nobody may change what was read."""
    usual, token = gc.get_threshold(), _kept.set({})
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        _kept.reset(token)
        gc.set_threshold(*usual)


def kept(name: str, read: Callable[[], T]) -> T:
    """Return what *read* gives; within one look it is asked once for a name."""
    known = _kept.get()
    if known is None:
        return read()
    if name not in known:
        known[name] = read()
    found: T = known[name]
    return found

"""What asks a command to end: it ends in order, and never forgets a process that it has just started."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

ENDING = (signal.SIGTERM, signal.SIGHUP)
ASKING = (*ENDING, signal.SIGINT)
_OPEN_TO_US = (signal.SIG_DFL, signal.default_int_handler)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let SIGTERM, and a terminal that goes away, end us as Ctrl-C does: by an exception, past every `finally`.

    Whoever asks again meanwhile does not break off what is being put in order. What was told to be ignored, as by
    nohup, still is. Only in the main thread.
    """
    before = {number: signal.getsignal(number) for number in ENDING}
    ours = [number for number in ENDING if before[number] in _OPEN_TO_US]

    def end(number: int, frame: FrameType | None) -> None:
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let whatever asks us to end wait for the end of a block, in which a process is started and written down."""
    held: list[int] = []
    before: dict[int, Any] = {}

    def hold(number: int, frame: FrameType | None) -> None:
        held.append(number)

    with suppress(ValueError):  # signals come to the main thread alone: nothing disturbs another one
        for number in ASKING:
            before[number] = signal.signal(number, hold)
    try:
        yield
    finally:
        for known, handler in before.items():
            signal.signal(known, handler)
        for heard in dict.fromkeys(held):
            signal.raise_signal(heard)

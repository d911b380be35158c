"""Keeps a demonstration alive: deadlines pass, papers are drafted, notices leave, and people come to the desk."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from flows.embedded import Worker
from motcua.services.demonstrating import arrive
from motcua.services.installation import Installation
from motcua.services.ports import Channel, Typesetter

ROUND = timedelta(seconds=2)
ARRIVAL = timedelta(seconds=20)

log = logging.getLogger("motcua.demo")


@contextmanager
def at_work(
    house: Installation, press: Typesetter, channel: Channel, agency: str, seed: int
) -> Iterator[None]:
    """Let a worker and the public come and go beside whatever happens inside, and end both afterwards."""
    over = threading.Event()
    worker = Worker(house, press, channel, lambda _: None, every=ROUND)
    dice = Random(seed)
    threads = [
        threading.Thread(target=worker.run, name="worker"),
        threading.Thread(
            target=_again, args=(over, ARRIVAL, lambda: arrive(house, agency, dice)), name="public"
        ),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        worker.stop()
        for thread in threads:
            thread.join()


def _again(over: threading.Event, every: timedelta, do: Callable[[], object]) -> None:
    while not over.wait(every.total_seconds()):
        do()

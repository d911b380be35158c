"""Open dossiers in batches: a transaction writes for many at once, and memory does not grow with their number."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from motcua.services.installation import Installation
from motcua.services.ports import Stored

BATCH = 200


def open_batches(house: Installation) -> Iterator[list[Stored]]:
    """Walk all open dossiers in the order of their codes, at most `BATCH` at a time; the clock is read for each."""
    dossiers = house.store.iterate(open_only=True)
    while batch := list(islice(dossiers, BATCH)):
        if house.virtual:
            yield batch
        else:
            reading = house.store.reading()
            yield [replace(stored, reading=reading) for stored in batch]

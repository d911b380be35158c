"""Open dossiers in batches: a transaction writes for many at once, and memory does not grow with their number."""

from collections.abc import Iterator
from itertools import islice

from motcua.services.installation import Installation
from motcua.services.ports import Stored

BATCH = 200


def open_batches(house: Installation) -> Iterator[list[Stored]]:
    """Walk all open dossiers in the order of their codes, at most `BATCH` at a time."""
    dossiers = house.store.iterate(open_only=True)
    while batch := list(islice(dossiers, BATCH)):
        yield batch

"""What an auditor reads from the store: records by dossier, stored states by digest, rules as they are cited."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from audit.rulebook import Rulebook
from audit.verify import DOSSIER, snapshot_digest
from motcua.services.ports import Store

Progress = Callable[[int], None]


def dossiers(store: Store) -> Iterator[tuple[str, list[str]]]:
    """Walk the texts of all records of each dossier, by stream, one dossier at a time in memory."""
    for stream, rows in groupby(store.all_records(), attrgetter("stream")):
        if stream.startswith(DOSSIER):
            yield stream, [row.raw for row in rows]


def snapshots_of(store: Store) -> dict[str, str]:
    """Digests of the stored states by stream: a few dozen bytes for each dossier."""
    return {f"{DOSSIER}{stored.id}": snapshot_digest(stored.dossier) for stored in store.iterate()}


_MOST = 100
_known: dict[tuple[str, str], Any] = {}


def familiar(store: Store) -> Rulebook:
    """Return the rules that records cite, of which this process builds each text once: for pages that look again."""
    if len(_known) > _MOST:
        _known.clear()
    return rulebook(store, _known)


def rulebook(store: Store, known: dict[tuple[str, str], Any] | None = None) -> Rulebook:
    """Return the rules that records cite, read from the store by digest; what others built may be *known*."""

    def text_of(digest: str) -> str | None:
        known = store.version(digest)
        return known.compiled if known is not None else store.body(digest) or store.order_body(digest)

    return Rulebook(text_of, known)

"""Each kind of store in turn, empty, and all that a store shows."""

from collections.abc import Iterator
from typing import Any

import pytest
from changes import after, key
from fakes import MemoryStore

from motcua.services.ports import Store
from motcua.store.store import open_store

KINDS = ("memory", "sqlite", "postgres")


def each_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Yield an empty store of the kind that the request names."""
    if request.param == "memory":
        yield MemoryStore()
        return
    with open_store(request.getfixturevalue(f"{request.param}_url")) as opened:
        yield opened


def everything(store: Store) -> dict[str, Any]:
    """Return all that a store shows, to compare before and after."""
    late = after(10_000)
    return {
        "dossiers": list(store.iterate()),
        "records": list(store.all_records()),
        "heads": list(store.heads()),
        "due": store.due_ids(late, 1000),
        "waiting": store.waiting(1000),
        "dead": store.dead(1000),
        "tasks": store.tasks(),
        "waits": list(store.all_waits()),
        "register": store.nonconformities(),
        "steps": store.nonconformity_steps(),
        "personal": store.personal(key(1)),
        "versions": store.versions(),
        "calendars": store.adopted("calendar"),
    }

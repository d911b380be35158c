"""One contract for every store: figures of ended dossiers are kept, and taken over by newer ones."""

from dataclasses import replace

import pytest
from changes import key, opening
from stores import KINDS, each_store

from motcua.services.ports import KeptShares, Store

store = pytest.fixture(params=KINDS, name="store")(each_store)


def test_what_was_kept_last_is_there_and_nothing_of_others(store: Store) -> None:
    """By dossier; keeping nothing changes nothing."""
    store.write([opening(number) for number in (1, 2, 3)])
    first, second = (KeptShares(key(number), "a" * 64, "b" * 64, '{"late":false}') for number in (1, 2))
    store.keep_shares([first, second])
    store.keep_shares([])
    newer = replace(first, head="c" * 64, body='{"late":true}')
    store.keep_shares([newer])

    heads = {stored.id: stored.head for stored in store.load_ids([key(1), key(2), key(3)])}
    kept = {key(1): newer, key(2): second}
    assert [(id, heads[id], kept.get(id)) for id in sorted(heads)] == list(store.walk_shares())

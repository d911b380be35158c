"""One contract for every store: a key of a command stands once, with the change that answered it."""

import pytest
from changes import dossier, key, moving, opening
from stores import KINDS, each_store, everything

from motcua.services.ports import Answer, KeyTaken, Store

store = pytest.fixture(params=KINDS, name="store")(each_store)


def answer(number: int, seq: int, idem: str = "a", fingerprint: str = "f") -> Answer:
    """Return what stands under a key after record *seq* of dossier *number*."""
    return Answer(idem * 64, fingerprint * 64, key(number), seq)


def test_an_answer_is_found_by_its_key(store: Store) -> None:
    """What was written with a change comes back equal; a key that nobody used has no answer."""
    store.write([opening(1, answers=(answer(1, 1),))])
    store.write([moving(1, 2, answers=(answer(1, 2, "b"),)), opening(2, answers=(answer(2, 1, "c"),))])

    found = [store.answer(idem * 64) for idem in "abcd"]

    assert [answer(1, 1), answer(1, 2, "b"), answer(2, 1, "c"), None] == found


def test_a_key_is_answered_once(store: Store) -> None:
    """A second change under the same key, of whichever dossier, is refused with all that came with it."""
    store.write([opening(1, answers=(answer(1, 1),))])
    before = everything(store)

    for changes in (
        [moving(1, 2, answers=(answer(1, 2),))],
        [opening(2), opening(3, answers=(answer(3, 1),))],
    ):
        with pytest.raises(KeyTaken) as refused:
            store.write(changes)
        assert changes[-1].dossier.code in refused.value.message("vi")

    assert before == everything(store)


def test_a_rejected_change_leaves_no_answer(store: Store) -> None:
    """Where somebody else was faster the key stays free."""
    store.write([opening(1), moving(2, 2)])

    assert (False,) == store.write([opening(3, dossier=dossier(1), answers=(answer(3, 1),))])
    assert None is store.answer("a" * 64)

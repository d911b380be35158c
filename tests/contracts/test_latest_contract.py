"""The latest dossiers of some procedures, the same in every kind of store."""

from collections.abc import Iterator

import pytest
from changes import after, dossier, opening
from stores import KINDS, each_store

from motcua.services.ports import Store


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind."""
    yield from each_store(request)


def test_the_latest_come_first_of_the_procedures_and_statuses_that_are_asked_for(store: Store) -> None:
    """At most so many; none where no procedure is asked for."""
    for number, (procedure, public) in enumerate((("a", 10), ("a", 10), ("a", 4), ("b", 10)), 1):
        made = dossier(number, procedure=procedure, public=public)
        store.write([opening(number, dossier=made, at=after(number))])

    found = [
        [stored.dossier.code for stored in store.latest(procedures, (9, 10), limit)]
        for procedures, limit in ((("a",), 9), (("a", "b"), 9), (("a",), 1), ((), 9))
    ]

    one, two, four = (dossier(number).code for number in (1, 2, 4))
    assert [[two, one], [four, two, one], [two], []] == found

"""How PostgreSQL reads the inbox of a desk on which very many tasks lie."""

from typing import Any

from changes import AGENCY, opening, task
from sqlalchemy import event

from motcua.services.ports import InboxQuery, Pile
from motcua.store.store import open_store


def test_a_page_of_a_pool_comes_in_the_order_of_its_index(postgres_url: str) -> None:
    """Nothing but the page itself is sorted, so that a page costs the same on a desk of any size."""
    with open_store(postgres_url) as store, store.database.reading() as connection:
        store.write([opening(number, tasks=(task(1),)) for number in range(1, 4)])
        said: list[Any] = []
        event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2:4]))
        store.inbox(InboxQuery((Pile((AGENCY, "clerk"), None), Pile(None, "an"))), None, 50)
        [(statement, values)] = said
        for way in ("seqscan", "bitmapscan"):  # of few rows nothing else would be read
            connection.exec_driver_sql(f"SET enable_{way} = off")
        plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]

    piles = [line for line in plan if "on tasks" in line]
    above = [plan[plan.index(line) - 1] for line in piles]
    assert 2 == len(piles)
    assert all("Limit" in line for line in above), "\n".join(plan)

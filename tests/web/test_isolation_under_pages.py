"""Below every page lies the database's own filter: a handler that forgets whose rows it may show, shows no others'."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from changes import after, key, opening, rating, record, task, value
from fastapi import Request
from fastapi.testclient import TestClient
from world import FIRE, LEAD, directory, restarting
from world import definition as calendar_of

from motcua.bootstrap import paper_press
from motcua.bootstrap.house import build, close
from motcua.services.access import add_account, begin
from motcua.services.adopting import adopt_calendar, adopt_directory
from motcua.services.ports import NewRecord
from motcua.services.publishing import approve, propose
from motcua.settings import Settings
from motcua.web.app import create_app
from motcua.web.site import Site, house_of, site
from motcua.web.visitors import COOKIE

ROOMS_FOR_EVERYBODY = {
    "citizen",
    "coming_back",
    "feedback",
    "rating",
    "door",
    "front",
    "site",
    "visitors",
    "faults",
    "live",
}


@pytest.fixture(params=["postgres", "sqlite"])
def shared(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Site]:
    """A site over a database with a dossier for two agencies, and one for one of them."""
    house = build(request.getfixturevalue(f"{request.param}_url"), settings=settings)
    adopt_directory(house, directory(), "admin")
    adopt_calendar(house, calendar_of(), "admin")
    digest = approve(house, propose(house, restarting(), b"", "designer").digest, "approver").digest
    for number, agencies in {1: (FIRE, LEAD), 2: (LEAD,)}.items():
        made = opening(number, tasks=(task(number),), values=(value(1, "applicant.name"),), concerns=agencies)
        body = replace(made.dossier, cfg=digest)
        house.store.write([replace(made, dossier=body)])
        told = replace(
            rating(),
            id=f"{number:032x}",
            dossier_id=key(number),
            agency=LEAD if number == 2 else FIRE,
            seq=number,
        )
        house.store.add_rating(told, _record(number))
    yield site(house, settings, paper_press(settings))
    close(house)


def _record(number: int) -> NewRecord:
    return record("registry:H01.02", number, "registry")


def forgetful(shared: Site, person: str | None) -> dict[str, Any]:
    """What a page without any filter shows to a person; None: to nobody."""
    app = create_app(shared)

    @app.get("/quen")
    def forgets(request: Request) -> dict[str, Any]:
        store = house_of(request).store
        return {
            "dossiers": [row.code[-1] for row in store.find_dossiers()],
            "tasks": len(store.tasks()),
            "records": [len(store.records(f"dossier:{key(n)}")) for n in (1, 2)],
            "personal": [len(store.personal(key(n))) for n in (1, 2)],
            "ratings": sum(row.count for row in store.rating_counts(after(-1000), after(1000))),
            "comments": [one.comment is not None for n in (1, 2) for one in store.ratings_of(key(n))],
            "accounts": len(store.accounts()),
            "filters": len(store.saved_filters("firefighter")),
        }

    client = TestClient(app, base_url="https://testserver")
    if person is not None:
        house = shared.house
        account = add_account(house, f"{person}.login", person, person)
        client.cookies.set(COOKIE, begin(house, shared.doors, account, shared.wall.now()).token)
    found: dict[str, Any] = client.get("/quen").json()
    return found


def test_a_page_that_forgets_its_filter_shows_no_foreign_row(shared: Site) -> None:
    """Dossiers, tasks, records, personal values, ratings; accounts and filters are for no page at all."""
    whole = {"dossiers": ["1", "2"], "tasks": 2, "records": [1, 1], "personal": [1, 1]}
    hidden = {"accounts": 0, "filters": 0}

    assert {
        **whole, "ratings": 1, "comments": [True], **hidden
    } == forgetful(shared, "officer")  # fmt: skip
    assert {
        "dossiers": ["1"], "tasks": 1, "records": [1, 0], "personal": [1, 0], "ratings": 1, "comments": [True],
        **hidden,
    } == forgetful(shared, "firefighter")  # fmt: skip
    assert {
        "dossiers": [], "tasks": 0, "records": [0, 0], "personal": [0, 0], "ratings": 0, "comments": [], **hidden
    } == forgetful(shared, None)  # fmt: skip


def test_no_room_of_a_signed_in_person_reads_past_the_filter() -> None:
    """Rooms take the installation from `house_of`; those for everybody, who prove themselves otherwise, are named."""
    rooms = Path(__file__).parents[2] / "motcua" / "web"
    past = re.compile(r"\bsite(?:_of\(request\))?\.house\b")
    found = {
        path.relative_to(rooms).as_posix()
        for path in rooms.rglob("*.py")
        if path.stem not in ROOMS_FOR_EVERYBODY and past.search(path.read_text(encoding="utf-8"))
    }

    assert {"designer/bench.py", "api/callers.py", "api/calendars.py"} == found

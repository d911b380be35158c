"""A province after some weeks of work, a site over it, and a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from browsing import chromium, served
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from flows.cluster.processes import wait_until
from motcua.bootstrap import config_folder, paper_press, read_settings
from motcua.bootstrap.house import build, close
from motcua.bootstrap.rehearsal import notice_file, rehearsal_house
from motcua.services.access import PARTS, add_account, begin, play
from motcua.services.demonstrating import perform, period_of, publish_all
from motcua.settings import Settings
from motcua.web.app import create_app
from motcua.web.pages import Pages
from motcua.web.site import Site, pages_of, site
from motcua.web.visitors import COOKIE, csrf_of
from states.calendar import BusinessCalendar

DOSSIERS, SEED = 60, 2026
PATIENCE = 600.0
"""Seconds that a worker waits for another one to make the province."""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an installation of this run alone."""
    home = tmp_path_factory.mktemp("site")
    return read_settings({"MOTCUA_HOME": str(home)})


@pytest.fixture(scope="session")
def province_file(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of virtual time in which a province has worked; copied, never written again.

    All workers of a run share it: whoever comes first makes it, the others wait. MOTCUA_TEST_PROVINCE names a file
    in which it is kept from run to run, while one works on pages.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    kept = Path(os.environ.get("MOTCUA_TEST_PROVINCE") or shared / "province.db")
    try:
        kept.with_suffix(".making").mkdir()
    except FileExistsError:
        assert wait_until(kept.is_file, PATIENCE), "another worker could not make the province"
        return kept
    if not kept.is_file():
        _work(settings, tmp_path_factory.mktemp("province") / "motcua.db", kept)
    return kept


def _work(settings: Settings, file: Path, kept: Path) -> None:
    """Let the province work in *file*, and put it where it is kept at one stroke."""
    config = config_folder(settings)
    sources = [config.load(each) for each in config.procedure_files(config.root / "procedures")]
    calendar = BusinessCalendar(config.calendar(sources[0].procedure.calendar))
    period = period_of(calendar)
    with (
        rehearsal_house(f"sqlite:///{file}", settings, period.begins) as (house, clock),
        notice_file(file.with_name("notices.txt")) as notices,
    ):
        publish_all(house, [(source.procedure, source.source) for source in sources])
        perform(house, clock, notices, period, dossiers=DOSSIERS, seed=SEED, told=lambda _: None)
    ready = Path(shutil.copyfile(file, kept.with_suffix(".ready")))
    ready.replace(kept)


@pytest.fixture(scope="session")
def pages(settings: Settings) -> Pages:
    """The pages of this run: each template is compiled once."""
    return pages_of(settings)


@pytest.fixture
def province(settings: Settings, province_file: Path, pages: Pages, tmp_path: Path) -> Iterator[Site]:
    """A site over a copy of the province that this test alone changes."""
    copy = tmp_path / "motcua.db"
    shutil.copyfile(province_file, copy)
    house = build(f"sqlite:///{copy}", settings=settings)
    yield site(house, settings, paper_press(settings), pages=pages)
    close(house)


@pytest.fixture
def address(province: Site) -> Iterator[str]:
    """Where the province is served."""
    with served(province) as where:
        yield where


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in: cookies for a client, the same as a browser takes them, the token of forms.

    Attributes:
        person: Their id, as posts name it.
    """

    person: str
    cookies: dict[str, str]
    storage_state: Any
    csrf: str


_loops: list[BlockingPortal] = []


@pytest.fixture(scope="session", autouse=True)
def one_loop() -> Iterator[None]:
    """One loop in which all clients of a run ask: each would start one of its own for each question."""
    with start_blocking_portal() as loop:
        _loops.append(loop)
        yield
        _loops.clear()


def client_of(site: Site, who: SignedIn | None = None) -> TestClient:
    """A client of a site that keeps cookies and follows no redirection; signed in, where somebody is given."""
    client = TestClient(create_app(site), base_url="https://testserver", follow_redirects=False)
    [client.portal] = _loops
    if who is not None:
        client.cookies.update(who.cookies)
    return client


@pytest.fixture
def signed_in(province: Site) -> Callable[[str], SignedIn]:
    """Sign somebody in to the province: a part of the role picker (`officer`, `auditor`...) or a person by id."""

    def enter(who: str) -> SignedIn:
        house, doors, now = province.house, province.doors, province.wall.now()
        if who in {part.id for part in PARTS}:
            entered = play(house, doors, who, now)
        else:
            login = who.lower()
            known = house.store.account(login) or add_account(house, login, who, f"Cán bộ {who}")
            entered = begin(house, doors, known, now)
        account = house.store.account(entered.session.login)
        assert account is not None
        cookie = {"name": COOKIE, "value": entered.token, "domain": "localhost", "path": "/", "expires": -1}
        state = {"cookies": [{**cookie, "httpOnly": True, "secure": True, "sameSite": "Lax"}], "origins": []}
        return SignedIn(account.person, {COOKIE: entered.token}, state, csrf_of(entered.token))

    return enter


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this run."""
    with chromium() as found:
        yield found

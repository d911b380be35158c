"""A province after some weeks of work, a site over it, and a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import chromium, served
from playwright.sync_api import Browser

from motcua.bootstrap import config_folder, paper_press, read_settings
from motcua.bootstrap.house import build, close
from motcua.bootstrap.rehearsal import notice_file, rehearsal_house
from motcua.services.demonstrating import perform, period_of, publish_all
from motcua.settings import Settings
from motcua.web.site import Site, site
from states.calendar import BusinessCalendar

DOSSIERS, SEED = 60, 2026


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an installation of this run alone."""
    home = tmp_path_factory.mktemp("site")
    return read_settings({"MOTCUA_HOME": str(home)})


@pytest.fixture(scope="session")
def province_file(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of virtual time in which a province has worked; copied, never written again."""
    folder = tmp_path_factory.mktemp("province")
    config = config_folder(settings)
    sources = [config.load(file) for file in config.procedure_files(config.root / "procedures")]
    calendar = BusinessCalendar(config.calendar(sources[0].procedure.calendar))
    period = period_of(calendar)
    url = f"sqlite:///{folder / 'motcua.db'}"
    with (
        rehearsal_house(url, settings, period.begins) as (house, clock),
        notice_file(folder / "notices.txt") as notices,
    ):
        publish_all(house, [(source.procedure, source.source) for source in sources])
        perform(house, clock, notices, period, dossiers=DOSSIERS, seed=SEED, told=lambda _: None)
    return folder / "motcua.db"


@pytest.fixture
def province(settings: Settings, province_file: Path, tmp_path: Path) -> Iterator[Site]:
    """A site over a copy of the province that this test alone changes."""
    copy = tmp_path / "motcua.db"
    shutil.copyfile(province_file, copy)
    house = build(f"sqlite:///{copy}", settings=settings)
    yield site(house, settings, paper_press(settings))
    close(house)


@pytest.fixture
def address(province: Site) -> Iterator[str]:
    """Where the province is served."""
    with served(province) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this run."""
    with chromium() as found:
        yield found

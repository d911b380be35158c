"""Puts together what a drill of handoffs needs: two installations that know each other, whose time runs together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from motcua.adapters.clock import SystemClock
from motcua.adapters.standard_webhooks import generate
from motcua.bootstrap.house import config_folder
from motcua.bootstrap.kill_drill import BEGINS, PACE
from motcua.bootstrap.portal import needed_portal
from motcua.bootstrap.rehearsal import rehearsal_house
from motcua.services.demonstrating import publish_all
from motcua.services.installation import VIRTUAL_PACE
from motcua.services.ports import Portal
from motcua.settings import Settings

CONFIG = "handoff_drill"
PATIENCE, PAUSE = timedelta(seconds=1), timedelta(seconds=1.5)
"""A side waits so long for the portal, which answers later than that where it is slow."""

CHANCE = 0.2
"""So large a part of what the portal is asked goes wrong until it heals."""


class Told(Protocol):
    """What a portal was told."""

    dossiers: dict[str, dict[str, Any]]
    progress: list[dict[str, Any]]


class TroubledPortal(Protocol):
    """A portal as the drill sees it; it counts what it was asked, and how often it misbehaved."""

    asked: int
    troubled: int

    @property
    def url(self) -> str:
        """Where it listens."""
        ...

    @property
    def ledger(self) -> Told:
        """What it knows."""
        ...

    def heal(self) -> None:
        """Misbehave no more."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """One side of the drill.

    Attributes:
        procedure: What its own dossiers go by, and what an offer of the other side opens.
        port: Where it takes messages.
    """

    name: str
    agency: str
    procedure: str
    port: int
    settings: Settings

    @property
    def log(self) -> str:
        """The name of its log."""
        return self.settings.log_origin


def two_places(
    settings: Settings, folder: Path, ports: Mapping[str, int], portal: str
) -> tuple[Place, Place]:
    """Return both sides, which write below *folder*; nothing is made yet. *portal* is the URL of theirs."""
    one, other = (
        Place(name, agency, procedure, ports[name], _settings(settings, folder / name, name, portal, agency))
        for name, agency, procedure in (("a", "H98.01", "9.000097"), ("b", "H98.02", "9.000098"))
    )
    return one, other


@contextmanager
def troubled_portal(seed: int) -> Iterator[TroubledPortal]:
    """Lend a portal for both sides; it is slow, broken, lost for words and late, until it is healed."""
    from motcua.adapters.stand_in.portal import MISCHIEF, StandInPortal

    portal = StandInPortal(mischief=MISCHIEF, seed=seed, pause=PAUSE, chance=CHANCE).start()
    try:
        yield portal
    finally:
        portal.close()


def impatient_portal(settings: Settings) -> Portal:
    """Return a side's way to the portal."""
    return needed_portal(settings, PATIENCE)


def _settings(settings: Settings, home: Path, name: str, portal: str, unit: str) -> Settings:
    return replace(
        settings,
        home=home,
        mailbox_dir=home / "mailbox",
        config_dir=settings.templates_dir / CONFIG,
        database_url=f"sqlite:///{home / 'motcua.db'}",
        log_origin=f"motcua.drill/{name}",
        engine="embedded",
        channels=("mailbox",),
        contacts=None,
        peers=home / "peers.toml",
        webhook_key_file=home / "key",
        portal_url=portal,
        portal_unit=unit,
        portal_token_file=None,
    )


def prepare(places: tuple[Place, Place], wires: Mapping[str, int]) -> None:
    """Make keys, files of peers and databases; *wires* are the ports that lead to each side, by its name."""
    public = {}
    for place in places:
        place.settings.home.mkdir()
        secret, public[place.name] = generate()
        _key(place).write_text(f"{secret}\n", encoding="ascii")
        _key(place).chmod(0o600)
    for place, other in (places, places[::-1]):
        (place.settings.home / "peers.toml").write_text(
            f'[{other.name}]\nlog = "{other.log}"\nurl = "http://127.0.0.1:{wires[other.name]}/peer"\n'
            f'keys = ["{public[other.name]}"]\nagencies = ["{other.agency}"]\n'
            f'[{other.name}.opens]\n"{other.procedure}" = "{place.procedure}"\n',
            encoding="utf-8",
        )
    since = SystemClock().now().isoformat()
    for place in places:
        _database(place, since)


def _key(place: Place) -> Path:
    return place.settings.home / "key"


def _database(place: Place, since: str) -> None:
    config = config_folder(place.settings)
    sources = [config.load(file) for file in config.procedure_files(config.root / "procedures")]
    with rehearsal_house(place.settings.database_url, place.settings, BEGINS) as (house, _):
        publish_all(house, [(source.procedure, source.source) for source in sources])
        house.store.set_note(VIRTUAL_PACE, f"{PACE} {since}")

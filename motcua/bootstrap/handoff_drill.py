"""Puts together what a drill of handoffs needs: two installations that know each other, whose time runs together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from motcua.adapters.clock import SystemClock
from motcua.adapters.standard_webhooks import generate
from motcua.bootstrap.house import config_folder
from motcua.bootstrap.kill_drill import BEGINS, PACE
from motcua.bootstrap.rehearsal import rehearsal_house
from motcua.services.demonstrating import publish_all
from motcua.services.installation import VIRTUAL_PACE
from motcua.settings import Settings

CONFIG = "handoff_drill"


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


def two_places(settings: Settings, folder: Path, ports: Mapping[str, int]) -> tuple[Place, Place]:
    """Return both sides, which write below *folder*; nothing is made yet."""
    one, other = (
        Place(name, agency, procedure, ports[name], _settings(settings, folder / name, name))
        for name, agency, procedure in (("a", "H98.01", "9.000097"), ("b", "H98.02", "9.000098"))
    )
    return one, other


def _settings(settings: Settings, home: Path, name: str) -> Settings:
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

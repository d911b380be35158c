"""Puts together what a drill of sudden death needs: a config of its own, and a database whose time runs fast."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from motcua.adapters.clock import SystemClock
from motcua.bootstrap.house import config_folder
from motcua.bootstrap.rehearsal import rehearsal_house
from motcua.services.demonstrating import publish_all
from motcua.services.installation import VIRTUAL_PACE
from motcua.settings import Settings

CONFIG = "drill"
BEGINS = datetime.fromisoformat("2026-03-02T08:00:00+07:00")
PACE = 300
"""A quarter of an hour, the shortest term, passes in three seconds."""


def drill_settings(settings: Settings, folder: Path) -> Settings:
    """Return settings by which everything is written below *folder*, and the config is the drill's own."""
    return replace(
        settings,
        home=folder,
        mailbox_dir=folder / "mailbox",
        config_dir=settings.templates_dir / CONFIG,
        log_origin="motcua.drill/kill",
        engine="embedded",
        channels=("mailbox",),
        contacts=None,
    )


def prepare(url: str, settings: Settings) -> None:
    """Make the database, put the drill's procedure in force, and let its time run from now on.

    Args:
        url: Of a database that is empty, or of an SQLite file that does not exist.
        settings: Those of the drill.

    Raises:
        DatabaseNotEmpty: It holds dossiers or records.
        DatabaseNotReady: It cannot be reached or written.
    """
    config = config_folder(settings)
    sources = [config.load(file) for file in config.procedure_files(config.root / "procedures")]
    with rehearsal_house(url, settings, BEGINS) as (house, _):
        publish_all(house, [(source.procedure, source.source) for source in sources])
        house.store.set_note(VIRTUAL_PACE, f"{PACE} {SystemClock().now().isoformat()}")


def server_folder(url: str) -> Path | None:
    """Return where the PostgreSQL server of a database keeps its data; None for an SQLite file.

    Raises:
        DatabaseNotReady: It cannot be reached, or does not tell this user.
    """
    from motcua.store.server import data_folder

    return data_folder(url)

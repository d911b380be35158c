"""The shipped province for stories of several dossiers, and short ways to act in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from motcua.bootstrap import config_folder, read_settings
from motcua.bootstrap.rehearsal import rehearsal_house
from motcua.services.auditing import reconcile, verify_store
from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating import publish_all
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.outbox import deliver_pending
from motcua.services.ports import Stored
from motcua.services.transitions import Particulars, send
from states.procedure import Procedure

SETTINGS = read_settings({})
CONFIG = config_folder(SETTINGS)
BEGINS = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
HERE, THERE, CENTRE = "H99.41.01", "H99.41.03", "H99.01"
BIRTH, BUSINESS = "2.002621", "1.001612"
APPLICANT = {"full_name": "Nguyễn Thị Lan", "phone": "0900000000"}


class Post:
    """A channel that takes everything."""

    name = "post"

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Take a message."""


@dataclass
class Province:
    """The shipped province, and short ways to act in it."""

    house: Installation
    clock: Any

    def after(self, **amount: float) -> None:
        """Let time pass, what falls due take effect, and messages leave."""
        self.clock.move(self.clock.now() + timedelta(**amount))
        assert {} == pass_deadlines(self.house).failed
        deliver_pending(self.house, Post())

    def act(self, code: str, transition: str, **given: Any) -> Stored:
        """Somebody who may does it; then what that owes is relayed."""
        stored = self.house.store.load(code)
        world = self.house.worlds.of(stored.dossier.cfg)
        role = next(filter(None, map(world.procedure.role.get, world.procedure.transition[transition].by)))
        day = world.calendar.local_date(self.clock.now())
        holders = world.directory.holders(stored.dossier.parties[role.party], role.position, day)
        person = next((task.assignee for task in stored.dossier.tasks if task.assignee), holders[0])
        moved = send(self.house, code, transition, officer(self.house, person), None, Particulars(**given))
        deliver_pending(self.house, Post())
        return moved

    def children(self, code: str) -> dict[str, str]:
        """The codes of the components of a group, as far as they are open."""
        found = self.house.store.load(code).dossier.children
        return {name: child.dossier for name, child in found.items() if child.dossier is not None}

    def sound(self) -> None:
        """The trail verifies, parents and children agree, and no escalation was missed."""
        assert () == verify_store(self.house).findings
        assert reconcile(self.house, self.clock.now()).ok


@cache
def _sources() -> tuple[tuple[Procedure, bytes], ...]:
    files = CONFIG.procedure_files(CONFIG.root / "procedures")
    return tuple((source.procedure, source.source) for source in map(CONFIG.load, files))


@contextmanager
def shipped_province(folder: Path) -> Iterator[Province]:
    """Lend a database of virtual time with everything that ships in force."""
    with rehearsal_house(f"sqlite:///{folder / 'motcua.db'}", SETTINGS, BEGINS) as (house, clock):
        publish_all(house, _sources())
        yield Province(house, clock)


def birth(province: Province) -> str:
    """A child's papers are handed in here and concern a commune elsewhere; returns the code of the group."""
    given = Submission(
        BIRTH,
        "counter",
        THERE,
        {"wants_card": False},
        ("to_khai", "giay_chung_sinh"),
        APPLICANT,
        received=HERE,
    )
    code = submit(province.house, given).dossier.code
    province.act(code, "accept")
    return code

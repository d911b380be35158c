"""One side of the drill: its door, its relays and its clerk in one process, which may be killed at any instant.

What the clerk has to do it reads off the database each time; only what it was told is done stands in a ledger outside.
"""

import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import FrameType

from flows.kill_drill.ledger import Asked, Ledger, Told, read_lines
from motcua.bootstrap import notice_channel, open_house, read_settings
from motcua.bootstrap.handoff_drill import impatient_portal
from motcua.bootstrap.peering import peer_server
from motcua.services import handoffs
from motcua.services.handoffs import Asked as Wanted
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.outbox import deliver_pending, retry_all
from motcua.services.portal import tell_portal
from motcua.services.ports import Stored
from motcua.services.transitions import Particulars, send
from motcua.settings import Settings
from states.commands import Actor
from states.errors import DomainError

UNDER_WAY = 24
BREATH = 0.05
DECLINED = 10
"""One of so many offers is given back."""


@dataclass
class Clerk:
    """Does whatever is to be done, a little of it at a time."""

    house: Installation
    ledger: Ledger
    procedure: str
    agency: str
    wanted: int
    random: Random
    asked: int = 0
    open_key: str | None = None

    def __post_init__(self) -> None:
        directory = self.house.worlds.directory
        person = next(
            post.officer
            for post in directory.posts
            if (post.agency, post.position) == (self.agency, "officer")
        )
        self.actor: Actor = officer(self.house, person)

    def work(self) -> None:
        """Move what can be moved, and take in what is still wanted."""
        open_now = list(self.house.store.iterate(open_only=True))
        for stored in open_now:
            try:
                self._move(stored)
            except DomainError:
                continue  # somebody answered meanwhile; it is looked at again
        ours = sum(stored.dossier.origin is None for stored in open_now)
        for _ in range(UNDER_WAY - ours):
            self._take_in()

    def _move(self, stored: Stored) -> None:
        dossier = stored.dossier
        if dossier.states != ("submitted",):
            return
        if dossier.origin is None:
            back = "lent" in dossier.handoffs
            self._send(stored, "conclude" if back else "lend")
        elif dossier.offered("submitted") is None:
            self._send(stored, "conclude")
        else:
            self._answer(stored)

    def _answer(self, stored: Stored) -> None:
        asked = Wanted(stored.dossier.code, "submitted", self.actor, stored.dossier.version)
        if not self.random.randrange(DECLINED):
            handoffs.give_back(self.house, asked, "diễn tập")
        elif stored.dossier.handoffs["submitted"].acknowledged_at is None and self.random.randrange(2):
            handoffs.acknowledge(self.house, asked)
        else:
            handoffs.accept(self.house, asked)

    def _send(self, stored: Stored, transition: str) -> None:
        dossier = stored.dossier
        send(self.house, dossier.code, transition, self.actor, dossier.version, Particulars())

    def _take_in(self) -> None:
        key = self.open_key
        if key is None:
            if self.asked >= self.wanted:
                return
            self.asked += 1
            key = f"{self.agency}-{self.asked}"
            self.ledger.ask(Asked(key, ""))
        self.open_key = key
        stored = submit(
            self.house,
            Submission(self.procedure, "counter", self.agency, documents=("don",)),
            self.actor,
            key=key,
        )
        dossier = stored.dossier
        self.ledger.acknowledge(Told(key, "", stored.id, stored.seq, dossier.code, dossier.version))
        self.open_key = None


def _clerk(house: Installation, ledger: Path, procedure: str, agency: str, wanted: int, seed: int) -> Clerk:
    lines, _ = read_lines(ledger)
    asked = [line["asked"]["key"] for line in lines if "asked" in line]
    told = {line["told"]["key"] for line in lines if "told" in line}
    waits = asked[-1] if asked and asked[-1] not in told else None
    random = Random(seed + len(lines))
    return Clerk(house, Ledger(ledger), procedure, agency, wanted, random, len(asked), waits)


def _relay(house: Installation, settings: Settings, stopped: threading.Event) -> None:
    """An operator lets what was given up be tried again at once: the other side was only dead."""
    channel = notice_channel(house, settings)
    try:
        while not stopped.wait(BREATH):
            retry_all(house)
            deliver_pending(house, channel)
    finally:
        stopped.set()  # a side without a relay would only look alive


def _inform(house: Installation, settings: Settings, stopped: threading.Event) -> None:
    """Keep the national portal informed, however it behaves."""
    portal = impatient_portal(settings)
    try:
        while not stopped.wait(BREATH):
            tell_portal(house, portal, lambda: not stopped.is_set())
    finally:
        stopped.set()


def main(ledger: str, port: str, procedure: str, agency: str, wanted: str, seed: str) -> None:
    """Be one side until SIGTERM, or a sudden end."""
    stopped, settings = threading.Event(), read_settings()

    def stop(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=stopped.set).start()

    signal.signal(signal.SIGTERM, stop)
    with open_house() as doors, open_house() as desk, open_house() as post, open_house() as line:
        server = peer_server(doors, settings, "127.0.0.1", int(port))
        jobs = [
            threading.Thread(target=server.serve_forever),
            threading.Thread(target=_relay, args=(post, settings, stopped), daemon=True),
            threading.Thread(target=_inform, args=(line, settings, stopped), daemon=True),
        ]
        for job in jobs:
            job.start()
        clerk = _clerk(desk, Path(ledger), procedure, agency, int(wanted), int(seed))
        try:
            while not stopped.wait(BREATH):
                clerk.work()
        finally:
            stopped.set()
            server.shutdown()
            server.server_close()
            for job in jobs:
                job.join()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A client of the drill: asks one command after the other, each under a key, until it is told to stop or killed.

Born again, it asks first what it had asked last and has no answer to, under the same key.
"""

import signal
import sys
import threading
from collections import deque
from pathlib import Path
from random import Random
from types import FrameType

from flows.kill_drill.ledger import Asked, Ledger, Told, read_lines
from motcua.bootstrap import open_house
from motcua.services.idempotency import once
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.ports import Busy, DatabaseNotReady, Stored
from motcua.services.transitions import Particulars, send
from states.commands import Actor
from states.errors import DomainError

PROCEDURE, AGENCY = "9.000099", "H98.01"
NEXT = {"": "accept", "accept": "appraise", "appraise": "sign"}
POSITION = {"": "one_stop_officer", "accept": "one_stop_officer", "appraise": "officer", "sign": "head"}
AT_HAND = 12
"""So many dossiers lie on the desk; the oldest ones wait there until they are late."""

BREATH, RETRY = 0.02, 0.1


class Client:
    """One client, with a ledger and a desk of its own."""

    def __init__(self, ledger: Path, seed: int) -> None:
        """Read what was asked and told before; *seed* decides what is asked next."""
        self.stopped = threading.Event()
        self._ledger = Ledger(ledger)
        self._name = ledger.stem
        self._desk: deque[Told] = deque()
        self._last: dict[str, Asked] = {}
        self._open: Asked | None = None
        lines, _ = read_lines(ledger)
        for line in lines:
            if "asked" in line:
                self._begin(Asked(**line["asked"]))
            elif "told" in line:
                self._end(Told(**line["told"]))
            else:
                self._open = None
        self._count = sum("asked" in line for line in lines)
        self._random = Random(seed + self._count)

    def run(self) -> None:
        """Work until `stopped`; a database that is away for a while is waited for."""
        while not self.stopped.is_set():
            try:
                with open_house() as house:
                    self._work(house)
            except DatabaseNotReady:
                self.stopped.wait(RETRY)

    def _work(self, house: Installation) -> None:
        while not self.stopped.is_set():
            asked = self._open or self._choose()
            if self._open is None:
                self._begin(asked)
                self._ledger.ask(asked)
            try:
                self._tell(house, asked)
            except Busy:
                continue
            except DatabaseNotReady:
                raise
            except DomainError as refused:
                self._ledger.refuse(asked.key, refused.message("en"))
                self._open = None
            self.stopped.wait(BREATH)

    def _tell(self, house: Installation, asked: Asked) -> None:
        actor = _actor(house, asked.transition)
        stored = _carry_out(house, asked, actor)
        known = once(asked.key, actor, None, None)
        assert known is not None
        code, version = stored.dossier.code, stored.dossier.version
        told = Told(asked.key, known.idem, stored.id, stored.seq, code, version)
        self._ledger.acknowledge(told)
        self._end(told)

    def _choose(self) -> Asked:
        """Take a new dossier in, or move one on; the desk is never empty for long, and never grows."""
        self._count += 1
        key = f"{self._name}-{self._count}"
        if len(self._desk) < AT_HAND or not self._random.randrange(4):
            return Asked(key, "")
        seen = self._desk[self._random.randrange(len(self._desk))]
        return Asked(key, NEXT[self._last[seen.code].transition], seen.code, seen.version)

    def _begin(self, asked: Asked) -> None:
        self._open = asked
        if asked.code:
            self._desk = deque(seen for seen in self._desk if seen.code != asked.code)

    def _end(self, told: Told) -> None:
        assert self._open is not None
        self._last[told.code], self._open = self._open, None
        if self._last[told.code].transition in NEXT:
            self._desk.append(told)
        if len(self._desk) > 2 * AT_HAND:
            self._desk.popleft()  # nobody comes back to it: its clocks run out


def _actor(house: Installation, transition: str) -> Actor:
    directory = house.worlds.directory
    person = next(
        post.officer for post in directory.posts
        if (post.agency, post.position) == (AGENCY, POSITION[transition])
    )  # fmt: skip
    return officer(house, person)


def _carry_out(house: Installation, asked: Asked, actor: Actor) -> Stored:
    if not asked.transition:
        return submit(
            house, Submission(PROCEDURE, "counter", AGENCY, documents=("don",)), actor, key=asked.key
        )
    return send(house, asked.code, asked.transition, actor, asked.version, Particulars(), key=asked.key)


def main(ledger: str, seed: str) -> None:
    """Be a client until SIGTERM."""
    client = Client(Path(ledger), int(seed))

    def stop(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=client.stopped.set).start()

    signal.signal(signal.SIGTERM, stop)
    client.run()


if __name__ == "__main__":
    main(*sys.argv[1:])

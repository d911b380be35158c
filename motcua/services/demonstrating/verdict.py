"""The verdict on a demonstration: verified, replayed, recounted, a forgery caught, and the figures of it all."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.verify import Level
from audit.verify import Report as Verified
from motcua.services.auditing import Reconciled, Replayed, reconcile, replay_all, verify_store
from motcua.services.demonstrating.between import Between, figures_between, look_between
from motcua.services.demonstrating.temper import WITHDRAWN
from motcua.services.installation import Installation
from motcua.services.ports import NewRecord
from motcua.services.reports import Standing, standing

ForgedCopy = Callable[[NewRecord], AbstractContextManager[Installation]]
MOVED = frozenset({"opened", "transition"})


@dataclass(frozen=True, slots=True)
class Tampered:
    """A record of a copy was changed behind the back of the database; what verifying that copy said.

    Attributes:
        code: The dossier of the record: the one that most happened to.
        caught: Whether the first thing found is the record that was changed.
        first_bad: Where the first thing found is; None when nothing was found.
    """

    code: str
    changed: NewRecord
    caught: bool
    first_bad: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is true of the whole province when the curtain falls.

    Attributes:
        transitions: Dossiers opened and moved, by people and by the clock.
    """

    transitions: int
    standing: Standing
    verified: Verified
    replayed: Replayed
    reconciled: Reconciled
    between: Between
    tampered: Tampered

    @property
    def ok(self) -> bool:
        """Whether nothing at all is wrong: whose time it was adds up, and a submission counts once, too."""
        sound = self.verified.ok and not self.replayed.different and self.reconciled.ok
        once = self.standing.dossiers == self.between.submissions
        return sound and once and not self.between.differing and self.tampered.caught


def judge(house: Installation, until: datetime, forged: ForgedCopy, told: Callable[[int], None]) -> Verdict:
    """Verify, replay and recount everything up to *until*, then have a forged copy caught.

    Args:
        house: The installation.
        until: The instant up to which everything due must have fired.
        forged: Lends a copy of the database in which one byte of a record was changed.
        told: Called after each of five parts.
    """
    verified = verify_store(house)
    told(1)
    replayed = replay_all(house)
    told(1)
    reconciled = reconcile(house, until)
    told(1)
    between = look_between(house)
    told(1)
    tampered = _tampered(house, forged)
    told(1)
    moved = sum(record.type in MOVED for record in house.store.all_records())
    return Verdict(moved, standing(house), verified, replayed, reconciled, between, tampered)


def _tampered(house: Installation, forged: ForgedCopy) -> Tampered:
    """Forge the record in the middle of the longest story; the same for the same seed, but for ids."""
    longest = max(house.store.iterate(), key=lambda stored: (stored.seq, stored.dossier.code))
    records = house.store.records(f"dossier:{longest.id}")
    record = records[len(records) // 2]
    with forged(record) as copy:
        found = verify_store(copy, Level.CHAIN).first
    place = None if found is None else (found.stream, found.seq)
    return Tampered(longest.dossier.code, record, place == (record.stream, record.seq), place)


def figures(verdict: Verdict, procedures: int, agencies: int) -> dict[str, Any]:
    """Return the figures of the contract; those of the same seed are the same but for the place of the forgery."""
    sums, due, replayed = verdict.standing, verdict.reconciled, verdict.replayed
    place = verdict.tampered.first_bad
    return {
        "procedures": procedures,
        "agencies": agencies,
        "dossiers": sums.dossiers,
        "components": 0 if sums.components is None else sums.components.dossiers,
        "transitions": verdict.transitions,
        "records": verdict.verified.records,
        "on_time_rate": _rounded(sums.total.rate),
        "on_time_rate_first_appointment": _rounded(sums.total.first_rate),
        "finished": sums.total.finished,
        "rungs": {"due": due.due, "fired": due.fired, "doubled": due.doubled, "missed": due.missed},
        "clocks_run_out": {"due": due.ends_due, "fired": due.ends_fired},
        "apologies": sums.apologies,
        "supplements": sums.suspensions,
        "withdrawals": sums.outcomes[WITHDRAWN],
        "outcomes": dict(sorted(sums.outcomes.items())),
        "states": {code: dict(sorted(counts.items())) for code, counts in sorted(sums.states.items())},
        "verify": {"ok": verdict.verified.ok, "records": verdict.verified.records},
        "replay": {"equal": replayed.equal, "different": len(replayed.different)},
        "tamper": {
            "caught": verdict.tampered.caught,
            "dossier": verdict.tampered.code,
            "first_bad": None if place is None else {"stream": place[0], "seq": place[1]},
        },
        "between": figures_between(verdict.between),
    }


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)

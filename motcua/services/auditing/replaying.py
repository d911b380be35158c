"""Replays dossiers from nothing but their records, and compares with the state that is stored."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from audit.chain import StoredRecord, first_break
from audit.record import UnreadableRecord, from_raw
from audit.replay import Moment, Turn, Unreplayable, lines, replay, snapshot_text, turns
from audit.verify import DOSSIER, snapshot_digest
from motcua.services.auditing.reading import Progress, dossiers, snapshots_of
from motcua.services.installation import Installation


@dataclass(frozen=True, slots=True)
class DossierReplay:
    """One dossier, replayed.

    Attributes:
        lines: A line of state after each record.
        equal: Whether its chain is whole and the last state is, to the byte, the one that is stored.
    """

    lines: list[dict[str, Any]]
    equal: bool


@dataclass(slots=True)
class Replayed:
    """How many dossiers replay to the state that is stored, and the streams of those that do not, with a reason."""

    equal: int = 0
    different: dict[str, str] = field(default_factory=dict)


def replay_dossier(house: Installation, code: str) -> DossierReplay:
    """Replay one dossier from its records.

    Raises:
        DossierNotFound: No such dossier.
        UnreadableRecord, Unreplayable: Its records cannot be replayed.
    """
    stored = house.store.load(code)
    stream = f"{DOSSIER}{stored.id}"
    rows = [StoredRecord(r.stream, r.seq, r.raw, r.leaf_hash) for r in house.store.records(stream)]
    moments: list[Moment] = list(replay(row.raw for row in rows))
    procedure = house.worlds.procedure(stored.dossier.cfg)
    whole = first_break(stream, rows, (stored.seq, stored.head)) is None
    equal = whole and bool(moments) and snapshot_text(moments[-1].dossier) == snapshot_text(stored.dossier)
    return DossierReplay(lines(moments, procedure, house.worlds.calendars), equal)


def replay_all(house: Installation, on_dossier: Progress | None = None) -> Replayed:
    """Replay every dossier and compare it with the state that is stored, one at a time in memory."""
    snapshots, done = snapshots_of(house.store), Replayed()
    for number, (stream, raws) in enumerate(dossiers(house.store), 1):
        reason = _difference(raws, snapshots.pop(stream, ""))
        if reason is None:
            done.equal += 1
        else:
            done.different[stream] = reason
        if on_dossier is not None:
            on_dossier(number)
    done.different.update(dict.fromkeys(snapshots, "it has no record"))
    return done


def _difference(raws: list[str], stored: str) -> str | None:
    last: Turn | None = None
    try:
        last = next(iter(deque(turns(map(from_raw, raws)), maxlen=1)), None)
    except (UnreadableRecord, Unreplayable) as error:
        return error.message("en")
    same = last is not None and snapshot_digest(last.after) == stored
    return None if same else "the replayed state differs from the stored one"

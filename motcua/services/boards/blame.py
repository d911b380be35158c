"""Whose time it was, summed over a few dossiers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.responsibility import responsibility

Plain = dict[str, Any]
_FRESH = timedelta(minutes=1)
_MOST = 50
_lately: dict[tuple[str, ...], tuple[datetime | None, list[Plain]]] = {}
"""What was found within the last minute, by the heads of the dossiers: for a leader who walks to and fro."""

_SUMS = ("microseconds", "working_minutes", "over_minutes")


def blame(house: Installation, ids: Sequence[str]) -> list[Plain]:
    """Return what each party had of some dossiers, from their records; who made most of them late first.

    Args:
        house: The installation.
        ids: Few: the records of each are replayed, those of the same ones at most once a minute.
    """
    now, heads = house.now(), (pin.head for pin in house.store.pins(ids).values())
    key = (house.worlds.directory_digest, *sorted(heads))
    at, rows = _lately.get(key, (None, []))
    if at is None or not at <= now < at + _FRESH:
        rows = _summed(house, house.store.load_ids(ids))
        if len(_lately) >= _MOST:
            _lately.clear()
        _lately[key] = now, rows
    return rows


def _summed(house: Installation, read: Sequence[Stored]) -> list[Plain]:
    parties: dict[tuple[str, str], Plain] = {}
    for stored in read:
        found = responsibility(house, stored)
        late = found["made_late_by"]
        for share in found["parties"]:
            place = (share["kind"], share["party"])
            row = parties.setdefault(place, _empty(share))
            row["dossiers"] += 1
            row["made_late"] += late is not None and (late["kind"], late["party"]) == place
            for name in _SUMS:
                row[name] += share[name]
    return sorted(parties.values(), key=lambda row: (-row["made_late"], -row["over_minutes"], row["party"]))


def _empty(share: Plain) -> Plain:
    who = {name: share[name] for name in ("kind", "party", "name")}
    return {**who, "dossiers": 0, "made_late": 0, **dict.fromkeys(_SUMS, 0)}

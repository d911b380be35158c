"""`motcua audit recount`: what the clock owed and what it did, counted by code that the sweep does not use."""

from typing import Any

import typer

from audit.fault import Fault
from motcua.cli.lending import reading
from motcua.cli.output import ExitCode, show_found, show_text, words
from motcua.services.auditing import Reconciled, missing_numbers, reconcile
from motcua.services.installation import Installation

_KINDS_VI = {
    "missed": "bị sót",
    "doubled": "bị trùng",
    "early": "phát sớm",
    "misdated": "sai thời điểm đến hạn",
    "out_of_order": "sai thứ tự",
}


@reading
def recount(house: Installation) -> None:
    """Recount every escalation from the trail and the calendars; exit 6 names what is missed, doubled or early.

    Also names dossier numbers that are missing between those that exist.

    Example: motcua audit recount --json
    """
    counted = reconcile(house, house.now())
    gaps = missing_numbers(house)
    show_found(_told(counted, gaps), _show, counted, gaps)
    raise typer.Exit(ExitCode.OK if counted.ok and not gaps else ExitCode.UNSOUND)


def _told(counted: Reconciled, gaps: list[str]) -> dict[str, Any]:
    return {
        "ok": counted.ok and not gaps,
        "rungs": {"due": counted.due, "fired": counted.fired, **_faults(counted)},
        "ends": {"due": counted.ends_due, "fired": counted.ends_fired},
        "faults": [_fault(fault) for fault in counted.faults],
        "unreadable": counted.unreadable,
        "missing_numbers": gaps,
    }


def _fault(fault: Fault) -> dict[str, Any]:
    due_at = None if fault.due_at is None else fault.due_at.isoformat()
    return {
        "kind": fault.kind,
        "stream": fault.stream,
        "seq": fault.seq,
        "clock": fault.clock,
        "epoch": fault.epoch,
        "rung": fault.rung,
        "due_at": due_at,
    }


def _sentence(fault: Fault) -> str:
    name = f"{fault.stream} seq {fault.seq}: {fault.clock}/{fault.rung} ({fault.epoch})"
    return words(
        f"{name}: {_KINDS_VI[fault.kind]}, đến hạn {fault.due_at}",
        f"{name}: {fault.kind}, due {fault.due_at}",
    )


def _faults(counted: Reconciled) -> dict[str, int]:
    kinds = ("missed", "doubled", "early", "misdated", "out_of_order")
    return {kind: counted.counts[kind] for kind in kinds}


def _show(counted: Reconciled, gaps: list[str]) -> None:
    faults = ", ".join(f"{kind} {number}" for kind, number in _faults(counted).items())
    show_text(
        words(
            f"mức cảnh báo đến hạn {counted.due}, đã phát {counted.fired}; sai lệch: {faults}",
            f"rungs due {counted.due}, fired {counted.fired}; faults: {faults}",
        )
    )
    for line in [
        *map(_sentence, counted.faults),
        *(f"{key}: {why}" for key, why in counted.unreadable.items()),
    ]:
        show_text(f"  ✗ {line}")
    for code in gaps:
        show_text(words(f"  ✗ thiếu hồ sơ số {code}", f"  ✗ dossier {code} is missing"))

"""What a page shows of the table of rates: a province has hundreds of agencies and of procedures, a window has not."""

from typing import Any

Plain = dict[str, Any]
ROWS = 40
"""Agencies on one page; the worst stand on the first."""

COLUMNS = 12
"""Procedures side by side; files hold all of them."""


def heat_page(seen: Plain, number: int) -> Plain:
    """Return `rows`, `procedures`, `every` and `number` of a page, from 1; a page behind the last is the last.

    Shown are the procedures of which most were finished, by code.
    """
    every, most = seen["rows"], seen["procedures"]
    last = max(1, -(-len(every) // ROWS))
    number = min(number, last)
    chosen = sorted(most, key=lambda one: (-one["rate"]["finished"], one["code"]))[:COLUMNS]
    return {
        "rows": every[(number - 1) * ROWS : number * ROWS],
        "procedures": sorted(chosen, key=lambda one: str(one["code"])),
        "every": len(every),
        "hidden": len(most) - len(chosen),
        "number": number,
        "last": last,
    }

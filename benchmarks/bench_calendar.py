"""Random computations in working time, each checked against a minute-by-minute table built on its own.

Run: python benchmarks/bench_calendar.py --count 1000000. Exits 1 when any result breaks a law.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from motcua.adapters.calendar_files import read_calendar
from states.calendar import BusinessCalendar
from states.deadline import Clock, Cutoff, Segment, SegmentKind, arm, paused_remaining, resumed
from states.term import Term, Unit

ROOT = Path(__file__).resolve().parent.parent
MINUTES_PER_DAY = 24 * 60
MOST_MINUTES = 24_000
TERMS = tuple(
    Term(unit, quarters)
    for unit, most in ((Unit.WORKING_DAYS, 160), (Unit.WORKING_HOURS, 160), (Unit.SAME_DAY, 1))
    for quarters in range(1, most + 1)
)
CUTOFFS = (None, Cutoff(15 * 60))


class Minutes:
    """Every minute of the calendar's years, open or not, laid out one by one."""

    def __init__(self, calendar: BusinessCalendar) -> None:
        self.calendar = calendar
        self.begin = calendar.midnight(calendar.first_day)
        self.open = bytearray()
        for day in calendar.days(calendar.first_day, calendar.last_day):
            minutes = bytearray(MINUTES_PER_DAY)
            for start, end in day.segments:
                minutes[start:end] = b"\x01" * (end - start)
            self.open += minutes

    def works(self, instant: datetime) -> bool:
        """Tell whether office hours hold *instant*, the opening and the closing minute included."""
        minute = (instant - self.begin) // timedelta(minutes=1)
        return bool(self.open[minute] or self.open[minute - 1])


def violations(calendar: BusinessCalendar, count: int, seed: int) -> Iterator[str]:
    """Make *count* random computations and yield a line for each one that breaks a law."""
    table, rng = Minutes(calendar), Random(seed)
    first = calendar.midnight(calendar.first_day) + timedelta(days=100)
    span = (calendar.last_day - calendar.first_day).days - 220
    checks = (_moves, _falls_due, _resumes)
    for index in range(count):
        start = first + timedelta(seconds=rng.randrange(span * 86_400))
        yield from checks[index % len(checks)](table, start, rng)


def _moves(table: Minutes, start: datetime, rng: Random) -> Iterator[str]:
    minutes = rng.randint(-MOST_MINUTES, MOST_MINUTES)
    end = table.calendar.add(start, minutes)
    if not table.works(end):
        yield f"add({start}, {minutes}) = {end}: outside working time"
    if table.calendar.between(start, end) != minutes:
        yield f"add({start}, {minutes}) = {end}: between gives {table.calendar.between(start, end)}"


def _falls_due(table: Minutes, start: datetime, rng: Random) -> Iterator[str]:
    term, cutoff, step = rng.choice(TERMS), rng.choice(CUTOFFS), rng.random() < 0.5
    due = arm(term, start, table.calendar, cutoff, step=step)
    if not table.works(due.at) or due.at <= start or table.calendar.local_date(due.at) != due.day:
        yield f"{term} from {start} ({cutoff}, step {step}): due {due}"


def _resumes(table: Minutes, start: datetime, rng: Random) -> Iterator[str]:
    term, calendar = rng.choice(TERMS), table.calendar
    pause, resume = sorted(start + timedelta(minutes=rng.randrange(40_000)) for _ in range(2))
    armed = arm(term, start, calendar)
    run = Segment(SegmentKind.RUN, start, "")
    running = Clock("c", 1, term, "", None, (run,), armed.at, armed.day, False, None, armed.at)
    left = paused_remaining(running, pause, calendar)
    ledger = (run, Segment(SegmentKind.PAUSE, pause, ""))
    paused = Clock("c", 1, term, "", None, ledger, None, None, False, left, armed.at)
    due = resumed(paused, resume, calendar)
    if not table.works(due.at) or due.at < armed.at:
        yield f"{term} from {start}, paused {pause} to {resume}: due {due}, before {armed}"


def main() -> int:
    """Run as a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--calendar", type=Path, default=ROOT / "config" / "calendars" / "vn-gov")
    args = parser.parse_args()
    calendar = BusinessCalendar(read_calendar(args.calendar))
    began = time.perf_counter()
    bad = 0
    for line in violations(calendar, args.count, args.seed):
        bad += 1
        print(line, file=sys.stderr)
    seconds = time.perf_counter() - began
    cost = _microseconds(calendar)
    print(f"computations {args.count:,}  violations {bad}  seconds {seconds:.1f}  deadline {cost:.1f} µs")
    return 1 if bad else 0


def _microseconds(calendar: BusinessCalendar, rounds: int = 20_000) -> float:
    """Time one deadline of whole working days with a cut-off, the best of five rounds."""
    start = calendar.opening(calendar.next_working_day(calendar.first_day)) + timedelta(hours=2)
    term, cutoff, best = Term(Unit.WORKING_DAYS, 40), Cutoff(15 * 60), float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(rounds):
            arm(term, start, calendar, cutoff)
        best = min(best, time.perf_counter() - began)
    return best / rounds * 1e6


if __name__ == "__main__":
    sys.exit(main())

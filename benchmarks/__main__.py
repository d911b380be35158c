"""`make bench`: every figure that the documentation quotes, measured here and now; nothing is asserted."""

import sys

from benchmarks import (
    bench_decide,
    bench_demo,
    bench_merge,
    bench_order,
    bench_pages,
    bench_papers,
    bench_report,
    bench_sse,
    bench_transition,
)

BENCHES = (
    bench_decide,
    bench_transition,
    bench_papers,
    bench_merge,
    bench_order,
    bench_pages,
    bench_report,
    bench_sse,
    bench_demo,
)


def main() -> int:
    """Print every report."""
    for bench in BENCHES:
        for line in bench.run():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

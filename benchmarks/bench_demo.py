"""The demonstration as a load: transitions per second of its virtual days, everything durable and audited."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "motcua", "demo", "--json", "--quiet", "--keep", folder]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    yield (
        f"demo        {told['transitions_per_second']:6.0f} transitions/s in its virtual days   (bar 300/s);"
        f" {told['seconds']:.0f} s in all   (bar 90 s)"
    )

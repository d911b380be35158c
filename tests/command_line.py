"""Runs one command line in this process, as the `motcua` command would, and keeps what it said."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from motcua.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """An exit code, and what was said on stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as the one JSON value that it must be."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of the error that stderr carries as JSON."""
        code: str = json.loads(self.err)["error"]["code"]
        return code


def motcua(*arguments: object, stdin: str = "", **environment: str) -> Said:
    """Run `motcua` with these arguments, and with no setting but the given ones in the environment."""
    out, err = io.StringIO(), io.StringIO()
    with _standing_in(stdin, environment), redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return Said(code, out.getvalue(), err.getvalue())


@contextmanager
def _standing_in(stdin: str, environment: dict[str, str]) -> Iterator[None]:
    was, environ = sys.stdin, dict(os.environ)
    for name in [name for name in os.environ if name.startswith("MOTCUA_")]:
        del os.environ[name]
    os.environ.update(environment)
    sys.stdin = io.StringIO(stdin)
    try:
        yield
    finally:
        sys.stdin = was
        os.environ.clear()
        os.environ.update(environ)

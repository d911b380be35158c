"""How the command line speaks: data on stdout, messages on stderr, two languages, an exit code for each kind of no."""

import errno
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, ParamSpec

from typer.exceptions import TyperException

from states.errors import DomainError, Kind

P = ParamSpec("P")
LANGUAGES = ("vi", "en")


class ExitCode(IntEnum):
    """What a command answers to the shell."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    INVALID = 3
    NOT_FOUND = 4
    CONFLICT = 5
    UNSOUND = 6
    LATE = 7
    NOT_READY = 8
    NOT_AUTHORISED = 9
    INTERRUPTED = 130


_CODES = {
    Kind.INVALID: ExitCode.INVALID,
    Kind.NOT_FOUND: ExitCode.NOT_FOUND,
    Kind.CONFLICT: ExitCode.CONFLICT,
    Kind.NOT_AUTHORISED: ExitCode.NOT_AUTHORISED,
    Kind.UNSOUND: ExitCode.UNSOUND,
    Kind.NOT_READY: ExitCode.NOT_READY,
}


class BadFile(DomainError):
    """{file} cannot be used: {reason}. Check the name and the rights."""

    kind = Kind.NOT_FOUND
    vi = "Không dùng được {file}: {reason}. Hãy kiểm tra tên và quyền truy cập."


@dataclass(slots=True)
class Face:
    """How this run talks.

    Attributes:
        lang: `vi` or `en`, of everything but JSON, which always carries both.
        json: Whether stdout carries one JSON value, and errors are JSON on stderr.
        quiet: Whether stderr carries errors only.
    """

    lang: str = "vi"
    json: bool = False
    quiet: bool = False

    def begin(self, arguments: Sequence[str]) -> None:
        """Start over for a command line; its options may still change the language."""
        wanted = os.environ.get("MOTCUA_LANG", "vi")
        self.lang = wanted if wanted in LANGUAGES else "vi"
        self.json = "--json" in arguments
        self.quiet = False


FACE = Face()


def words(vi: str, en: str) -> str:
    """Return the text in the language of this run."""
    return vi if FACE.lang == "vi" else en


def tell(vi: str, en: str) -> None:
    """Say something on stderr, unless told to be quiet."""
    if not FACE.quiet:
        print(words(vi, en), file=sys.stderr)


def show_json(value: object) -> None:
    """Print one JSON value on stdout; instants become ISO 8601 text."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def show_text(text: str) -> None:
    """Print text on stdout as it is."""
    print(text)


def show_found(value: object, show: Callable[P, None], *shown: P.args, **more: P.kwargs) -> None:
    """Print what a command found: the value, where JSON is asked for; else let it be shown, as text."""
    if FACE.json:
        show_json(value)
    else:
        show(*shown, **more)


@contextmanager
def progress(vi: str, en: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr while long work goes on; yields a function that is told how many steps were done.

    Nothing is shown when stderr is no terminal, with --quiet, or with --json.
    """
    if FACE.quiet or FACE.json or not sys.stderr.isatty():
        yield lambda steps: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(words(vi, en), total=total)
        yield lambda steps: bar.advance(task, steps)


def show_failure(error: Exception) -> int:
    """Print why the command failed, on stderr, and return its exit code.

    With --json it is `{"error": {"code", "message": {"vi", "en"}}}`. The traceback of an error that nobody
    foresaw shows only with MOTCUA_DEBUG set.
    """
    if isinstance(error, TyperException):
        return _show_usage(error)
    if isinstance(error, OSError):
        return _show_system(error)
    if isinstance(error, DomainError):
        _show(error.code, error.message("vi"), error.message("en"))
        return _CODES[error.kind]
    if os.environ.get("MOTCUA_DEBUG"):
        traceback.print_exception(error)
    told = f"{type(error).__name__}: {' '.join(str(error).split())}"
    _show(
        "Unexpected",
        f"Lỗi ngoài dự kiến: {told}. Đặt MOTCUA_DEBUG=1 để xem chi tiết.",
        f"Unexpected error: {told}. Set MOTCUA_DEBUG=1 for the details.",
    )
    return ExitCode.UNEXPECTED


def _show_usage(error: TyperException) -> int:
    if FACE.json:
        _show("Usage", error.format_message(), error.format_message())
    else:
        show: Callable[[], None] = getattr(error, "show", lambda: print(error, file=sys.stderr))
        show()
    return error.exit_code


def _show_system(error: OSError) -> int:
    """A file that is missing is not found; a full disk or a refused right is a machine that is not ready."""
    if error.errno == errno.EPIPE:
        sys.stdout = sys.stderr
        return ExitCode.UNEXPECTED
    told = BadFile(file=error.filename or "-", reason=error.strerror or type(error).__name__)
    _show(told.code, told.message("vi"), told.message("en"))
    return ExitCode.NOT_FOUND if isinstance(error, FileNotFoundError) else ExitCode.NOT_READY


def _show(code: str, vi: str, en: str) -> None:
    if FACE.json:
        value = {"error": {"code": code, "message": {"vi": vi, "en": en}}}
        print(json.dumps(value, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"motcua: {words(vi, en)} [{code}]", file=sys.stderr)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)

"""The command line face: the `motcua` command, whose parts are loaded only when they are asked for."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from motcua import __version__
from motcua.cli.options import LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_failure

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("starting", "Begin a config repository of your own."),
    "validate": ("procedures", "Check config files and say all that is wrong, with the line."),
    "explain": ("procedures", "Explain a rule by its code."),
    "schema": ("procedures", "Print the JSON Schema of a kind of file, or of a procedure's data."),
    "diagram": ("procedures", "Draw a procedure: SVG lanes or Mermaid."),
    "test": ("rehearsals", "Play the scenarios of procedures."),
    "simulate": ("rehearsals", "Step through a procedure with a clock you move yourself."),
    "diff": ("differences", "Say what changes for people between two versions of a procedure."),
    "publish": ("publishing", "Propose a procedure version, or approve one as the second person."),
    "calendar": ("calendars", "Working days, due instants, and why."),
    "registry": ("registry", "Agencies over time; propose and approve reorganisations."),
    "account": ("accounts", "Who may sign in to the pages: add, list, disable, password."),
    "client": ("clients", "Systems of agencies that use the API: add, list, disable."),
    "delegation": ("delegations", "Mandates: who acts for whom, by which paper."),
    "db": ("database", "Create, upgrade and describe the database."),
    "order": ("orders", "Mass orders on deadlines: propose, approve, apply, reverse."),
    "dossier": ("dossiers", "Take dossiers in, show them, move them."),
    "dispatch": ("dispatch", "Dossiers whose competent agency is not known: list and route them."),
    "task": ("tasks", "List and claim tasks."),
    "consultation": ("consultations", "Ask other bodies, and answer them."),
    "handoff": ("handoffs", "Hand dossiers over between agencies."),
    "peer": ("peers", "Hand dossiers over to other installations."),
    "paper": ("papers", "Draft, sign, show and print official papers."),
    "rating": ("ratings", "What citizens say: devices at counters, figures."),
    "report": ("reports", "Whose time it was, over all dossiers."),
    "sla": ("worker", "Sweep the deadlines once."),
    "worker": ("worker", "Keep the deadlines and deliver notices until stopped."),
    "serve": ("serving", "Serve the pages for officers, citizens and auditors."),
    "drill": ("drills", "Kill everything at random and look for what was lost."),
    "cluster": ("cluster", "A trial cluster on this machine: PostgreSQL, a Prefect server, two workers."),
    "clock": ("clock", "A step of the clock: how it stands, and its confirmation."),
    "portal": ("portal", "The national portal: tell, pull, refused, reconcile, lag."),
    "stand-in": ("stand_ins", "Stand in for systems of others: the national portal."),
    "outbox": ("outbox", "Messages that wait or were given up."),
    "webhook": ("webhooks", "Addresses that are told what happens: add, list, deliveries, replay."),
    "doctor": ("doctor", "Check this installation and say what to do."),
    "audit": ("audit", "Show, verify and replay the trail; list evidence for ISO 9001."),
    "nonconformity": ("nonconformities", "The register: contain, cause, action, check, close."),
    "demo": ("demo", "Run a province for sixty working days and verify its trail."),
}
"""By command: the module of this package that has it in its `app`, and a line of help."""


class LazyGroup(TyperGroup):
    """Knows every command by name, and imports the module of the one that is called."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        for name, (_, summary) in COMMANDS.items():
            self.add_command(TyperCommand(name, help=summary))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name, the loaded command and its arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and load(name or ""), rest


def load(name: str) -> Any:
    """Return a command of ours: the app of its module, or a part of that app."""
    module, _ = COMMANDS[name]
    holder = typer.Typer(add_completion=False)
    holder.add_typer(import_module(f"motcua.cli.{module}").app)
    group: Any = typer.main.get_command(holder)
    if name in group.commands:
        return group.commands[name]
    [app] = group.commands.values()
    return app.commands[name]


app = typer.Typer(cls=LazyGroup, name="motcua", add_completion=True, no_args_is_help=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"motcua {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Run administrative procedures: deadlines kept, every step on the record.

    Exit codes: 0 ok; 1 unexpected; 2 usage; 3 invalid data or beyond the calendars; 4 not found; 5 conflict or not
    possible now; 6 trail unsound; 7 late (--fail-on-late); 8 database not ready; 9 not authorised; 130 interrupted.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; errors become a line on stderr, never a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    FACE.begin(arguments)
    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="motcua", standalone_mode=False)
    except Exception as error:  # the last line of defence: a person gets a sentence, never a traceback
        return show_failure(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else ExitCode.UNEXPECTED
    return _flushed(code if isinstance(code, int) else 0)


def _flushed(code: int) -> int:
    """Push out what is left; a reader that went away early, such as `head`, is no failure to speak of."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code

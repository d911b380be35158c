"""The conversation of `motcua simulate`: reads commands line by line, shows where the dossier stands."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from motcua.cli.output import FACE, show_failure, show_text, words
from motcua.cli.tables import show_rows
from motcua.services.procedures import FactValue, Given, Session
from states.dossier import Dossier
from states.errors import DomainError
from states.guards import FactType
from states.ledger import Clock
from states.procedure import HANDOFF_ACTS, Procedure
from states.simulate import Row
from states.simulated_opinions import open_questions
from states.term import Term, Unit

_JUMP = re.compile(r"\+([0-9]{1,4})(m|h|d|wd|wh)", re.ASCII)
_PLAIN = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_UNITS = {"wd": Unit.WORKING_DAYS, "wh": Unit.WORKING_HOURS, "d": Unit.CALENDAR_DAYS, "h": Unit.HOURS}


class UnknownStep(DomainError):
    """Here "{given}" is not a command. Type a number, an id, +2h, +1wd, due or quit."""

    vi = "«{given}» không phải lệnh ở đây. Hãy gõ số thứ tự, mã bước, +2h, +1wd, due hoặc quit."


class Stepper:
    """Carries out one command after another on a session.

    Attributes:
        refused: How many commands were not possible.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.refused = 0

    def run(self, lines: Iterable[str]) -> None:
        """Show where things stand, then obey each line until `quit` or the end of input."""
        self._show()
        for line in lines:
            command = line.strip()
            if command in ("quit", "q", "exit"):
                return
            if command and not command.startswith("#"):
                self._try(command)

    def _try(self, command: str) -> None:
        try:
            self.obey(command)
        except DomainError as error:
            self.refused += 1
            show_failure(error)
        else:
            self._show()

    def obey(self, command: str) -> None:
        """Carry out one command.

        Raises:
            UnknownStep, StepFailed, InvalidTerm, CalendarHorizonError: It is not possible; nothing changed.
        """
        first, *rest = command.split()
        jump = _JUMP.fullmatch(first)
        if jump is not None and not rest:
            self.session.pass_time(self._after(int(jump[1]), jump[2]))
        elif first == "due" and not rest:
            self.session.pass_time(self.session.next_due() or self.session.now)
        else:
            self.session.act(self._named(first), self._given(command, rest))

    def _after(self, amount: int, unit: str) -> datetime:
        now, calendar = self.session.now, self.session.world.calendar
        if unit == "wh":
            return calendar.reached(now, amount * 60)
        if unit == "wd":
            day = calendar.local_date(now)
            later = calendar.working_day_after(day, amount) if amount else day
            return calendar.later(now, (later - day).days * 24 * 60)
        return calendar.later(now, amount * _PLAIN[unit] // timedelta(minutes=1))

    def _named(self, first: str) -> str:
        allowed = self.session.allowed
        if not first.isdecimal():
            return first
        if not 1 <= int(first[:4]) <= len(allowed):
            raise UnknownStep(given=first)
        return allowed[int(first[:4]) - 1]

    def _given(self, command: str, words_after: Iterable[str]) -> Given:
        by: str | None = None
        documents: tuple[str, ...] = ()
        term: Term | None = None
        facts: list[str] = []
        for word in words_after:
            name, sign, value = word.partition("=")
            jump = _JUMP.fullmatch(word)
            if jump is not None and jump[2] in _UNITS:
                term = Term(_UNITS[jump[2]], int(jump[1]) * 4)
            elif not sign:
                raise UnknownStep(given=command)
            elif name == "by":
                by = value
            elif name == "docs":
                documents = tuple(value.split(","))
            else:
                facts.append(word)
        read = self.read_facts(self.session.world.procedure, facts)
        return Given(by, read, documents, term)

    @staticmethod
    def read_facts(procedure: Procedure, given: Iterable[str]) -> dict[str, FactValue]:
        """Read `id=value` by the declared types; what does not fit stays text, for the engine to refuse."""
        facts: dict[str, FactValue] = {}
        for item in given:
            name, _, value = item.partition("=")
            spec = procedure.fact_specs.get(name)
            facts[name] = value
            if spec is not None and spec.type is FactType.BOOLEAN and value in ("true", "false"):
                facts[name] = value == "true"
            elif spec is not None and spec.type is FactType.INTEGER and re.fullmatch(r"-?[0-9]{1,15}", value):
                facts[name] = int(value)
        return facts

    def _show(self) -> None:
        if FACE.json:
            return
        session = self.session
        dossier, calendar = session.dossier, session.world.calendar
        local = f"{calendar.local(session.now):%d/%m/%Y %H:%M}"
        ended = words(" (đã kết thúc)", " (ended)") if dossier.ended else ""
        show_text(
            f"\n{local}  {', '.join(self._label(state) for state in dossier.states)}{ended}  [{dossier.public}]"
        )
        clocks = [
            (id, *_clock_cells(session, clock)) for id, clock in dossier.clocks.items() if not clock.stopped
        ]
        if clocks:
            show_rows((("đồng hồ", "clock", 0), ("hạn", "due", 1), ("còn lại", "left", 2)), clocks)
        for number, name in enumerate(session.allowed, 1):
            show_text(f"  {number}. {name}  {self._what(name)}")
        for name in open_questions(dossier):
            _, asked = session.world.procedure.question[name]
            label = words(asked.label.vi, asked.label.en)
            show_text(f"  ?  {name}  {label} ({asked.role}, answer=agree|object|other|pass_over)")

    def _label(self, state: str) -> str:
        label = self.session.world.procedure.state[state].label
        return words(label.vi, label.en)

    def _what(self, name: str) -> str:
        procedure = self.session.world.procedure
        if name in procedure.extension:
            extension = procedure.extension[name]
            return f"{words(extension.label.vi, extension.label.en)} ({extension.role}, +1wd)"
        if name in HANDOFF_ACTS:
            return words("bàn giao đang chờ", "the handoff that waits")
        transition = procedure.transition[name]
        return f"{words(transition.label.vi, transition.label.en)} ({', '.join(transition.by)})"


def _clock_cells(session: Session, clock: Clock) -> tuple[str | None, str | None]:
    calendar = session.world.calendar
    if clock.due is not None:
        minutes = calendar.between(session.now, clock.due)
        return f"{calendar.local(clock.due):%d/%m/%Y %H:%M}", words(
            f"{minutes} phút làm việc", f"{minutes} working min"
        )
    if clock.paused:
        return words("tạm dừng", "paused"), str(clock.remaining)
    return None, None


def session_json(session: Session) -> dict[str, Any]:
    """Return what happened in a session, and the scenario that plays it again."""
    return {
        "procedure": session.world.procedure.code,
        "now": session.world.calendar.local(session.now),
        "trace": [_row_json(session, row) for row in session.trace.rows],
        "allowed": session.allowed,
        "scenario": session.scenario,
    }


def _row_json(session: Session, row: Row) -> dict[str, Any]:
    local = session.world.calendar.local
    return {
        "at": local(row.at),
        "what": row.what,
        "states": row.dossier.states,
        "public_status": row.dossier.public,
        "due": _dues(session, row.dossier),
        "events": [type(event).__name__ for event in row.events],
        "ended": row.dossier.ended,
    }


def _dues(session: Session, dossier: Dossier) -> Mapping[str, datetime | None]:
    local = session.world.calendar.local
    return {
        id: None if clock.due is None else local(clock.due)
        for id, clock in dossier.clocks.items()
        if not clock.stopped
    }

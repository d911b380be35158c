"""The rules that records cite, by digest: taken as texts, believed only when they have that digest."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from states.calendar import BusinessCalendar, CalendarDefinition
from states.directory import Directory
from states.errors import DomainError, Kind
from states.order import Order
from states.procedure import Procedure
from states.wire import from_wire
from states.world import World

T = TypeVar("T")


class UnknownRules(DomainError):
    """The trail cites rules with digest {digest}, which are {reason}. Get the original file from a backup."""

    kind = Kind.UNSOUND
    vi = "Nhật ký viện dẫn quy định có mã băm {digest} nhưng {reason_vi}. Hãy lấy lại tệp gốc từ bản sao lưu."


class Rulebook:
    """Procedures, calendars and directories, built once for each digest; worlds once for each combination."""

    def __init__(
        self, text_of: Callable[[str], str | None], known: dict[tuple[str, str], Any] | None = None
    ) -> None:
        """Take the canonical text of anything a record may cite from *text_of*, None where it is not known.

        What other books built of texts with the same digest may be shared in *known*; each text is read and hashed all
        the same.
        """
        self._text_of = text_of
        self._known = {} if known is None else known
        self._built: dict[str, Any] = {}
        self._calendars: dict[tuple[str, ...], Mapping[str, BusinessCalendar]] = {}
        self._worlds: dict[tuple[str, tuple[str, ...], str], World] = {}

    def procedure(self, digest: str) -> Procedure:
        """Return a compiled version. Raises: UnknownRules."""
        return self._once(digest, Procedure.__name__, lambda data: from_wire(Procedure, data))

    def directory(self, digest: str) -> Directory:
        """Return a directory of agencies. Raises: UnknownRules."""
        return self._once(digest, Directory.__name__, lambda data: from_wire(Directory, data))

    def order(self, digest: str) -> Order:
        """Return a mass order. Raises: UnknownRules."""
        return self._once(digest, Order.__name__, lambda data: from_wire(Order, data))

    def calendars(self, digests: tuple[str, ...]) -> Mapping[str, BusinessCalendar]:
        """Return the calendars that a record cites, by id. Raises: UnknownRules."""
        found = self._calendars.get(digests)
        if found is None:
            built = [self._once(digest, BusinessCalendar.__name__, _calendar) for digest in digests]
            found = self._calendars[digests] = {item.definition.id: item for item in built}
        return found

    def world(self, cfg: str, calendars: tuple[str, ...], directory: str) -> World:
        """Return all that a decision looked at. Raises: UnknownRules."""
        key = (cfg, calendars, directory)
        if key not in self._worlds:
            by_id = self.calendars(calendars)
            digests = {
                self._once(digest, BusinessCalendar.__name__, _calendar).definition.id: digest
                for digest in calendars
            }
            self._worlds[key] = World(
                self.procedure(cfg), by_id, self.directory(directory), cfg, digests, directory
            )
        return self._worlds[key]

    def _once(self, digest: str, kind: str, build: Callable[[Any], T]) -> T:
        if digest not in self._built:
            self._built[digest] = self._build(digest, kind, build)
        built: T | UnknownRules = self._built[digest]
        if isinstance(built, UnknownRules):
            raise built
        return built

    def _build(self, digest: str, kind: str, build: Callable[[Any], T]) -> T | UnknownRules:
        text = self._text_of(digest)
        if text is None:
            return UnknownRules(digest=digest, reason="missing", reason_vi="không tìm thấy")
        if hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest() != digest:
            return UnknownRules(digest=digest, reason="altered", reason_vi="nội dung đã bị sửa")
        if (kind, digest) in self._known:
            built: T = self._known[kind, digest]
            return built
        try:
            made = self._known[kind, digest] = build(json.loads(text))
        except (KeyError, TypeError, ValueError):
            return UnknownRules(digest=digest, reason="of another kind", reason_vi="sai loại")
        return made


def _calendar(data: Any) -> BusinessCalendar:
    return BusinessCalendar(from_wire(CalendarDefinition, data))

"""Reads the file of a reorganisation: what it does and when, who takes over, who begins, who moves to which seat."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from motcua.adapters.agency_details import details, texts
from motcua.adapters.agency_files import LEVELS
from motcua.adapters.agency_reading import AGENCY_RULES, CALENDAR, CODE, ID, Sheet
from motcua.adapters.binding_files import binding_of
from motcua.adapters.yaml_files import InvalidFile
from states.agency import Agency, Binding
from states.problem import Path as Trail
from states.reorganisation import ChangeKind, RegistryChange, Seat, Share

_TOP_MAY = frozenset({"heirs", "new", "posts", "bindings"})
_KEYS = frozenset({"kind", "effective", "basis", "agencies"})
_NEW = frozenset({"code", "name", "kind", "level", "parent", "calendar"})
Entry = Mapping[str, object]


def read_change(path: Path, positions: Mapping[str, bool]) -> RegistryChange:
    """Read a reorganisation.

    Args:
        path: The file.
        positions: The declared positions.

    Raises:
        InvalidFile: With all its problems.
    """
    sheet = Sheet(path)
    top = sheet.top(frozenset({"change"}), _TOP_MAY)
    change = _change(sheet, top, positions)
    if sheet.problems:
        raise InvalidFile(tuple(sheet.problems), AGENCY_RULES)
    return change


def _change(sheet: Sheet, top: Entry, positions: Mapping[str, bool]) -> RegistryChange:
    path: Trail = ("change",)
    head = sheet.mapping(path, top.get("change", {}), _KEYS, frozenset({"name"}))
    posts = sheet.mapping(("posts",), top.get("posts", {}), frozenset(), frozenset({"follow", "seats"}))
    return RegistryChange(
        kind=_kind(sheet, head, path),
        effective=sheet.day(head, path, "effective", None) or date.max,
        basis=sheet.text(head, path, "basis"),
        agencies=_codes(sheet, head, path),
        heirs=tuple(_share(sheet, ("heirs", n), item) for n, item in _listed(sheet, top, "heirs")),
        name=sheet.text(head, path, "name") if "name" in head else "",
        new=tuple(_new(sheet, ("new", n), item, positions) for n, item in _listed(sheet, top, "new")),
        follow=_follow(sheet, posts, positions),
        seats=tuple(
            _seat(sheet, ("posts", "seats", n), item, positions) for n, item in _listed(sheet, posts, "seats")
        ),
        bindings=_bindings(sheet, top),
    )


def _listed(sheet: Sheet, entry: Entry, key: str) -> list[tuple[int, object]]:
    return list(enumerate(sheet.items((key,), entry.get(key))))


def _kind(sheet: Sheet, head: Entry, path: Trail) -> ChangeKind:
    given, kinds = sheet.text(head, path, "kind"), [kind.value for kind in ChangeKind]
    if given in kinds:
        return ChangeKind(given)
    if given:
        sheet.wrong((*path, "kind"), given, "một trong: " + ", ".join(kinds), "one of " + ", ".join(kinds))
    return ChangeKind.RENAME


def _codes(sheet: Sheet, head: Entry, path: Trail) -> tuple[str, ...]:
    where = (*path, "agencies")
    items = sheet.items(where, head.get("agencies"))
    return tuple(sheet.text({"code": item}, (*where, n), "code", CODE) for n, item in enumerate(items))


def _share(sheet: Sheet, path: Trail, item: object) -> Share:
    entry = sheet.mapping(path, item, frozenset({"agency"}), frozenset({"procedures"}))
    return Share(sheet.text(entry, path, "agency", CODE), texts(sheet, entry, path, "procedures"))


def _new(sheet: Sheet, path: Trail, item: object, positions: Mapping[str, bool]) -> Agency:
    entry = sheet.mapping(path, item, _NEW, frozenset({"desks", "escalations"}))
    level = sheet.text(entry, path, "level")
    if level and level not in LEVELS:
        sheet.wrong((*path, "level"), level, "một trong: " + ", ".join(LEVELS), "one of " + ", ".join(LEVELS))
    return Agency(
        sheet.text(entry, path, "code", CODE),
        sheet.text(entry, path, "name"),
        sheet.text(entry, path, "kind", ID),
        level,
        sheet.text(entry, path, "parent", CODE),
        sheet.text(entry, path, "calendar", CALENDAR),
        **details(sheet, entry, path, positions),
    )


def _follow(sheet: Sheet, posts: Entry, positions: Mapping[str, bool]) -> tuple[str, ...]:
    found = []
    for number, item in enumerate(sheet.items(("posts", "follow"), posts.get("follow"))):
        where: Trail = ("posts", "follow", number)
        found.append(_position(sheet, {"position": item}, where, positions))
    return tuple(found)


def _seat(sheet: Sheet, path: Trail, item: object, positions: Mapping[str, bool]) -> Seat:
    entry = sheet.mapping(path, item, frozenset({"officer", "agency", "position"}))
    position = _position(sheet, entry, path, positions)
    return Seat(sheet.text(entry, path, "officer"), sheet.text(entry, path, "agency", CODE), position)


def _position(sheet: Sheet, entry: Entry, path: Trail, positions: Mapping[str, bool]) -> str:
    position = sheet.text(entry, path, "position", ID)
    if position and position not in positions:
        sheet.note((*path, "position"), "E-AGENCY-009", position=position)
    return position


def _bindings(sheet: Sheet, top: Entry) -> tuple[Binding, ...]:
    return tuple(
        binding_of(sheet, ("bindings", n), item, None) for n, item in _listed(sheet, top, "bindings")
    )

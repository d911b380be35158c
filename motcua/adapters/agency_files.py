"""Reads the directory of agencies: kinds with their staffing, the registry, and who holds which position."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from motcua.adapters.agency_details import MAY, check_succession, details, seats
from motcua.adapters.agency_reading import AGENCY_RULES, CALENDAR, CODE, ID, Sheet
from motcua.adapters.binding_files import read_bindings
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, read_yaml_file
from states.agency_rules import HEADS
from states.directory import Agency, Binding, Directory, Post
from states.problem import Path as Trail

LEVELS = ("ministry", "province", "commune")
_KIND_KEYS = frozenset({"id", "label", "level", "staff"})
_KIND_MAY = frozenset({"escalations"})
_AGENCY_KEYS = frozenset({"code", "name", "kind", "parent"})
_AGENCY_MAY = frozenset({"since", "until", "calendar"}) | MAY
_MOST_IN_A_POSITION = 1_000


@dataclass(frozen=True, slots=True)
class _Kind:
    """What agencies of a kind have in common: level, how many hold each position, who hears of escalations."""

    level: str
    staff: Mapping[str, int]
    escalations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An agency with the days it exists and its line in the file."""

    agency: Agency
    since: date
    until: date | None
    path: Trail


def read_directory(root: Path) -> Directory:
    """Read the agencies and posts of an installation.

    Officers are not named: each seat of a kind's staffing is held by an opaque id made of the agency's code
    and a running number, the same on every reading of the same files.

    Args:
        root: The config folder, with `agencies/{kinds,registry}.yaml`, `roles/positions.yaml` and, where procedures
            need a table to find an agency, `agencies/bindings.yaml`.

    Raises:
        InvalidFile: With all the problems of all the files (`states.agency_rules`, `states.file_rules`).
    """
    positions, staffing, registry = (
        Sheet(root / "roles" / "positions.yaml"),
        Sheet(root / "agencies" / "kinds.yaml"),
        Sheet(root / "agencies" / "registry.yaml"),
    )
    seats = _positions(positions)
    kinds = _kinds(staffing, seats)
    entries = _entries(registry, kinds, seats)
    _check_tree(registry, entries)
    check_succession(registry, [(entry.agency, entry.path) for entry in entries], _calendars(root))
    bindings, tables = _bindings(root, entries, kinds)
    problems = (*positions.problems, *staffing.problems, *registry.problems, *tables)
    if problems:
        raise InvalidFile(problems, AGENCY_RULES)
    posts = tuple(post for entry in entries for post in _posts(entry, kinds[entry.agency.kind]))
    assigners = tuple(position for position, assigns in seats.items() if assigns)
    return Directory(tuple(entry.agency for entry in entries), posts, assigners, bindings)


def _calendars(root: Path) -> frozenset[str] | None:
    """Name the calendars beside the agencies; None where there is no folder of calendars."""
    folder = root / "calendars"
    return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else None


def _bindings(
    root: Path, entries: list[_Entry], kinds: Mapping[str, _Kind]
) -> tuple[tuple[Binding, ...], list[LocatedProblem]]:
    path = root / "agencies" / "bindings.yaml"
    if not path.exists():
        return (), []
    sheet = Sheet(path)
    return read_bindings(sheet, {entry.agency.code: entry.agency for entry in entries}, kinds), sheet.problems


# Positions and kinds


def read_kind_names(root: Path) -> dict[str, dict[str, str]]:
    """Read what kinds of agencies are called, by id. Raises: InvalidFile."""
    read_directory(root)
    value: Any = read_yaml_file(root / "agencies" / "kinds.yaml").value
    return {kind["id"]: dict(kind["label"]) for kind in value["kinds"]}


def _positions(sheet: Sheet) -> dict[str, bool]:
    """Name the declared positions, and whether they hand out work; their own schema checks the rest of that file."""
    listed = sheet.items(("positions",), sheet.top(frozenset({"positions"})).get("positions"))
    found = [item for item in listed if isinstance(item, dict) and isinstance(item.get("id"), str)]
    return {item["id"]: item.get("assigns") is True for item in found}


def _kinds(sheet: Sheet, positions: Collection[str]) -> dict[str, _Kind]:
    kinds: dict[str, _Kind] = {}
    listed = sheet.items(("kinds",), sheet.top(frozenset({"kinds"})).get("kinds"))
    for index, item in enumerate(listed):
        path: Trail = ("kinds", index)
        entry = sheet.mapping(path, item, _KIND_KEYS, _KIND_MAY)
        name, level = sheet.text(entry, path, "id", ID), sheet.text(entry, path, "level")
        if level and level not in LEVELS:
            sheet.wrong(
                (*path, "level"), level, "một trong: " + ", ".join(LEVELS), "one of " + ", ".join(LEVELS)
            )
        if name in kinds:
            sheet.note((*path, "id"), "E-AGENCY-012", kind=name)
        elif name:
            told = seats(sheet, entry, path, "escalations", positions)
            kinds[name] = _Kind(level, _staff(sheet, path, entry, positions), told)
    return kinds


def _staff(
    sheet: Sheet, path: Trail, entry: Mapping[str, object], positions: Collection[str]
) -> dict[str, int]:
    staff, where = entry.get("staff"), (*path, "staff")
    if not isinstance(staff, dict):
        if "staff" in entry:
            sheet.wrong(where, staff, "các vị trí và số người", "positions and how many hold them")
        return {}
    found: dict[str, int] = {}
    for position, count in staff.items():
        if position not in positions:
            sheet.note((*where, position), "E-AGENCY-009", position=position)
        if type(count) is int and 0 < count <= _MOST_IN_A_POSITION:
            found[position] = count
        else:
            sheet.wrong((*where, position), count, "số người, từ 1 đến 1000", "a number from 1 to 1000")
    if not any(head in found for head in HEADS):
        sheet.note(where, "E-AGENCY-010", kind=entry.get("id"), heads=", ".join(HEADS))
    return found


# The registry


def _entries(sheet: Sheet, kinds: Mapping[str, _Kind], positions: Collection[str]) -> list[_Entry]:
    top = sheet.top(frozenset({"registry", "agencies"}))
    head = (
        sheet.mapping(("registry",), top["registry"], frozenset({"since", "calendar"}))
        if "registry" in top
        else {}
    )
    since = sheet.day(head, ("registry",), "since", None) or date.min
    calendar = sheet.text(head, ("registry",), "calendar", CALENDAR)
    found: dict[str, _Entry] = {}
    for index, item in enumerate(sheet.items(("agencies",), top.get("agencies"))):
        entry = _entry(sheet, ("agencies", index), item, kinds, (since, calendar))
        entry = _detailed(sheet, entry, item, kinds, positions)
        if entry.agency.code in found:
            sheet.note((*entry.path, "code"), "E-AGENCY-005", code=entry.agency.code)
        elif entry.agency.code:
            found[entry.agency.code] = entry
    return list(found.values())


def _entry(
    sheet: Sheet, path: Trail, item: object, kinds: Mapping[str, _Kind], defaults: tuple[date, str]
) -> _Entry:
    entry = sheet.mapping(path, item, _AGENCY_KEYS, _AGENCY_MAY)
    kind = sheet.text(entry, path, "kind", ID)
    if kind and kind not in kinds:
        sheet.note((*path, "kind"), "E-AGENCY-008", kind=kind)
    top = "parent" in entry and entry["parent"] is None
    parent = None if top else sheet.text(entry, path, "parent", CODE)
    since = sheet.day(entry, path, "since", defaults[0]) or defaults[0]
    until = sheet.day(entry, path, "until", None)
    if until is not None and until <= since:
        sheet.note((*path, "until"), "E-AGENCY-013", since=since, until=until)
    calendar = sheet.text(entry, path, "calendar", CALENDAR) if "calendar" in entry else defaults[1]
    level = kinds[kind].level if kind in kinds else ""
    code, name = sheet.text(entry, path, "code", CODE), sheet.text(entry, path, "name")
    return _Entry(Agency(code, name, kind, level, parent, calendar), since, until, path)


def _detailed(
    sheet: Sheet, entry: _Entry, item: object, kinds: Mapping[str, _Kind], positions: Collection[str]
) -> _Entry:
    """Add what an agency may say besides; what it does not say of escalations, its kind does."""
    if not isinstance(item, dict):
        return entry
    told = details(sheet, item, entry.path, positions)
    if not told["escalations"] and entry.agency.kind in kinds:
        told["escalations"] = kinds[entry.agency.kind].escalations
    agency = replace(entry.agency, since=entry.since, until=entry.until, **told)
    return replace(entry, agency=agency)


def _check_tree(sheet: Sheet, entries: list[_Entry]) -> None:
    """Every agency hangs, through its parents, from the one that has none."""
    parents = {entry.agency.code: entry.agency.parent for entry in entries}
    roots = [code for code, parent in parents.items() if parent is None]
    if entries and len(roots) != 1:
        sheet.note(("agencies",), "E-AGENCY-011", count=len(roots))
    for entry in entries:
        code, parent = entry.agency.code, entry.agency.parent
        if parent and parent not in parents:
            sheet.note((*entry.path, "parent"), "E-AGENCY-006", code=code, parent=parent)
        chain = _chain(code, parents)
        if chain[-1] == code and len(chain) > 1:
            sheet.note((*entry.path, "parent"), "E-AGENCY-007", code=code, chain=" → ".join(chain))


def _chain(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """Climb from an agency to the top, or until an agency is met again."""
    chain, parent = [code], parents[code]
    while parent is not None and parent in parents:
        chain.append(parent)
        if parent in chain[:-1]:
            break
        parent = parents[parent]
    return chain


def _posts(entry: _Entry, kind: _Kind) -> Iterator[Post]:
    seats = [position for position, count in kind.staff.items() for _ in range(count)]
    code = entry.agency.code
    for number, position in enumerate(seats, start=1):
        yield Post(f"cb.{code.lower()}-{number}", code, position, entry.since, entry.until)

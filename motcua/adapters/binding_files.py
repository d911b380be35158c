"""Reads agencies/bindings.yaml: which agency of a kind serves which competent agency, and from when to when."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from motcua.adapters.agency_details import texts
from motcua.adapters.agency_reading import CODE, ID, Sheet
from states.agency import Agency, Binding
from states.problem import Path as Trail

_MAY = frozenset({"until", "procedures"})
_KEYS = frozenset({"kind", "since", "by"})
Placed = tuple[Binding, Trail]


def read_bindings(
    sheet: Sheet, agencies: Mapping[str, Agency], kinds: Collection[str]
) -> tuple[Binding, ...]:
    """Read the bindings and note what is wrong with them; a folder without the file has none."""
    top = sheet.top(frozenset({"bindings"}))
    listed = sheet.items(("bindings",), top.get("bindings"))
    found = [_placed(sheet, ("bindings", index), item) for index, item in enumerate(listed)]
    for place, (binding, path) in enumerate(found):
        if binding.kind and binding.kind not in kinds:
            sheet.note((*path, "kind"), "E-AGENCY-008", kind=binding.kind)
        _check_lines(sheet, binding, path, agencies)
        for other, _ in found[:place]:
            for code in _overlap(binding, other):
                sheet.note((*path, "by", code), "E-AGENCY-021", kind=binding.kind, code=code)
    return tuple(binding for binding, _ in found)


def _placed(sheet: Sheet, path: Trail, item: object) -> Placed:
    return binding_of(sheet, path, item, date.min), path


def binding_of(sheet: Sheet, path: Trail, item: object, since: date | None) -> Binding:
    """Return one binding; without *since* the file must not say when it begins."""
    required = _KEYS if since is not None else _KEYS - {"since"}
    entry = sheet.mapping(path, item, required, _MAY)
    begins = sheet.day(entry, path, "since", None) or date.min
    until = sheet.day(entry, path, "until", None)
    if until is not None and until <= begins:
        sheet.note((*path, "until"), "E-AGENCY-013", since=begins, until=until)
    kind, procedures = sheet.text(entry, path, "kind", ID), texts(sheet, entry, path, "procedures")
    return Binding(kind, dict(_lines(sheet, path, entry)), begins, until, procedures)


def _lines(sheet: Sheet, path: Trail, entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    by = entry.get("by", {})
    if not isinstance(by, dict):
        sheet.wrong((*path, "by"), by, "các cặp mã cơ quan", "pairs of codes of agencies")
        return
    for code in by:
        yield code, sheet.text(by, (*path, "by"), code, CODE)


def _check_lines(sheet: Sheet, binding: Binding, path: Trail, agencies: Mapping[str, Agency]) -> None:
    for competent, server in binding.by.items():
        where = (*path, "by", competent)
        serving = agencies.get(server)
        if competent not in agencies or serving is None or serving.kind != binding.kind:
            sheet.note(where, "E-AGENCY-019", competent=competent, server=server, kind=binding.kind)
        elif serving.until is not None and (binding.until is None or serving.until < binding.until):
            sheet.note(where, "E-AGENCY-020", server=server, until=serving.until)


def _overlap(one: Binding, other: Binding) -> list[str]:
    """Return the competent agencies for which two bindings say different things on the same day."""
    apart = any(a.until is not None and a.until <= b.since for a, b in ((one, other), (other, one)))
    alike = one.procedures == other.procedures or bool({*one.procedures} & {*other.procedures})
    if apart or one.kind != other.kind or not alike:
        return []
    return [code for code in one.by if other.by.get(code, one.by[code]) != one.by[code]]

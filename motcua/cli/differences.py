"""`motcua diff`: what changes for people between two versions of a procedure, and who is under way on them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motcua.bootstrap import config_folder, open_house
from motcua.cli.lending import speaking
from motcua.cli.options import DbOption
from motcua.cli.output import show_found, show_text, words
from motcua.cli.public_statuses import public_labels
from motcua.services.installation import Installation
from motcua.services.versions import UnderWay, named_version, names_a_version, under_way
from states.differences import Audience, Difference, differences
from states.errors import DomainError
from states.procedure import Label, Procedure

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

app = typer.Typer()

_READERS = {
    Audience.APPLICANT: Label("Người nộp hồ sơ", "Applicants"),
    Audience.OFFICER: Label("Công chức xử lý", "Officers"),
    Audience.LEADER: Label("Lãnh đạo", "Leaders"),
    Audience.AUDITOR: Label("Thanh tra, kiểm toán", "Auditors"),
}


class DatabaseNotNamed(DomainError):
    """{given} is a version that only a database knows. Name the database with --db URL, or give a file or a folder."""

    vi = "{given} là phiên bản chỉ có trong cơ sở dữ liệu. Hãy ghi --db URL, hoặc chỉ tệp hay thư mục."


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions, and where it was read.

    Attributes:
        digest: Its identity, compiled.
        place: The file, or the name it was asked for by.
    """

    procedure: Procedure
    digest: str
    place: str


@app.command()
@speaking
def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A file, a folder, a code; with --db code@version or a digest.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="The version to compare it with.")],
    db: DbOption = None,
) -> None:
    """Say what changes for people from A to B: for applicants, officers, leaders and auditors.

    With --db a plain code is the version in force there, and the dossiers under way are counted, version by version.

    Example: motcua diff 1.001612 config/procedures/1.001612-ho-kinh-doanh --db sqlite:///motcua.db
    """
    lent: AbstractContextManager[Installation | None] = nullcontext() if db is None else open_house(db)
    with lent as house:
        old, new = (_side(name, house) for name in (before, after))
        codes = {old.procedure.code, new.procedure.code}
        open_ones = [] if house is None else under_way(house, codes)
    found = differences(old.procedure, new.procedure, public_labels())
    counted = None if db is None else open_ones
    show_found(_json(old, new, found, counted), _show, old, new, found, counted)


def _side(name: str, house: Installation | None) -> Side:
    """Find a version: what exists as a path is read there, the rest in the database where one is given."""
    if not Path(name).exists():
        if house is not None and (names_a_version(name) or house.store.versions(name)):
            return _published(name, house)
        if names_a_version(name):
            raise DatabaseNotNamed(given=name)
    from audit.canonical import digest
    from states.wire import to_wire

    config = config_folder()
    source = config.load(config.find(name))
    return Side(source.procedure, digest(to_wire(source.procedure)), source.file.as_posix())


def _published(name: str, house: Installation) -> Side:
    from motcua.services.opening import version_in_force

    find = named_version if names_a_version(name) else partial(version_in_force, now=house.now())
    digest = find(house, name).digest
    return Side(house.worlds.procedure(digest), digest, name)


# As text


def _show(old: Side, new: Side, found: tuple[Difference, ...], open_ones: list[UnderWay] | None) -> None:
    for sign, side in (("-", old), ("+", new)):
        procedure = side.procedure
        show_text(f"{sign} {procedure.code} {procedure.version}  {side.digest[:12]}  {side.place}")
    if not found:
        show_text(words("\nKhông có gì thay đổi với mọi người.", "\nNothing changes for anybody."))
    for audience, reader in _READERS.items():
        lines = [words(item.text.vi, item.text.en) for item in found if audience in item.audiences]
        if lines:
            show_text(f"\n{words(reader.vi, reader.en)} ({len(lines)})")
            _list(lines)
    if open_ones is not None:
        _show_under_way(old, new, open_ones)


def _list(lines: Iterable[str]) -> None:
    for line in lines:
        show_text(f"  • {line}")


def _show_under_way(old: Side, new: Side, open_ones: list[UnderWay]) -> None:
    show_text(words("\nHồ sơ đang giải quyết", "\nDossiers under way"))
    if not open_ones:
        _list([words("không có", "none")])
    for item in open_ones:
        sign = {new.digest: "+", old.digest: "-"}.get(item.digest, " ")
        head = words(f"{item.open} hồ sơ", f"{item.open} open")
        show_text(f"{sign} {item.code} {item.version}  {item.digest[:12]}: {head}")
        _list(_standing(item, old, new))
    if open_ones:
        show_text(
            words(
                "Mỗi hồ sơ theo phiên bản lúc nộp cho đến khi kết thúc.",
                "Each dossier stays on the version it was opened under, to its end.",
            )
        )


def _standing(item: UnderWay, old: Side, new: Side) -> Iterator[str]:
    """Say how many stand where; a state that the new version lacks is marked."""
    for id, count in sorted(item.states.items(), key=lambda pair: (-pair[1], pair[0])):
        label = _state_label(id, old, new)
        named = id if label is None else words(f"«{label.vi}» ({id})", f'"{label.en}" ({id})')
        gone = "" if id in new.procedure.state else words(" – không còn trong B", " – not in B any more")
        yield f"{named}: {count}{gone}"


def _state_label(id: str, old: Side, new: Side) -> Label | None:
    found = old.procedure.state.get(id) or new.procedure.state.get(id)
    return None if found is None else found.label


# As JSON


def _json(
    old: Side, new: Side, found: tuple[Difference, ...], open_ones: list[UnderWay] | None
) -> dict[str, Any]:
    value = {
        "before": _side_json(old),
        "after": _side_json(new),
        "same": not found,
        "differences": [_difference_json(item) for item in found],
    }
    if open_ones is not None:
        value["under_way"] = [_under_way_json(item, old, new) for item in open_ones]
    return value


def _side_json(side: Side) -> dict[str, Any]:
    procedure = side.procedure
    return {
        "code": procedure.code,
        "version": procedure.version,
        "digest": side.digest,
        "place": side.place,
    }


def _difference_json(item: Difference) -> dict[str, Any]:
    return {
        "subject": item.subject,
        "id": item.id,
        "aspect": item.aspect or None,
        "change": item.change,
        "audiences": list(item.audiences),
        "before": _both(item.before),
        "after": _both(item.after),
        "text": _both(item.text),
    }


def _both(label: Label | None) -> Mapping[str, str] | None:
    return None if label is None else {"vi": label.vi, "en": label.en}


def _under_way_json(item: UnderWay, old: Side, new: Side) -> dict[str, Any]:
    sides = {new.digest: "after", old.digest: "before"}
    return {
        "digest": item.digest,
        "code": item.code,
        "version": item.version,
        "side": sides.get(item.digest),
        "open": item.open,
        "states": dict(sorted(item.states.items())),
        "gone": sorted(id for id in item.states if id not in new.procedure.state),
    }

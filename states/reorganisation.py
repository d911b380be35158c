"""A reviewed change of the registry (merge, split, rename, transfer), and the directory that it makes of another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from states.agency import Agency, Binding, Heir, Naming, Post
from states.agency_rules import HEADS
from states.directory import Directory
from states.errors import DomainError


class InvalidChange(DomainError):
    """The change of the registry cannot be made: {reason}. Correct the file and propose it anew."""

    vi = "Không thực hiện được thay đổi danh bạ: {reason_vi}. Hãy sửa tệp rồi đề xuất lại."


class ChangeKind(StrEnum):
    """What a change does.

    `merge`: agencies end, one other takes over all; `split`: one ends, several take over by procedure; `rename`: a
    new name; `transfer`: some procedures go to another agency, both stay open.
    """

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Share:
    """What goes to one successor: dossiers of these procedures, or with none named all the rest."""

    agency: str
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A position of an agency that an officer gets with the change."""

    officer: str
    agency: str
    position: str


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """One reorganisation, as two people reviewed it.

    Attributes:
        effective: The first local day on which it counts.
        basis: The decision that orders it.
        agencies: Whom it is about; of a merge or split those that end, but for one that takes over itself.
        heirs: Who takes over; in a split exactly one takes the rest.
        name: The new name, of a rename.
        new: Agencies that begin with it.
        follow: Positions whose holders go along to the successor, which of a split is who takes the rest.
        seats: Officers who get a seat besides; they lose those that they had in `agencies`.
        bindings: What counts from that day on besides; a merge of agencies that were served differently needs it.
    """

    kind: ChangeKind
    effective: date
    basis: str
    agencies: tuple[str, ...]
    heirs: tuple[Share, ...] = ()
    name: str = ""
    new: tuple[Agency, ...] = ()
    follow: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    bindings: tuple[Binding, ...] = ()

    @property
    def ending(self) -> tuple[str, ...]:
        """The agencies that end."""
        if self.kind not in (ChangeKind.MERGE, ChangeKind.SPLIT):
            return ()
        return tuple(code for code in self.agencies if code not in {share.agency for share in self.heirs})

    @property
    def rest(self) -> str:
        """The agency that takes over what nobody takes by name."""
        return next((share.agency for share in self.heirs if not share.procedures), "")


def reorganised(directory: Directory, change: RegistryChange, digest: str) -> Directory:
    """Return the directory with a change in it; one that has it already comes back as it is.

    Former days stay as they were: closed agencies, former names and ended posts are kept with their periods.

    Args:
        directory: The one in force.
        change: What was reviewed.
        digest: The change's identity.

    Raises:
        InvalidChange: It does not fit the directory.
    """
    if digest in directory.changes:
        return directory
    for reason, reason_vi in _faults(directory, change):
        raise InvalidChange(reason=reason, reason_vi=reason_vi)
    made = replace(
        directory,
        agencies=(*(_changed(agency, change) for agency in directory.agencies), *_begun(change)),
        posts=(*_posts(directory.posts, change), *_seated(directory.posts, change)),
        bindings=(*directory.bindings, *_carried(directory, change), *_dated(change)),
        changes=(*directory.changes, digest),
    )
    for code in sorted(_headless(made, change)):
        raise InvalidChange(
            reason=f"{code} has nobody at its head from that day on",
            reason_vi=f"{code} không có người đứng đầu từ ngày đó",
        )
    return made


# What is wrong with it


def _faults(directory: Directory, change: RegistryChange) -> Iterator[tuple[str, str]]:
    yield from _unknown(directory, change)
    yield from _misshapen(change)
    top = [code for code in change.ending if directory.get(code).parent is None]
    if top:
        yield f"{top[0]} is the topmost agency", f"{top[0]} là cơ quan cao nhất"
    split = _served_differently(directory, change)
    if split:
        yield (
            f"they were served by different agencies of the kind {split}; say in bindings who serves now",
            f"trước đây do các cơ quan {split} khác nhau phục vụ; hãy ghi bindings",
        )


def _unknown(directory: Directory, change: RegistryChange) -> Iterator[tuple[str, str]]:
    begun = {agency.code for agency in change.new}
    for code in sorted(begun & directory.agency.keys()):
        yield f"the code {code} is taken", f"mã {code} đã được dùng"
    named = (*change.agencies, *(share.agency for share in change.heirs), *(s.agency for s in change.seats))
    parents = (agency.parent for agency in change.new)
    for code in (*named, *(parent for parent in parents if parent)):
        known = directory.agency.get(code)
        if code not in begun and (known is None or not known.open_on(change.effective)):
            yield (
                f"{code} is not open on {change.effective}",
                f"{code} không hoạt động vào ngày {change.effective}",
            )


def _misshapen(change: RegistryChange) -> Iterator[tuple[str, str]]:
    """Each kind has its own shape: who ends, and who takes what."""
    one, heirs = len(change.agencies) == 1, [share.agency for share in change.heirs]
    rests = sum(not share.procedures for share in change.heirs)
    named = [code for share in change.heirs for code in share.procedures]
    if len(set(named)) < len(named) or len(set(heirs)) < len(heirs):
        yield "an heir or a procedure is named twice", "cơ quan kế thừa hoặc thủ tục được ghi hai lần"
    fits = {
        ChangeKind.MERGE: len(heirs) == rests == 1 and bool(change.ending),
        ChangeKind.SPLIT: one and len(heirs) > 1 and rests == 1 and bool(change.ending),
        ChangeKind.RENAME: one and not heirs and bool(change.name) and not change.new,
        ChangeKind.TRANSFER: one and len(heirs) == 1 and rests == 0 and heirs != list(change.agencies),
    }
    if not fits[change.kind]:
        yield _SHAPES[change.kind]


_SHAPES = {
    ChangeKind.MERGE: (
        "a merge names agencies that end and one heir without procedures",
        "hợp nhất cần các cơ quan kết thúc và một cơ quan kế thừa không ghi thủ tục",
    ),
    ChangeKind.SPLIT: (
        "a split names one agency that ends and several heirs, exactly one of them without procedures",
        "chia tách cần một cơ quan kết thúc và nhiều cơ quan kế thừa, đúng một cơ quan không ghi thủ tục",
    ),
    ChangeKind.RENAME: (
        "a rename names one agency and its new name, and nothing else",
        "đổi tên chỉ cần một cơ quan và tên mới",
    ),
    ChangeKind.TRANSFER: (
        "a transfer names one agency, another one that takes over, and the procedures",
        "chuyển thẩm quyền cần một cơ quan, một cơ quan khác tiếp nhận và các thủ tục",
    ),
}


def _headless(made: Directory, change: RegistryChange) -> set[str]:
    heirs = {share.agency for share in change.heirs} | {agency.code for agency in change.new}
    return {code for code in heirs if not any(made.holders(code, head, change.effective) for head in HEADS)}


# Agencies


def _changed(agency: Agency, change: RegistryChange) -> Agency:
    if agency.code in change.ending:
        heirs = (*agency.successors, *_heirs(change))
        return replace(agency, until=change.effective, successors=heirs)
    if agency.code in change.agencies and change.kind is ChangeKind.TRANSFER:
        return replace(agency, successors=(*agency.successors, *_heirs(change)))
    if agency.code in change.agencies and change.kind is ChangeKind.RENAME:
        former = Naming(agency.name, change.effective)
        return replace(agency, name=change.name, names=(*agency.names, former))
    below = agency.parent in change.ending and agency.open_on(change.effective)
    return replace(agency, parent=change.rest) if below and agency.code != change.rest else agency


def _heirs(change: RegistryChange) -> Iterator[Heir]:
    for share in change.heirs:
        yield Heir(share.agency, change.effective, share.procedures)


def _begun(change: RegistryChange) -> Iterator[Agency]:
    for agency in change.new:
        yield replace(agency, since=change.effective)


# Posts


def _lost(post: Post, change: RegistryChange) -> bool:
    """A post ends with its agency, or where its officer gets another seat by the change."""
    moved = post.agency in change.agencies and post.officer in {seat.officer for seat in change.seats}
    return (post.agency in change.ending or moved) and _lasts(post, change)


def _lasts(post: Post, change: RegistryChange) -> bool:
    return post.until is None or change.effective < post.until


def _posts(posts: Iterable[Post], change: RegistryChange) -> Iterator[Post]:
    for post in posts:
        if not _lost(post, change):
            yield post
        elif post.since < change.effective:
            yield replace(post, until=change.effective)


def _seated(posts: Iterable[Post], change: RegistryChange) -> Iterator[Post]:
    named = {seat.officer for seat in change.seats}
    for post in posts:
        goes = post.position in change.follow and post.officer not in named
        if goes and post.agency in change.ending and _lasts(post, change):
            yield Post(
                post.officer, change.rest, post.position, max(post.since, change.effective), post.until
            )
    for seat in change.seats:
        yield Post(seat.officer, seat.agency, seat.position, change.effective, None)


# Bindings


def _served(directory: Directory, change: RegistryChange) -> Iterator[tuple[Binding, set[str]]]:
    """Yield each binding in force of which an agency that ends has a line, with who serves those agencies."""
    codes = (*change.ending, change.rest)
    for binding in directory.bindings:
        lasts = binding.until is None or change.effective < binding.until
        if lasts and any(code in binding.by for code in change.ending):
            yield binding, {binding.by[code] for code in codes if code in binding.by}


def _served_differently(directory: Directory, change: RegistryChange) -> str:
    told = {binding.kind for binding in change.bindings if change.rest in binding.by}
    return next((b.kind for b, by in _served(directory, change) if len(by) > 1 and b.kind not in told), "")


def _carried(directory: Directory, change: RegistryChange) -> Iterator[Binding]:
    """Whoever takes over is served by who served those before it."""
    for binding, by in _served(directory, change):
        if len(by) == 1:
            heirs = dict.fromkeys((share.agency for share in change.heirs), *by)
            since = max(binding.since, change.effective)
            yield Binding(binding.kind, heirs, since, binding.until, binding.procedures)


def _dated(change: RegistryChange) -> Iterator[Binding]:
    for binding in change.bindings:
        yield replace(binding, since=change.effective)

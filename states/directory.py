"""Agencies, positions and who holds them: whom a role or an escalation reaches as of an instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from states.agency import Agency, Binding, Desk, Heir, Naming, Post
from states.errors import DomainError, Kind

__all__ = [
    "Agency",
    "AgencyClosed",
    "AgencyNotFound",
    "AgencyNotOpen",
    "Binding",
    "CompetenceMoved",
    "Desk",
    "Directory",
    "Heir",
    "Naming",
    "PartyUnbound",
    "Post",
]


class AgencyNotFound(DomainError):
    """There is no agency {agency} in the directory. Check its code with the agency registry."""

    kind = Kind.NOT_FOUND
    vi = "Không có cơ quan {agency} trong danh bạ. Hãy kiểm tra mã cơ quan."


class PartyUnbound(DomainError):
    """Party "{party}" ({kind_of}) finds no single agency from {agency}.

    Name the competent agency, or mend the registry.
    """

    vi = (
        "Không xác định được cơ quan cho bên «{party}» ({kind_of}) từ {agency}. "
        "Hãy chọn cơ quan có thẩm quyền hoặc sửa danh bạ."
    )


class AgencyClosed(DomainError):
    """{name} ({agency}) closed on {until} and takes in no new dossier. Hand it in at {successor}."""

    kind = Kind.CONFLICT
    vi = (
        "{name} ({agency}) đã kết thúc hoạt động từ {until} nên không nhận hồ sơ mới. "
        "Hãy nộp hồ sơ tại {successor}."
    )


class CompetenceMoved(DomainError):
    """{name} ({agency}) no longer handles {procedure} since {since}. Hand it in at {successor}."""

    kind = Kind.CONFLICT
    vi = (
        "Từ {since}, {name} ({agency}) không còn giải quyết thủ tục {procedure}. "
        "Hãy nộp hồ sơ tại {successor}."
    )


class AgencyNotOpen(DomainError):
    """{name} ({agency}) opens on {since} only. Name the agency that is competent until then."""

    kind = Kind.CONFLICT
    vi = "{name} ({agency}) chỉ hoạt động từ {since}. Hãy chọn cơ quan có thẩm quyền trước ngày đó."


@dataclass(frozen=True)
class Directory:
    """The agencies and posts of one installation; its digest goes into every record.

    Attributes:
        agencies: Closed ones stay, so that old records and codes are understood.
        assigners: Positions that hand out work in their agency.
        bindings: Of two that say something, the later one counts.
        changes: Digests of the reorganisations that are in it.
    """

    agencies: tuple[Agency, ...]
    posts: tuple[Post, ...]
    assigners: tuple[str, ...] = ()
    bindings: tuple[Binding, ...] = ()
    changes: tuple[str, ...] = ()

    @cached_property
    def agency(self) -> Mapping[str, Agency]:
        """Agencies by code."""
        return {agency.code: agency for agency in self.agencies}

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str], tuple[Post, ...]]:
        held: dict[tuple[str, str], list[Post]] = {}
        for post in self.posts:
            held.setdefault((post.agency, post.position), []).append(post)
        return {seat: tuple(posts) for seat, posts in held.items()}

    @cached_property
    def _by_officer(self) -> Mapping[str, tuple[Post, ...]]:
        held: dict[str, list[Post]] = {}
        for post in self.posts:
            held.setdefault(post.officer, []).append(post)
        return {officer: tuple(posts) for officer, posts in held.items()}

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Agency, ...]]:
        kinds: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            kinds.setdefault(agency.kind, []).append(agency)
        return {kind: tuple(agencies) for kind, agencies in kinds.items()}

    def get(self, code: str) -> Agency:
        """Return the agency with this code.

        Raises:
            AgencyNotFound: No agency has it.
        """
        try:
            return self.agency[code]
        except KeyError:
            raise AgencyNotFound(agency=code) from None

    def holders(self, agency: str, position: str, day: date) -> tuple[str, ...]:
        """Return the officers in a position of an agency on a local *day*, in the registry's order."""
        posts = self._holders.get((agency, position), ())
        return tuple(p.officer for p in posts if p.since <= day and (p.until is None or day < p.until))

    def holds(self, officer: str, agency: str, position: str, day: date) -> bool:
        """Tell whether *officer* holds the position in the agency on a local *day*."""
        return officer in self.holders(agency, position, day)

    def posts_of(self, officer: str, day: date) -> tuple[Post, ...]:
        """Return the posts of an officer on a local *day*."""
        posts = self._by_officer.get(officer, ())
        return tuple(p for p in posts if p.since <= day and (p.until is None or day < p.until))

    def of_kind(self, kind: str, day: date | None = None) -> tuple[Agency, ...]:
        """Return the agencies of a kind, in the registry's order; those open on *day*, or all that ever were."""
        found = self._by_kind.get(kind, ())
        return found if day is None else tuple(agency for agency in found if agency.open_on(day))

    def name_of(self, code: str, day: date) -> str:
        """Return an agency's name as it was on a local *day*; of one that is not known, its code."""
        known = self.agency.get(code)
        return code if known is None else known.name_on(day)

    def seat(self, code: str, day: date, procedure: str | None = None) -> str:
        """Return who answers on *day* for what once was the agency's: itself, or the last in the line of heirs."""
        return self.line(code, day, procedure)[-1]

    def line(self, code: str, day: date, procedure: str | None = None) -> tuple[str, ...]:
        """Return an agency and those that answered for it after one another, up to *day*."""
        line, after, seen = [code], date.min, set[tuple[str, date]]()
        while (agency := self.agency.get(line[-1])) is not None:
            heir = agency.heir(after, day, procedure)
            if heir is None or (agency.code, heir.since) in seen:
                break
            seen.add((agency.code, heir.since))
            line.append(heir.agency)
            after = heir.since
        return tuple(line)

    def took_over(self, code: str, day: date, procedure: str | None = None) -> bool:
        """Tell whether an agency answers on *day* for what once was another's."""
        others = (agency.code for agency in self.agencies if agency.code != code)
        return any(self.seat(other, day, procedure) == code for other in others)

    def seats_of(self, kind: str, day: date, procedure: str) -> tuple[str, ...]:
        """Return who answers on *day* for agencies of a kind, closed ones too, in the registry's order."""
        known = (agency.code for agency in self.of_kind(kind) if agency.since <= day)
        seats = dict.fromkeys(self.seat(code, day, procedure) for code in known)
        return tuple(code for code in seats if self.get(code).open_on(day))

    def serving(self, kind: str, procedure: str, competent: str, day: date) -> str | None:
        """Return the agency that a binding names for a competent agency; None where none does."""
        told = (binding.serves(kind, procedure, competent, day) for binding in reversed(self.bindings))
        return next((code for code in told if code is not None), None)

    def competent(self, code: str, day: date, procedure: str) -> Agency:
        """Return the agency, if it takes in dossiers of a procedure on a local *day*.

        Raises:
            AgencyNotFound: No agency has this code.
            AgencyClosed, CompetenceMoved: With the successor's name and code.
            AgencyNotOpen: It begins later.
        """
        agency = self.get(code)
        facts = {"agency": code, "name": agency.name_on(day), "procedure": procedure}
        if day < agency.since:
            raise AgencyNotOpen(since=agency.since, **facts)
        heir = self.seat(code, day, procedure)
        successor = f"{self.name_of(heir, day)} ({heir})" if heir != code else "-"
        if not agency.open_on(day):
            raise AgencyClosed(until=agency.until, successor=successor, **facts)
        if heir != code:
            moved = agency.heir(date.min, day, procedure)
            raise CompetenceMoved(since=moved.since if moved else day, successor=successor, **facts)
        return agency

    @cached_property
    def province(self) -> str:
        """The code of the agency without a parent."""
        return next(agency.code for agency in self.agencies if agency.parent is None)

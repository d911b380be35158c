"""Agencies, positions and who holds them: whom a role or an escalation reaches as of an instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from states.errors import DomainError, Kind


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


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency, as the registry knows it.

    Attributes:
        code: National code, such as `H99.15`.
        kind: What kind of agency it is; procedures bind parties by kind.
        level: `ministry`, `province` or `commune`.
        parent: Code of the agency above; None for the province itself.
    """

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    calendar: str


@dataclass(frozen=True, slots=True)
class Post:
    """An officer holds a position in an agency, from a day (inclusive) until a day (exclusive) or for good."""

    officer: str
    agency: str
    position: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Directory:
    """The agencies and posts of one installation; its digest goes into every record.

    Attributes:
        assigners: Positions that hand out work in their agency.
    """

    agencies: tuple[Agency, ...]
    posts: tuple[Post, ...]
    assigners: tuple[str, ...] = ("head", "unit_head")

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

    def of_kind(self, kind: str) -> tuple[Agency, ...]:
        """Return the agencies of a kind, in the registry's order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def province(self) -> str:
        """The code of the agency without a parent."""
        return next(agency.code for agency in self.agencies if agency.parent is None)

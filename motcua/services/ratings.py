"""How citizens judge a service: from one to five, once for each dossier and way of asking; and what it adds up to.

A rating is recorded in the stream `registry:<agency>` of the agency that is judged, as steps of nonconformities are;
it changes no dossier. What people wrote stays out of the record but for a commitment, and can be erased.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from audit.commitment import commit
from audit.record import Auth, RecordType
from motcua.services.access import Visitor, seen
from motcua.services.check_codes import derived_code, same_code
from motcua.services.enacting import ATTEMPTS
from motcua.services.installation import Installation
from motcua.services.ports import Busy, NewRecord, Rating, RatingComment, Stored
from motcua.services.system_records import next_record
from states.directory import AgencyNotFound
from states.errors import DomainError, Kind

SCORES = (1, 2, 3, 4, 5)
"""Very dissatisfied to very satisfied."""

CONTENT = 4
"""From this score on somebody counts as satisfied."""

FEW = 10
"""Of fewer ratings no average is told: it would say more of who rated than of the agency."""

LONGEST = 2000
STREAM = "registry:"
ONLINE, DEVICE, BALLOT = "online", "device", "ballot"


class NotFinished(DomainError):
    """Dossier {code} has no result yet. Rate the service when it has one."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code} chưa có kết quả. Mời bạn đánh giá khi đã có kết quả."


class NoScore(DomainError):
    """A rating is a whole number from 1 to 5. Choose one of the five faces."""

    vi = "Đánh giá là một số từ 1 đến 5. Hãy chọn một trong năm mức."


class CommentTooLong(DomainError):
    """The comment has {length} characters; at most {most} are kept. Shorten it, or send it as feedback."""

    vi = "Ý kiến dài {length} ký tự, tối đa {most}. Hãy viết ngắn hơn, hoặc gửi phản ánh, kiến nghị."


class UnknownDevice(DomainError):
    """There is no such device. Open the address that the administrator gives."""

    kind = Kind.NOT_FOUND
    vi = "Không có thiết bị đánh giá này. Hãy mở địa chỉ do quản trị viên cấp."


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody says of a service; whoever passed it on is `officer`."""

    score: int
    comment: str = ""
    officer: str | None = None
    auth: Auth | None = None


@dataclass(slots=True)
class Tally:
    """Ratings by score."""

    scores: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many there are."""
        return self.scores.total()

    @property
    def average(self) -> float | None:
        """Mean score; None where there are too few."""
        if self.count < FEW:
            return None
        return sum(score * count for score, count in self.scores.items()) / self.count

    @property
    def content(self) -> float | None:
        """Share of those who are satisfied; None where there are too few."""
        if self.count < FEW:
            return None
        return sum(count for score, count in self.scores.items() if score >= CONTENT) / self.count


@dataclass(slots=True)
class Satisfaction:
    """What citizens said in a period; by agency and procedure, which is None where a device asked."""

    total: Tally = field(default_factory=Tally)
    agencies: dict[str, Tally] = field(default_factory=dict)
    procedures: dict[tuple[str, str | None], Tally] = field(default_factory=dict)
    ways: dict[str, Tally] = field(default_factory=dict)


def rate(house: Installation, stored: Stored, way: str, judgement: Judgement) -> Rating:
    """Rate the service of a dossier that has its result.

    Args:
        house: The installation.
        stored: The dossier.
        way: `online` or `ballot`.
        judgement: What is said.

    Raises:
        NotFinished, NoScore, CommentTooLong: Nothing was stored.
        RatedAlready: It was rated this way; that rating stays.
    """
    dossier = stored.dossier
    if dossier.completed_at is None and not dossier.ended:
        raise NotFinished(code=dossier.code)
    rating = _id(f"{stored.id}:{way}")
    subject = _Subject(rating, dossier.agency, way, stored.id, dossier.code, dossier.procedure)
    return _add(house, subject, judgement, house.now(stored))


def rate_by_ballot(house: Installation, visitor: Visitor, code: str, score: int, comment: str) -> Rating:
    """Record what stands on a paper ballot, in the name of the officer who types it in.

    Raises:
        DossierNotFound: There is none, or it is not for them.
        NotFinished, NoScore, CommentTooLong, RatedAlready: Nothing was stored.
    """
    stored = seen(house, visitor, code)
    return rate(house, stored, BALLOT, Judgement(score, comment, visitor.person, visitor.auth))


def rate_at_counter(
    house: Installation, agency: str, counter: int, code: str, key: str, score: int
) -> Rating:
    """Take what somebody touched on the device of a counter; the key of a page is taken once.

    Raises:
        UnknownDevice, NoScore, RatedAlready: Nothing was stored.
    """
    device_agency(house, agency, counter, code)
    subject = _Subject(_id(f"{agency}:{counter}:{key}"), agency, DEVICE, counter=counter)
    return _add(house, subject, Judgement(score), house.now())


def device_code(house: Installation, agency: str, counter: int) -> str:
    """Return the code that the device of a counter shows to be ours. Raises: AgencyNotFound."""
    house.worlds.directory.get(agency)
    return derived_code(house, f"device:{agency}:{counter}")


def device_agency(house: Installation, agency: str, counter: int, code: str) -> str:
    """Return the name of the agency at whose counter a device stands. Raises: UnknownDevice."""
    try:
        right = device_code(house, agency, counter)
    except AgencyNotFound as error:
        raise UnknownDevice from error
    if not same_code(code, right):
        raise UnknownDevice
    return house.worlds.directory.get(agency).name


def ratings_of(house: Installation, stored: Stored) -> list[Rating]:
    """Return the ratings of a dossier, oldest first."""
    return house.store.ratings_of(stored.id)


def satisfaction(
    house: Installation, since: datetime, until: datetime, agencies: Iterable[str] | None = None
) -> Satisfaction:
    """Add up the ratings from *since* (inclusive) to *until* (exclusive), of some agencies or of all."""
    wanted = None if agencies is None else frozenset(agencies)
    sums = Satisfaction()
    for row in house.store.rating_counts(since, until):
        if wanted is not None and row.agency not in wanted:
            continue
        for tally in (
            sums.total,
            sums.agencies.setdefault(row.agency, Tally()),
            sums.procedures.setdefault((row.agency, row.procedure), Tally()),
            sums.ways.setdefault(row.way, Tally()),
        ):
            tally.scores[row.score] += row.count
    return sums


def told_satisfaction(
    house: Installation, first: date, last: date, agencies: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """Return what citizens said from one local day to another, both included, a line for each agency and procedure."""
    directory = house.worlds.directory
    calendar = house.worlds.calendars[directory.get(directory.province).calendar]
    since, until = calendar.midnight(first), calendar.midnight(last + timedelta(days=1))
    sums = satisfaction(house, since, until, agencies)
    return [
        {
            "agency": agency,
            "procedure": procedure,
            "count": tally.count,
            "average": tally.average,
            "content": tally.content,
        }
        for (agency, procedure), tally in sorted(sums.procedures.items(), key=lambda item: str(item[0]))
    ]


def _id(what: str) -> str:
    return sha256(f"rating:{what}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is judged, and where that was asked."""

    rating: str
    agency: str
    way: str
    dossier_id: str | None = None
    dossier: str | None = None
    procedure: str | None = None
    counter: int | None = None


def _add(house: Installation, subject: _Subject, judgement: Judgement, at: datetime) -> Rating:
    comment, salt = _checked(judgement), house.new_salt()
    event = {
        "kind": "dossier_rated",
        "rating": subject.rating,
        "way": subject.way,
        "score": judgement.score,
        "comment": commit(comment, salt) if comment else None,
        "dossier": subject.dossier,
        "procedure": subject.procedure,
        "counter": subject.counter,
    }
    stream, by, kept = f"{STREAM}{subject.agency}", judgement.officer, RatingComment(salt.hex(), comment)
    for _ in range(ATTEMPTS):
        record = next_record(
            house, stream, RecordType.REGISTRY, event=event, at=at, actor=by, auth=judgement.auth
        )
        made = _rating(subject, judgement, record, kept if comment else None)
        try:
            house.store.add_rating(made, record)
        except Busy:
            continue
        return made
    raise Busy(what=stream)


def _rating(
    subject: _Subject, judgement: Judgement, record: NewRecord, comment: RatingComment | None
) -> Rating:
    return Rating(
        id=subject.rating,
        dossier_id=subject.dossier_id,
        procedure=subject.procedure,
        agency=subject.agency,
        way=subject.way,
        counter=subject.counter,
        score=judgement.score,
        officer=judgement.officer,
        stream=record.stream,
        seq=record.seq,
        at=record.at,
        comment=comment,
    )


def _checked(judgement: Judgement) -> str:
    """Return the comment as it is kept. Raises: NoScore, CommentTooLong."""
    if judgement.score not in SCORES:
        raise NoScore
    comment = judgement.comment.replace("\x00", "").strip()
    if len(comment) > LONGEST:
        raise CommentTooLong(length=len(comment), most=LONGEST)
    return comment

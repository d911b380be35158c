"""Ratings of citizens, insert-only, each with its record."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, literal, select

from motcua.services.ports import Busy, NewRecord, RatedAlready, Rating, RatingComment, RatingCount
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.failures import FAILURES, doubled
from motcua.store.tables import rating_comments, ratings
from motcua.store.tables.columns import Plain
from states.wire import instant, instant_text

_GROUP = (ratings.c.agency, ratings.c.procedure, ratings.c.way, ratings.c.score)


class Ratings(Shelf):
    """Every rating ever given."""

    @persistent
    def add_rating(self, rating: Rating, record: NewRecord) -> None:
        """Store a rating with its record. Raises: RatedAlready; Busy, when the number of the record is taken."""
        with self.database.writing() as connection:
            same = (ratings.c.dossier_id == literal(rating.dossier_id, Plain)) & (ratings.c.way == rating.way)
            known = select(ratings.c.id).where((ratings.c.id == rating.id) | same)
            if connection.execute(known).first() is not None:
                raise RatedAlready
            append_records(connection, [record])
            try:
                connection.execute(insert(ratings), _row(rating))
            except FAILURES as error:
                if doubled(error) == "ratings":
                    raise Busy(what=rating.stream) from error
                raise
            if rating.comment is not None:
                said = {"salt": rating.comment.salt, "value": rating.comment.value}
                connection.execute(insert(rating_comments), {"rating": rating.id, **said})

    def ratings_of(self, dossier_id: str) -> list[Rating]:
        """Return the ratings of a dossier, oldest first."""
        query = (
            select(ratings, rating_comments.c.salt, rating_comments.c.value)
            .outerjoin(rating_comments, rating_comments.c.rating == ratings.c.id)
            .where(ratings.c.dossier_id == dossier_id)
            .order_by(ratings.c.at, ratings.c.id)
        )
        with self.database.reading() as connection:
            return [_rating(row) for row in connection.execute(query)]

    def rating_counts(self, since: datetime, until: datetime) -> list[RatingCount]:
        """Count the ratings from *since* (inclusive) to *until* (exclusive), by agency, procedure, way and score."""
        query = (
            select(*_GROUP, func.count())
            .where(ratings.c.at >= instant_text(since), ratings.c.at < instant_text(until))
            .group_by(*_GROUP)
            .order_by(
                ratings.c.agency, func.coalesce(ratings.c.procedure, ""), ratings.c.way, ratings.c.score
            )
        )
        with self.database.reading() as connection:
            return [RatingCount(*row) for row in connection.execute(query)]


def _row(rating: Rating) -> dict[str, Any]:
    return {
        "id": rating.id,
        "dossier_id": rating.dossier_id,
        "procedure": rating.procedure,
        "agency": rating.agency,
        "way": rating.way,
        "counter": rating.counter,
        "score": rating.score,
        "officer": rating.officer,
        "stream": rating.stream,
        "seq": rating.seq,
        "at": instant_text(rating.at),
    }


def _rating(row: Any) -> Rating:
    return Rating(
        id=row.id,
        dossier_id=row.dossier_id,
        procedure=row.procedure,
        agency=row.agency,
        way=row.way,
        counter=row.counter,
        score=row.score,
        officer=row.officer,
        stream=row.stream,
        seq=row.seq,
        at=instant(row.at),
        comment=None if row.salt is None else RatingComment(row.salt, row.value),
    )

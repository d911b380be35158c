"""The shape of the map of a management standard: clauses, kinds of evidence, codes of root causes."""

from typing import Annotated

from pydantic import Field

from motcua.adapters.schema_types import CitationId, Id, LabelShape, Like, Shape, Words

ClauseId = Annotated[str, Like(r"[1-9][0-9]?(\.[1-9][0-9]?){1,3}")]
EditionId = Annotated[str, Like(r"[12][0-9]{3}")]


class EditionShape(Shape):
    """Which edition of which standard the file maps."""

    id: EditionId = Field(description="The year, as the file is named.")
    standard: Words
    label: LabelShape


class SourceShape(Shape):
    """Something that lines of the map rest on."""

    id: CitationId
    title: LabelShape


class Supported(Shape):
    """A line of the map: what it rests on, and whether somebody confirmed it there."""

    source: CitationId = Field(description="Id in sources.")
    verified: bool = Field(description="True only when somebody compared the line with its source.")


class ClauseShape(Supported):
    """A clause of the standard, and where its evidence lies if not in records."""

    id: ClauseId
    title: LabelShape
    elsewhere: LabelShape | None = None


class EvidenceShape(Supported):
    """A kind of evidence: a type of record, a kind of event, or such events in such records only."""

    id: Id
    label: LabelShape
    record: Id | None = None
    event: Id | None = None
    clauses: list[ClauseId] = Field(min_length=1)


class CauseShape(Shape):
    """A code of root causes in the register of nonconformities."""

    id: Id
    label: LabelShape


class IsoFile(Shape):
    """The map of one edition of a management standard."""

    edition: EditionShape
    sources: list[SourceShape] = Field(min_length=1)
    clauses: list[ClauseShape] = Field(min_length=1, max_length=500)
    evidence: list[EvidenceShape] = Field(min_length=1, max_length=1_000)
    causes: list[CauseShape] = Field(min_length=1)

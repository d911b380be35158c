"""The shape of the table by which facts are said to the national portal."""

from typing import Annotated

from pydantic import Field

from motcua.adapters.schema_types import CitationId, Id, LabelShape, Like, Shape

PortalCode = Annotated[str, Like(r"-?[0-9A-Za-z]{1,16}")]
PublicStatus = Annotated[int, Field(ge=1, le=10)]
Codes = Annotated[list[PortalCode], Field(min_length=1, max_length=20)]


class PortalCodeShape(Shape):
    """A status that the portal knows."""

    code: PortalCode
    means: PublicStatus = Field(description="The national status that it means there.")
    label: LabelShape


class StatusShape(Shape):
    """Which code tells a public status; with an outcome only where the dossier has that."""

    public: PublicStatus
    outcome: Id | None = None
    code: PortalCode


class AnswersShape(Shape):
    """What the codes of its answers mean; any other one is a refusal."""

    done: Codes
    exists: Codes
    missing: Codes


class NoticeShape(Shape):
    """How soon the officer of intake must be told of a submission."""

    hours: int = Field(ge=1, le=240)
    source: CitationId
    verified: bool


class ToldShape(Shape):
    """How soon the portal must know what was done here."""

    minutes: int = Field(ge=1, le=1440)
    source: CitationId
    verified: bool


class PortalShape(Shape):
    """The language of the portal."""

    codes: list[PortalCodeShape] = Field(min_length=1, max_length=100)
    statuses: list[StatusShape] = Field(min_length=1, max_length=200)
    channels: dict[Id, PortalCode]
    answers: AnswersShape
    notice_within: NoticeShape
    told_within: ToldShape
    most_file_mib: int = Field(ge=1, le=1_000)


class PortalFile(Shape):
    """How this installation speaks to the national portal."""

    portal: PortalShape

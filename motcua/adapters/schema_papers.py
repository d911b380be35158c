"""The shape of `roles/papers.yaml`: who signs each paper."""

from typing import Literal

from pydantic import Field

from motcua.adapters.schema_iso import SourceShape
from motcua.adapters.schema_types import CitationId, Id, Shape


class SignersShape(Shape):
    """Positions whose holders sign a paper, at one stage or at both."""

    stage: Literal["intake", "settlement"] | None = Field(
        default=None, description="Before acceptance, or after it; without it, both."
    )
    positions: list[Id] = Field(max_length=50)
    of: Literal["agency", "dossier"] = Field(
        default="agency", description="Held in the paper's agency, or in any agency of the dossier."
    )
    source: CitationId = Field(description="Id in sources.")
    verified: bool = Field(description="True only when somebody compared the line with its source.")


class PaperShape(Shape):
    """One form, and who signs it."""

    form: Id
    signers: list[SignersShape] = Field(max_length=20)


class PapersFile(Shape):
    """Who signs each paper; a form that nobody is named for is signed by nobody."""

    sources: list[SourceShape] = Field(min_length=1, max_length=50)
    papers: list[PaperShape] = Field(max_length=50)

"""What the API is asked with; a field that is not described is refused: nobody sets what is not theirs to set."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from motcua.services.giving_out import POSTED, SHOWN, Handing
from motcua.services.intake import Submission
from motcua.services.transitions import Particulars
from states.procedure import CHANNELS
from states.term import Unit, parse_term

_PRINTED = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Text = Annotated[str, StringConstraints(strict=True, max_length=1000, pattern=_PRINTED)]
Id = Annotated[str, StringConstraints(strict=True, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$")]
Field64 = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Whole = Annotated[int, Field(strict=True, ge=-(2**53) + 1, le=2**53 - 1)]
Facts = Annotated[dict[Field64, StrictBool | Whole | Text], Field(max_length=200)]
Papers = Annotated[list[Id], Field(max_length=200)]

DossierCode = Annotated[
    str,
    Path(pattern=r"^[0-9A-Z.-]{1,40}$", description="Code of the dossier.", examples=["H99.05-260302-0001"]),
]
ProcedureCode = Annotated[str, Path(pattern=r"^[0-9A-Za-z.]{1,40}$", description="Code of the procedure.")]
ProcedureFilter = Annotated[
    str | None, Query(pattern=r"^[0-9A-Za-z.]{1,40}$", description="Only of this procedure.")
]
Mark = Annotated[
    str, Query(max_length=400, pattern=r"^[\x20-\x7e]*$", description="`next` of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]


class Asked(BaseModel):
    """What every request is: no field beside those that are described."""

    model_config = ConfigDict(extra="forbid")


class NewDossier(Asked):
    """A dossier to be taken in; `GET /procedures/{procedure}` names its facts and papers."""

    procedure: Id
    channel: Annotated[Text, Field(json_schema_extra={"enum": list(CHANNELS)})] = "online"
    agency: Id | None = Field(default=None, description="The competent agency; null where it is not known.")
    received: Id | None = Field(default=None, description="Where it is handed in; else the competent agency.")
    helped: Id | None = None
    returns: Id | None = Field(
        default=None, description="Where the result is returned; else where it is handed in."
    )
    facts: Facts = Field(default_factory=dict)
    documents: Papers = Field(default_factory=list)
    applicant: Annotated[dict[Field64, StrictBool | Whole | Text | None], Field(max_length=100)] = Field(
        default_factory=dict,
        description="Personal values: kept apart, never answered with, never in an event.",
    )
    legal_date: date | None = Field(default=None, description="The date on paper, where it differs.")

    def submission(self) -> Submission:
        """Return what the service takes."""
        return Submission(
            procedure=self.procedure,
            channel=self.channel,
            agency=self.agency,
            facts=self.facts,
            documents=tuple(self.documents),
            applicant=self.applicant,
            legal_date=self.legal_date,
            received=self.received,
            helped=self.helped,
            returns=self.returns,
        )


class Length(Asked):
    """How long an extension is."""

    amount: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,5}(\.[0-9]{1,2})?$")]
    unit: Unit


class Received(Asked):
    """To whom a result was given, and what they showed; personal, so kept apart."""

    shown: Annotated[Text, Field(json_schema_extra={"enum": [*SHOWN, POSTED]})] = Field(
        description="What was shown; `post` where the applicant chose delivery by post."
    )
    receiver: Annotated[Text, Field(min_length=1)] = Field(
        description="The name of who took it; of the post, the number of the consignment."
    )

    def handing(self) -> Handing:
        """Return what the service takes."""
        return Handing(self.shown, self.receiver)


class Move(Asked):
    """What to do with a dossier: a transition, or an extension of its term."""

    transition: Id
    facts: Facts = Field(default_factory=dict)
    documents: Papers = Field(default_factory=list)
    reason: Annotated[Text, Field(min_length=1)] | None = Field(
        default=None, description="Free text; personal data until proved otherwise, so kept apart."
    )
    by: Length | None = Field(default=None, description="The new time, for an extension.")
    handed_to: Received | None = Field(
        default=None,
        description="Required where a ready result is given out (`IdentityNotNoted` without), refused elsewhere.",
    )

    def particulars(self) -> Particulars:
        """Return what the service takes. Raises: InvalidTerm."""
        by = None if self.by is None else parse_term(self.by.unit, self.by.amount)
        return Particulars(self.facts, tuple(self.documents), self.reason, by)


class TaskAct(Asked):
    """Take a task from the pool, or give it back."""

    task: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_.:#/-]{1,120}$")]
    act: Literal["claim", "release"]

"""Errors of the API as its document describes them: one shape for all, and which can come from where."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from motcua.web.faults import PROBLEM

Responses = dict[int | str, dict[str, Any]]


class Message(BaseModel):
    """What is wrong and what to do about it, in both languages."""

    vi: str
    en: str


class Place(BaseModel):
    """A part of the request that is wrong."""

    pointer: str = Field(description="Where: `/body/facts/copies`, `/query/limit`, `/header/if-match`.")
    detail: str


class Problem(BaseModel):
    """Why a request was not carried out (RFC 9457); nothing was changed unless `code` is `OutcomeUnknown`."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="`urn:motcua:error:` and the code.")
    title: str
    status: int
    detail: str = Field(description="The message, in Vietnamese unless `?lang=en` asks for English.")
    code: str = Field(description="Names the error for programs, for ever.")
    message: Message
    errors: list[Place] | None = Field(
        default=None, description="Where the request is wrong, of `InvalidRequest`."
    )


_WORDS = {
    400: "The idempotency key is missing or none, or the request cannot be read.",
    401: "No token, or one that opens nothing (any more).",
    403: "The token lacks the scope, or nobody gave the client system the position that the act needs.",
    404: "There is no such thing, or it is for agencies that the client system does not belong to.",
    409: "Not possible as things stand, or others keep changing the dossier.",
    412: "The dossier has moved on: the version in `If-Match` is not the one that is there.",
    413: "What was sent is too large.",
    422: "Data that is wrong, or a key that stands for another request.",
    428: "`If-Match` is missing.",
    429: "Too many denials within a minute.",
    503: "The database is not ready; try again.",
}
_ALWAYS = (400, 401, 403, 413, 422, 429, 503)
HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "`Bearer`"}},
    429: {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds."}},
}


def problems(*more: int) -> Responses:
    """Return the errors that can come from any operation, and *more*, as its description lists them."""
    return {status: _described(status) for status in sorted({*_ALWAYS, *more})}


def _described(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    found: dict[str, Any] = {"description": _WORDS[status], "content": {PROBLEM: {"schema": schema}}}
    if status in HEADERS:
        found["headers"] = HEADERS[status]
    return found

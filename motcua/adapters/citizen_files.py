"""Reads what the citizens' pages take from the config folder: feedback, results that are public, results by post."""

import tomllib
from pathlib import Path
from typing import Any

from motcua.services.ports import CitizensDesk, FeedbackKind, PostedResult, PublicResult, Topic
from states.errors import DomainError
from states.procedure import Label

FEEDBACK, RESULTS, DELIVERY = "feedback.toml", "public_results.toml", "result_delivery.toml"


class UnreadableDesk(DomainError):
    """The file {file} cannot be read: {reason}. Mend it after the one that ships."""

    vi = "Không đọc được tệp {file}: {reason}. Hãy sửa theo tệp mẫu đi kèm."


def read_citizens_desk(config_dir: Path) -> CitizensDesk:
    """Return what stands in these files; what is missing offers nothing. Raises: UnreadableDesk."""
    feedback, results, delivery = (_read(config_dir / file) for file in (FEEDBACK, RESULTS, DELIVERY))
    try:
        return CitizensDesk(
            kinds=tuple(_kind(given) for given in feedback.get("kinds", ())),
            topics=tuple(Topic(given["id"], _label(given)) for given in feedback.get("topics", ())),
            results=tuple(_result(given) for given in results.get("results", ())),
            by_post=tuple(_posted(given) for given in delivery.get("by_post", ())),
        )
    except (KeyError, TypeError) as error:
        raise UnreadableDesk(file=f"{FEEDBACK}, {RESULTS}, {DELIVERY}", reason=f"missing {error}") from error


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableDesk(file=file.name, reason=error) from error


def _label(given: dict[str, Any]) -> Label:
    return Label(given["vi"], given["en"])


def _kind(given: dict[str, Any]) -> FeedbackKind:
    return FeedbackKind(
        given["id"],
        given["procedure"],
        _label(given),
        bool(given["named"]),
        given["answer"],
        given["publishable"],
    )


def _result(given: dict[str, Any]) -> PublicResult:
    return PublicResult(given["procedure"], _label(given), given["source"], bool(given["verified"]))


def _posted(given: dict[str, Any]) -> PostedResult:
    return PostedResult(given["procedure"], given["source"], bool(given["verified"]))

"""Vietnamese or English: what the address asks for, else what the visitor chose last, else Vietnamese."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

LANGUAGES = ("vi", "en")
COOKIE = "lang"
Say = Callable[[str, str], str]


def language_of(request: Request) -> str:
    """Return `vi` or `en`; anything else that is asked for counts as nothing."""
    for given in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if given in LANGUAGES:
            return given
    return LANGUAGES[0]


def speaker(lang: str) -> Say:
    """Return what picks one of two texts, as pages carry both side by side."""
    return lambda vi, en: vi if lang == "vi" else en


def label(words: Mapping[str, Any] | str | None, lang: str) -> str:
    """Return the text of a label that carries its languages; a plain text stays as it is."""
    if words is None or isinstance(words, str):
        return words or ""
    return str(words.get(lang) or words.get("vi") or "")

"""Writes pages from templates/pages: both languages side by side, everything escaped, nothing undefined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse

from motcua.services.ports import NO_WORDS, Words
from motcua.web import assets, wording
from motcua.web.language import COOKIE, LANGUAGES, label, language_of, speaker
from motcua.web.places import PLACES, Place
from motcua.web.told_once import forget_told

_KEEP_LANGUAGE = 365 * 24 * 3600


@dataclass
class Pages:
    """The templates of a folder, each compiled when first needed, and what ids are called on pages."""

    folder: Path
    words: Words = NO_WORDS
    _environment: Environment = field(init=False)

    def __post_init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(self.folder),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(asset=assets.address, places_of=_places_of)
        self._environment.filters.update(
            label=_label,
            when=_when,
            due=_due,
            day=_day,
            clock_time=_clock_time,
            span=_span,
            number=_number,
            term=_term,
            rung=_rung,
            named=self._named(),
        )

    def _named(self) -> Callable[[Context, str, str], str]:
        """Return the filter that calls an id of a kind by its name."""
        words = self.words

        @pass_context
        def named(context: Context, id: str, kind: str) -> str:
            return label(words.of(kind, id), context["lang"])

        return named

    def text(self, request: Request, template: str, facts: Mapping[str, Any]) -> str:
        """Return a page; or a part of one, where the template is such a part."""
        lang = language_of(request)
        given = {
            "request": request,
            "lang": lang,
            "t": speaker(lang),
            "visitor": getattr(request.state, "visitor", None),
            "csrf": getattr(request.state, "csrf", ""),
            **facts,
        }
        return self._environment.get_template(template).render(given)

    def show(self, request: Request, template: str, status: int = 200, /, **facts: Any) -> HTMLResponse:
        """Answer with a page, and keep the language where the address chose one."""
        response = HTMLResponse(self.text(request, template, facts), status, {"cache-control": "no-store"})
        forget_told(request, response)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(
                COOKIE, language_of(request), max_age=_KEEP_LANGUAGE, samesite="lax", httponly=True
            )
        return response


def _places_of(visitor: Any) -> list[Place]:
    """Return the rooms that a visitor may enter, in the order of the menu."""
    may: frozenset[str] = getattr(visitor, "rooms", frozenset())
    return [place for place in PLACES if place.room is None or place.room in may]


@pass_context
def _label(context: Context, words: Any) -> str:
    return label(words, context["lang"])


@pass_context
def _when(context: Context, given: Any) -> str:
    return wording.when(given, context["lang"])


@pass_context
def _due(context: Context, given: Any) -> str:
    return wording.due(given, context["lang"])


@pass_context
def _day(context: Context, given: Any) -> str:
    return wording.day(given, context["lang"])


def _clock_time(given: Any) -> str:
    return wording.clock_time(given)


@pass_context
def _span(context: Context, minutes: Any, of_day: int = 24 * wording.HOUR) -> str:
    return wording.span(minutes, context["lang"], of_day)


@pass_context
def _term(context: Context, given: str) -> str:
    return wording.term(given, context["lang"])


@pass_context
def _rung(context: Context, given: Any) -> str:
    return wording.rung(given, context["lang"])


@pass_context
def _number(context: Context, given: Any) -> str:
    return wording.number(given, context["lang"])

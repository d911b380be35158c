"""Texts from templates: sandboxed Jinja2 over plain data, Vietnamese dates, nothing undefined."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from states.errors import DomainError, Kind


class TemplateMissing(DomainError):
    """There is no notice template "{template}". Add templates/notices/{template}.txt.j2, or mend the procedure."""

    kind = Kind.NOT_FOUND
    vi = "Không có mẫu thông báo «{template}». Hãy bổ sung templates/notices/{template}.txt.j2 hoặc sửa thủ tục."


class TemplateBroken(DomainError):
    """The notice template "{template}" cannot be filled: {reason}. Mend the template; the message waits meanwhile."""

    vi = "Không điền được mẫu thông báo «{template}»: {reason}. Hãy sửa mẫu; thông báo sẽ được gửi lại."


class JinjaRenderer:
    """Renders `notices/<template>.txt.j2` below a folder of templates."""

    def __init__(self, templates: Path) -> None:
        """Take the folder; templates are compiled once."""
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(templates / "notices"),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.globals.clear()
        self._environment.filters.update(when=when, term=term)

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """Return the text of a notice.

        Raises:
            TemplateMissing: No such template.
            TemplateBroken: It names something undefined, does what cannot be done, or is not a template.
        """
        try:
            return self._environment.get_template(f"{template}.txt.j2").render(context)
        except TemplateNotFound:
            raise TemplateMissing(template=template) from None
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise TemplateBroken(template=template, reason=str(error)) from error


def when(text: str) -> str:
    """Write a local instant (ISO text) as `17:00 05/03/2026`; midnight is 24:00 of the day that ends there."""
    at = datetime.fromisoformat(text)
    if (at.hour, at.minute) == (0, 0):
        return f"24:00 {at - timedelta(days=1):%d/%m/%Y}"
    return f"{at:%H:%M %d/%m/%Y}"


_UNITS = {
    "working_days": {"vi": "ngày làm việc", "en": "working days"},
    "working_hours": {"vi": "giờ làm việc", "en": "working hours"},
    "calendar_days": {"vi": "ngày", "en": "days"},
    "hours": {"vi": "giờ", "en": "hours"},
    "months": {"vi": "tháng", "en": "months"},
}


def term(text: str, lang: str) -> str:
    """Write a term such as `7 working_days` in words; a unit without words stays as it is."""
    amount, _, unit = text.partition(" ")
    return f"{amount} {_UNITS.get(unit, {}).get(lang, unit)}"

"""Sets a paper twice from one page: as HTML, and as A4 PDF by typst, the same bytes each time."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from threading import local
from typing import Any

import typst
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from motcua.adapters.paper_forms import PaperForms
from motcua.adapters.paper_qr import qr_code, qr_dots, qr_svg
from motcua.services.ports import FormSpec, Typeset
from states.errors import DomainError

STANDARD: "typst.PDFStandard" = "a-2b"
LONG_WORD = re.compile(r"[^\s\u200b]{30,}")
_UNSEEN = ("qr", "qr_dots", "seal")


class PaperNotSet(DomainError):
    """The paper "{form}" cannot be set: {reason}. Mend templates/papers/paper.typ."""

    vi = "Không dàn được trang «{form}»: {reason}. Hãy sửa templates/papers/paper.typ."


class PaperPress:
    """Forms, HTML and typst together; each thread that sets papers keeps a compiler with its fonts."""

    def __init__(self, templates: Path, config: Path | None = None) -> None:
        """Take the folder of templates, and the config folder that says who signs; both are read when first needed."""
        self._folder = templates / "papers"
        self._forms = PaperForms(self._folder, config)
        self._of_thread = local()
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.clear()
        self._html = environment

    @property
    def names(self) -> tuple[str, ...]:
        """Every form, in the order of the circular's numbers."""
        return self._forms.names

    @property
    def engine(self) -> str:
        """What sets the PDF; with another version the bytes may differ."""
        return f"typst {version('typst')}"

    def spec(self, form: str) -> FormSpec:
        """Return what a form asks for. Raises: FormMissing."""
        return self._forms.spec(form)

    def typeset(self, form: str, sheet: Mapping[str, Any]) -> Typeset:
        """Set both twins.

        Raises:
            FormMissing, FormBroken, PaperNotSet: A template is missing or cannot be filled.
        """
        page = self._page(form, sheet)
        return Typeset(self._html_of(page), self._set(form, page, "pdf")[0])

    def images(self, form: str, sheet: Mapping[str, Any], dots: int = 110) -> list[bytes]:
        """Return every page as a PNG of so many dots an inch, to be looked at."""
        return self._set(form, self._page(form, sheet), "png", dots)

    def _page(self, form: str, sheet: Mapping[str, Any]) -> dict[str, Any]:
        page = self._forms.fill(form, sheet)
        text = f"{page['code']} {page['series_short']} {page['check']}" if page["check"] else ""
        if not text:
            return {**page, "qr": "", "qr_dots": [], "qr_text": ""}
        code = qr_code(text)
        return {**page, "qr": qr_svg(code), "qr_dots": qr_dots(code), "qr_text": text}

    def _html_of(self, page: Mapping[str, Any]) -> bytes:
        return self._html.get_template("paper.html.j2").render(page=page).encode()

    def _compiler(self) -> typst.Compiler:
        """Return this thread's own: typst lets go of the interpreter, so that threads set papers side by side."""
        kept: typst.Compiler | None = getattr(self._of_thread, "compiler", None)
        if kept is None:
            kept = typst.Compiler(self._folder / "paper.typ", root=self._folder, ignore_system_fonts=True)
            self._of_thread.compiler = kept
        return kept

    def _set(self, form: str, page: Mapping[str, Any], kind: str, dots: int | None = None) -> list[bytes]:
        """The page enters as JSON; the date of the paper is the only time that the file knows."""
        compiler = self._compiler()
        given = {"page": json.dumps(_for_typst(page), ensure_ascii=False)}
        year, month, day = page["date"]
        at = datetime(year, month, day, tzinfo=UTC)
        try:
            if kind == "png":
                made = compiler.compile(format="png", ppi=dots, sys_inputs=given, timestamp=at)
            else:
                made = compiler.compile(format="pdf", sys_inputs=given, timestamp=at, pdf_standards=STANDARD)
        except typst.TypstError as error:
            raise PaperNotSet(form=form, reason=error.message) from error
        return made if isinstance(made, list) else [made or b""]


def _for_typst(page: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what only HTML needs, and say whether a word is so long that words must be broken anywhere.

    To look for such words in typst costs a tenth of the page, and hardly a page has one.
    """
    seen = repr([value for key, value in page.items() if key not in _UNSEEN])
    sent = {key: value for key, value in page.items() if key != "qr"}
    return {**sent, "long_words": LONG_WORD.search(seen) is not None}

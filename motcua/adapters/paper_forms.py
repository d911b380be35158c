"""The seven forms as data: each a TOML file of blocks, filled with the facts of one paper."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from motcua.adapters.paper_words import FILTERS, dated
from motcua.adapters.signer_files import read_signers
from motcua.services.ports import FormSpec, Signers
from states.errors import DomainError, Kind

Plain = dict[str, Any]
SHARED = ("office.toml", "paper.html.j2", "paper.typ")
PERSONAL = ("name", "address", "phone", "email")
_SPEC = ("number", "symbol", "notices", "once", "needs")


class FormMissing(DomainError):
    """There is no paper form "{form}". Use one of: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Không có mẫu giấy tờ «{form}». Hãy dùng một trong: {known}."


class FormBroken(DomainError):
    """The paper form "{form}" cannot be filled: {reason}. Mend templates/papers/{form}.toml."""

    vi = "Không điền được mẫu giấy tờ «{form}»: {reason}. Hãy sửa templates/papers/{form}.toml."


@dataclass
class PaperForms:
    """The forms of a folder, read once each; who signs them stands in a config folder."""

    folder: Path
    config: Path | None = None
    _forms: dict[str, "_Form"] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every form, in the order of the circular's numbers."""
        known = (file.stem for file in self.folder.glob("*.toml") if file.name not in SHARED)
        return tuple(sorted(known, key=lambda name: (self._form(name).spec.number, name)))

    @cached_property
    def _signers(self) -> dict[str, tuple[Signers, ...]]:
        return {} if self.config is None else read_signers(self.config)

    def spec(self, form: str) -> FormSpec:
        """Return what the services need to know of a form. Raises: FormMissing, FormBroken."""
        return self._form(form).spec

    def fill(self, form: str, sheet: Mapping[str, Any]) -> Plain:
        """Return the page of a paper: plain values that both twins are set from.

        Raises:
            FormMissing: No such form.
            FormBroken: It names something that the sheet has not.
        """
        found = self._form(form)
        try:
            return _page(found, sheet)
        except (TemplateError, LookupError, TypeError, ValueError) as error:
            raise FormBroken(form=form, reason=f"{type(error).__name__} {error}") from error

    def _form(self, name: str) -> "_Form":
        if name not in self._forms:
            file = self.folder / f"{name}.toml"
            if not name.isidentifier() or file.name in SHARED or not file.is_file():
                known = sorted(f.stem for f in self.folder.glob("*.toml") if f.name not in SHARED)
                raise FormMissing(form=name, known=", ".join(known))
            try:
                self._forms[name] = _read(name, file, self._signers.get(name, ()))
            except (TemplateError, LookupError, TypeError, ValueError) as error:
                raise FormBroken(form=name, reason=f"{type(error).__name__} {error}") from error
        return self._forms[name]


@dataclass(frozen=True)
class _Form:
    spec: FormSpec
    title: Plain
    landscape: bool
    blocks: list[Plain]
    signatures: list[Plain]
    office: Plain


def _read(name: str, file: Path, signers: tuple[Signers, ...]) -> _Form:
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    office = tomllib.loads(file.with_name("office.toml").read_text(encoding="utf-8"))
    given: Plain = {key: tuple(raw[key]) if isinstance(raw[key], list) else raw[key] for key in _SPEC}
    spec = FormSpec(name, template_sha256=_digest(file), signers=signers, **given)
    blocks = [_compiled(block) for block in raw["blocks"]]
    return _Form(spec, raw["title"], raw.get("landscape", False), blocks, raw["signatures"], office)


def _digest(file: Path) -> str:
    """A paper's looks follow from its form and from what all forms share; so does the digest of its template."""
    total = hashlib.sha256()
    for name in (file.name, *SHARED):
        body = file.with_name(name).read_bytes()
        total.update(f"{name} {len(body)}\n".encode() + body)
    return total.hexdigest()


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    made.globals.clear()
    made.filters.update(FILTERS)
    return made


_ENVIRONMENT = _environment()


def _text(given: str) -> Template | str:
    """Compile a text that has something to fill in; most have not, and stay as they are."""
    return _ENVIRONMENT.from_string(given) if "{{" in given or "{%" in given else given.strip()


def _compiled(block: Plain) -> Plain:
    """Compile every text of a block once."""
    made = dict(block)
    for key in ("vi", "en", "value", "value_en"):
        made[key] = _text(block.get(key, ""))
    if "columns" in block:
        made["columns"] = [
            {**column, **{k: _text(column.get(k, "")) for k in ("value", "value_en")}}
            for column in block["columns"]
        ]
    return made


def _page(form: _Form, sheet: Mapping[str, Any]) -> Plain:
    office, spec = form.office, form.spec
    personal = {**dict.fromkeys(PERSONAL, ""), **sheet.get("applicant", {})}
    facts = {"reason": "", **sheet, "applicant": personal}
    year, month, day = (int(part) for part in sheet["date"].split("-"))
    series = f"{spec.symbol}-{sheet['year']}"
    short = series if sheet["number"] is None else f"{sheet['number']}/{series}"
    return {
        "form": f"Mẫu số {spec.number} – {office['circular']}",
        "title": form.title,
        "landscape": form.landscape,
        "agency": sheet["agency"],
        "series": f"Số: {short}",
        "series_short": short,
        "dated": f"{office['place']}, {dated(sheet['date'])}",
        "date": [year, month, day],
        "draft": sheet.get("draft", sheet["signed"] is None),
        "code": sheet["code"],
        "check": sheet["check"],
        "seal": sheet["seal"],
        "blocks": [shown for block in form.blocks if (shown := _block(block, facts)) is not None],
        "signatures": [_signature(each, sheet["signed"]) for each in form.signatures],
        "footer": " · ".join(part for part in (form.title["vi"], sheet["code"], short) if part),
    }


def _block(block: Plain, facts: Mapping[str, Any]) -> Plain | None:
    if "when" in block and not facts[block["when"]]:
        return None
    kind = block["kind"]
    words = {"kind": kind, "vi": _said(block["vi"], facts), "en": _said(block["en"], facts)}
    if kind == "text":
        return words
    if kind == "list":
        lines = _said(block["value"], facts).splitlines()
        return {**words, "items": [line.strip(" -•\t") for line in lines if line.strip(" -•\t")]}
    if kind == "table":
        return (
            None if not facts[block["each"]] and "empty" not in block else {**words, **_table(block, facts)}
        )
    value = {key: _said(block[key], facts) for key in ("value", "value_en")}
    return {**words, **value, "strong": block.get("strong", False)}


def _table(block: Plain, facts: Mapping[str, Any]) -> Plain:
    rows = [
        [
            {
                "vi": _said(column["value"], facts, row=row, place=place),
                "en": _said(column["value_en"], facts, row=row, place=place),
            }
            for column in block["columns"]
        ]
        for place, row in enumerate(facts[block["each"]], 1)
    ]
    columns = [{key: column[key] for key in ("vi", "en", "width", "align")} for column in block["columns"]]
    empty = block.get("empty", {"vi": "", "en": ""})
    return {"columns": columns, "rows": rows, "empty": empty, "small": block.get("small", False)}


def _said(text: Template | str, facts: Mapping[str, Any], **more: Any) -> str:
    return text if isinstance(text, str) else text.render(facts, **more).strip()


def _signature(given: Plain, signed: Mapping[str, Any] | None) -> Plain:
    lines: list[str] = []
    if given.get("signer") and signed is not None:
        lines = [f"Người ký: {signed['officer']}", f"Thời gian ký: {FILTERS['when'](signed['at'])}"]
        if signed.get("mandate"):
            lines.insert(1, f"Thay {signed['on_behalf']}, theo ủy quyền số {signed['mandate']}")
    return {
        **{key: given[key] for key in ("vi", "en", "note")},
        "plain": given.get("plain", False),
        "signed": lines,
    }

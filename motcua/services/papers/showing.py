"""Show papers: a draft as it stands, a signed paper to the byte as it was signed."""

import hashlib
from dataclasses import dataclass
from typing import Any

from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.papers.finding import PaperDiffers, TemplateChanged, find, salt_field, series
from motcua.services.papers.sheets import sheet_of
from motcua.services.ports import PaperRow, PaperSignature, Stored, Typeset, Typesetter
from states.commands import Actor
from states.issuing import may_sign


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was set; the digests are of the template and of both twins."""

    form: str
    number: str
    html: bytes
    pdf: bytes
    template_sha256: str
    html_sha256: str
    pdf_sha256: str


def paper_of(form: str, number: str, made: Typeset, template_sha256: str) -> Paper:
    """Return what was set, with its digests."""
    html, pdf = (hashlib.sha256(twin).hexdigest() for twin in (made.html, made.pdf))
    return Paper(form, number, made.html, made.pdf, template_sha256, html, pdf)


def show(house: Installation, press: Typesetter, code: str, number: str) -> Paper:
    """Set a paper of a dossier again, from what was recorded and the personal values that are still there.

    Raises:
        DossierNotFound, PaperNotFound: There is no such paper.
        TemplateChanged: It was signed, and its template is another one by now.
        PaperDiffers: It was signed, and does not come out the same.
    """
    stored = house.store.load(code)
    row = find(press, stored, house.store.papers(stored.id), number)
    paper, signed, spec = row.draft, row.signature, press.spec(row.draft.form)
    if signed is not None and signed.template_sha256 != spec.template_sha256:
        raise TemplateChanged(number=number, recorded=signed.template_sha256[:12])
    said = paper.input if signed is None else signed.input
    name = salt_field(paper.form, paper.year, paper.number)
    sheet = sheet_of(paper.number, paper.year, said, house.store.personal(stored.id), name)
    made = paper_of(paper.form, number, press.typeset(paper.form, sheet), spec.template_sha256)
    _same(made, signed)
    return made


def _same(made: Paper, signed: PaperSignature | None) -> None:
    if signed is not None and (made.html_sha256, made.pdf_sha256) != (signed.html_sha256, signed.pdf_sha256):
        raise PaperDiffers(number=made.number, engine=signed.engine)


def listed(house: Installation, press: Typesetter, code: str) -> list[dict[str, Any]]:
    """Return the papers of a dossier as plain values, in the order of drafting."""
    stored = house.store.load(code)
    return [_plain(house, press, stored, row) for row in house.store.papers(stored.id)]


def signable(house: Installation, press: Typesetter, stored: Stored, actor: Actor) -> frozenset[str]:
    """Return the numbers of the drafts of a dossier that somebody may sign now."""
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    drafts = [row.draft for row in house.store.papers(stored.id) if row.signature is None]
    return frozenset(
        series(press, paper)
        for paper in drafts
        if may_sign(
            world,
            stored.dossier,
            paper.agency,
            press.spec(paper.form).positions(bool(paper.input["accepted"])),
            actor,
            now,
        )
    )


def _plain(house: Installation, press: Typesetter, stored: Stored, row: PaperRow) -> dict[str, Any]:
    paper, signed = row.draft, row.signature
    calendar = house.worlds.of(stored.dossier.cfg).calendar_of(paper.agency)
    return {
        "number": series(press, paper),
        "form": paper.form,
        "status": "drafted" if signed is None else "signed",
        "cause": paper.cause,
        "drafted_at": local_text(calendar, paper.created_at),
        "signed_by": None if signed is None else signed.officer,
        "signed_at": None if signed is None else local_text(calendar, signed.signed_at),
        "template_sha256": paper.template_sha256 if signed is None else signed.template_sha256,
        "pdf_sha256": None if signed is None else signed.pdf_sha256,
        "html_sha256": None if signed is None else signed.html_sha256,
    }

"""Sign a drafted paper: it is set as it stands, and the digests of what was set enter the record."""

import hashlib
from datetime import datetime
from typing import Any

from audit.canonical import digest
from audit.record import Auth
from motcua.services.enacting import Request, enact
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.papers.finding import PaperIncomplete, PaperSigned, SignerUnnamed, find, salt_field
from motcua.services.papers.sheets import completed, input_of, sheet_of
from motcua.services.ports import FormSpec, PaperDraft, PaperSignature, Stored, Typesetter
from states.commands import Actor, SignPaper
from states.errors import StaleDossier
from states.world import World


def sign(
    house: Installation,
    press: Typesetter,
    code: str,
    number: str,
    actor: Actor,
    auth: Auth | None = None,
    expect: int | None = None,
) -> Stored:
    """Sign a paper in a person's name; what was still blank in the draft is filled, and it is dated of today.

    Where a version of the dossier is expected, it must still be the one that is there.

    Raises:
        DossierNotFound, PaperNotFound, PaperSigned, StaleDossier, PaperIncomplete, NotAuthorised,
            SignerUnnamed: Nothing was written.
    """

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        paper = _unsigned(house, press, stored, number, expect)
        spec = press.spec(paper.form)
        said = completed(paper.input, input_of(house, world, stored, spec, now))
        at = local_text(world.calendar_of(paper.agency), now)
        said["signed"] = {"officer": actor.person or actor.kind, "at": at, **_authority(actor)}
        name = salt_field(paper.form, paper.year, paper.number)
        sheet = sheet_of(paper.number, paper.year, said, house.store.personal(stored.id), name)
        _complete(spec, sheet, code, number)
        made = press.typeset(paper.form, sheet)
        html, pdf = (hashlib.sha256(twin).hexdigest() for twin in (made.html, made.pdf))
        where = (paper.form, paper.agency, paper.year, paper.number)
        template, engine = spec.template_sha256, press.engine
        own, anywhere = _positions(spec, paper, code, number)
        command = SignPaper(*where, own, template, digest(said), engine, html, pdf, actor, anywhere)
        officer = actor.person or ""
        signature = PaperSignature(
            stored.id, *where, stored.seq + 1, officer, template, engine, html, pdf, said, now
        )
        return Request(command, actor, (), auth, signatures=(signature,))

    return enact(house, code, ask)


def _unsigned(
    house: Installation, press: Typesetter, stored: Stored, number: str, expect: int | None
) -> PaperDraft:
    row, dossier = find(press, stored, house.store.papers(stored.id), number), stored.dossier
    if row.signature is not None:
        raise PaperSigned(code=dossier.code, number=number, officer=row.signature.officer)
    if expect is not None and expect != dossier.version:
        raise StaleDossier(code=dossier.code, seen=expect, current=dossier.version)
    return row.draft


def _positions(
    spec: FormSpec, paper: PaperDraft, code: str, number: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = spec.positions(bool(paper.input["accepted"]))
    if not any(found):
        raise SignerUnnamed(code=code, number=number, form=paper.form)
    return found


def _authority(actor: Actor) -> dict[str, str | None]:
    """Return whose authority is used and by which paper, where it is not the signer's own."""
    if actor.mandate is None:
        return {}
    return {"on_behalf": actor.on_behalf, "mandate": actor.mandate.document}


def _complete(spec: FormSpec, sheet: dict[str, Any], code: str, number: str) -> None:
    for what in spec.needs:
        if not sheet[what]:
            raise PaperIncomplete(code=code, number=number, what=what)

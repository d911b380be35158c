"""Whose name may stand under a paper: by form and stage from the config, refused to everybody else and recorded."""

from dataclasses import replace
from json import loads

import pytest
from paper_office import CONFIG, PRESS, TEMPLATES, opened, owing, rows, sign
from world import LEAD, Office, actor_of

from motcua.adapters.typesetting import PaperPress
from motcua.services import papers
from motcua.services.auditing import verify_store
from motcua.services.papers.finding import SignerUnnamed
from motcua.services.standing_in import acting_as
from states.commands import SignPaper
from states.errors import NotAuthorised
from states.issuing import sign_paper

STOP, ASK, RECEIPT = "1/TBD-2026", "1/HDHS-2026", "1/GTN-2026"


def drafted(*moves: str) -> tuple[Office, str]:
    """A dossier that was accepted and sent on, with the papers that this owes."""
    office = owing()
    code = opened(office)
    for move in moves:
        office.send(code, move, None if move == "withdraw" else "officer")
    papers.draft_owed(office.house, PRESS)
    return office, code


def able(office: Office, code: str, number: str) -> list[str]:
    """Who may sign a paper, of everybody."""
    stored = office.store.load(code)
    people = ("counter", "officer", "unit_head", "head", "firefighter", "chairman")
    return [one for one in people if number in papers.signable(office.house, PRESS, stored, actor_of(one))]


def test_each_form_is_signed_by_those_whom_the_config_names() -> None:
    """Stopping is for the competent heads, a receipt for the desk, guidance for who asked, and for nobody else."""
    stopped, code = drafted("withdraw")
    asked, other = drafted("ask_more")

    assert ["unit_head", "head"] == able(stopped, code, STOP)
    assert ["counter"] == able(stopped, code, RECEIPT)
    assert ["counter", "officer", "unit_head", "head"] == able(asked, other, ASK)


def test_before_acceptance_the_desk_refuses_and_afterwards_the_competent_head() -> None:
    """One form, two stages: the draft says of which it is."""
    refusal = PRESS.spec("refusal")
    assert (True, False) == tuple(
        "one_stop_officer" in refusal.positions(accepted)[1] for accepted in (False, True)
    )
    assert (False, True) == tuple("head" in refusal.positions(accepted)[0] for accepted in (False, True))


def test_everybody_else_is_refused_and_the_refusal_is_recorded() -> None:
    """An officer who holds a post in an agency of the dossier, and no position that signs: 403, nothing is written."""
    office, code = drafted("withdraw")
    before = office.raws(code)
    with (
        pytest.raises(NotAuthorised),
        acting_as(office.house, actor_of("officer"), None, "", "sign", code) as who,
    ):
        papers.sign(office.house, PRESS, code, STOP, who)
    [denied] = office.store.records("access:officer")

    assert before == office.raws(code)
    assert ["access_denied", "sign"] == [loads(denied.raw)["events"][0][key] for key in ("kind", "action")]
    sign(office, code, STOP, "unit_head")
    assert () == tuple(verify_store(office.house).findings)


def test_a_form_that_names_no_signer_is_signed_by_nobody() -> None:
    """Not offered, and refused with the file in which the position is to be named."""
    office, code = drafted("withdraw")
    nameless = PaperPress(TEMPLATES)
    stored = office.store.load(code)
    assert frozenset() == papers.signable(office.house, nameless, stored, actor_of("head"))
    with pytest.raises(SignerUnnamed) as refusal:
        papers.sign(office.house, nameless, code, STOP, actor_of("head"))
    assert "roles/papers.yaml" in refusal.value.message("vi")
    assert 7 == len([name for name in PaperPress(TEMPLATES, CONFIG).names if PRESS.spec(name).signers])


def test_a_signature_from_before_forms_named_signers_stays_legal() -> None:
    """Its command says nothing of positions: deciding it again gives what it gave."""
    office, code = drafted()
    sign(office, code, RECEIPT, "counter")
    stored, [row] = office.store.load(code), rows(office, code)
    digests = ("0" * 64,) * 5
    old = SignPaper("receipt", LEAD, 2026, row.draft.number, (), *digests, actor_of("officer"))
    world = office.house.worlds.of(stored.dossier.cfg)

    assert ["paper_issued"] == [
        event.kind for event in sign_paper(world, stored.dossier, old, office.clock.at)
    ]
    with pytest.raises(NotAuthorised):
        sign_paper(world, stored.dossier, replace(old, anywhere=("one_stop_officer",)), office.clock.at)

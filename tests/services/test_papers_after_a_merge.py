"""Papers across a merge: drafts keep their number, new ones go on in the successor's own series, slips tell both."""

from pathlib import Path

from fakes import MemoryStore
from merging import DAY, MERGED, Communes, merger
from world import LEAD

from motcua.adapters.typesetting import PaperPress
from motcua.services import papers
from motcua.services.papers.steps import steps_of
from motcua.services.reorganising import take_effect
from states.commands import Actor
from states.events import event_from_wire

ROOT = Path(__file__).parents[2]
PRESS = PaperPress(ROOT / "templates", ROOT / "config")


def test_series_go_on_with_the_successor_and_drafts_keep_theirs() -> None:
    """An officer who went along signs the old draft; the next receipt is number one of the merged agency."""
    communes = Communes(MemoryStore(), 6)
    code = next(dossier.code for dossier in communes.open() if dossier.agency == LEAD and dossier.accepted_at)
    officer = communes.actor(LEAD, "one_stop_officer")
    drafted = papers.draft(communes.house, PRESS, code, "receipt", officer)
    communes.review(merger())
    communes.until_the_day()
    take_effect(communes.house)
    heir = Actor("officer", officer.person, MERGED, officer.position)

    papers.sign(communes.house, PRESS, code, drafted, heir)
    papers.draft(communes.house, PRESS, code, "control_slip", heir)

    kept = communes.store.papers(communes.store.load(code).id)
    assert [(LEAD, 1, True), (MERGED, 1, False)] == [
        (row.draft.agency, row.draft.number, row.signature is not None) for row in kept
    ]


def test_the_control_slip_names_who_held_the_dossier_then() -> None:
    """The stay that a merge interrupts has a line for either agency, by the name of its day."""
    communes = Communes(MemoryStore(), 8)
    code = next(d.code for d in communes.open() if d.agency == LEAD and "appraising" in d.states)
    communes.review(merger())
    communes.until_the_day()
    take_effect(communes.house)
    stored = communes.store.load(code)
    records = communes.office.records(code)
    events = [event_from_wire(event) for record in records for event in record.events]
    world = communes.house.worlds.of(stored.dossier.cfg)

    lines = steps_of(world, stored.dossier, events, communes.office.clock.at)

    names = [line["agency"] for line in lines]
    assert ("Xã", "Xã Mới") == (names[0], names[-1])
    assert str(DAY) == lines[-1]["entered"][:10] == lines[-2]["left"][:10]

"""The system of the police is the master of a licence's status: it reports, signed, and the dossier follows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from two_houses import code_of

from motcua.adapters.peer_server import Desk
from motcua.adapters.standard_webhooks import generate, read_private, signature_headers
from motcua.bootstrap import config_folder, read_settings
from motcua.bootstrap.rehearsal import rehearsal_house
from motcua.services.auditing import verify_store
from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating import publish_all
from motcua.services.identity import officer
from motcua.services.intake import Submission, submit
from motcua.services.peer_reconciling import UnknownStatus, reconcile
from motcua.services.ports import Peer, Peers
from motcua.services.transitions import MasterElsewhere, Particulars, send
from states.wire import instant_text

SETTINGS = read_settings({})
CONFIG = config_folder(SETTINGS)
BEGINS = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
LICENCE, POLICE, CENTRE, LOG = "3.000346", "H99.06", "H99.01", "licences.example"
MAY = ("report_receipt", "report_approved", "report_refused", "report_printed")
STATUSES = {"received": ("checking",), "approved": ("printing",), "printed": ("transferring", "result_ready")}


@dataclass
class Licences:
    """The province, one dossier at the system of the police, and that system's key."""

    desk: Desk
    clock: Any
    code: str
    secret: str

    def report(self, id: str, transition: str, **changes: Any) -> tuple[int, bytes]:
        """Knock as the system of the police."""
        told = {"transition": transition, "facts": {}, "documents": [], "at": instant_text(self.clock.now())}
        body = {
            "topic": "peer:report",
            "log": LOG,
            "dossier": self.code,
            "told": told,
            "personal": {},
            **changes,
        }
        raw = json.dumps(body).encode()
        signed = signature_headers(read_private(self.secret), id, BEGINS, raw)
        status, _, answer = self.desk.answer({"motcua-log": LOG, **signed}, raw)
        return status, answer

    @property
    def states(self) -> tuple[str, ...]:
        """Where the dossier stands."""
        return self.desk.house.store.load(self.code).dossier.states


@pytest.fixture
def licences(tmp_path: Path) -> Iterator[Licences]:
    """A licence that was accepted at the counter and sent on."""
    files = [file for file in CONFIG.procedure_files(CONFIG.root / "procedures") if LICENCE in str(file)]
    sources = [CONFIG.load(file) for file in files]
    secret, public = generate()
    may = tuple(f"{LICENCE}/{name}" for name in MAY)
    police = Peer("police", LOG, "", (public,), (), {}, may, STATUSES)
    with rehearsal_house(f"sqlite:///{tmp_path / 'motcua.db'}", SETTINGS, BEGINS) as (house, clock):
        publish_all(house, [(source.procedure, source.source) for source in sources])
        desk = Desk(replace(house, peers=Peers((police,))), read_private(generate()[0]), lambda: BEGINS)
        given = Submission(LICENCE, "counter", POLICE, {"health_in_database": True}, ("don", "gplx_cu"))
        posts = house.worlds.directory.posts
        person = next(p.officer for p in posts if (p.agency, p.position) == (CENTRE, "one_stop_officer"))
        counter = officer(house, person)
        code = submit(house, given, counter).dossier.code
        send(house, code, "accept", counter, None, Particulars({"fee_paid": True}))
        yield Licences(desk, clock, code, secret)


def test_reported_to_the_end(licences: Licences) -> None:
    """Each signed report moves the dossier once, with the name of the system in its record."""
    for number, transition in enumerate(("report_receipt", "report_approved", "report_printed")):
        first = licences.report(f"m-{number}", transition)
        assert 200 == first[0]
        assert first == licences.report(f"m-{number}", transition)
    assert ("transferring",) == licences.states
    assert () == verify_store(licences.desk.house).findings
    stored = licences.desk.house.store.load(licences.code)
    raw = licences.desk.house.store.records(f"dossier:{stored.id}")[-1].raw
    assert '"cause":"handoff"' in raw
    assert '"on_behalf":"police"' in raw


def test_nobody_here_says_it_instead(licences: Licences) -> None:
    """What only the outside system may say is refused from whoever holds its account here."""
    house = licences.desk.house
    posts = house.worlds.directory.posts
    person = next(p.officer for p in posts if (p.agency, p.position) == ("H99.06.02", "integration_officer"))
    with pytest.raises(MasterElsewhere):
        send(house, licences.code, "report_receipt", officer(house, person), None, Particulars())


def test_only_what_it_is_the_master_of(licences: Licences) -> None:
    """It may fire no other transition, and none that the dossier is not ready for."""
    refused = licences.report("m-1", "reconcile")
    assert (403, "NotItsStatus") == (refused[0], code_of(refused[1]))
    early = licences.report("m-2", "report_printed")
    assert (409, "TransitionRefused") == (early[0], code_of(early[1]))
    assert ("sent",) == licences.states


def test_silent_then_late(licences: Licences) -> None:
    """Its silence brings the dossier to reconciliation by the clock; a report that comes late still counts."""
    assert 200 == licences.report("m-1", "report_receipt")[0]
    licences.clock.move(BEGINS + timedelta(days=4))
    assert {} == pass_deadlines(licences.desk.house).failed
    assert ("reconciling",) == licences.states
    assert 200 == licences.report("m-2", "report_approved")[0]
    assert ("printing",) == licences.states


def test_statuses_compared(licences: Licences) -> None:
    """The lists are compared dossier by dossier, and nothing is moved by it."""
    house, code = licences.desk.house, licences.code
    assert ["missing there"] == [row["verdict"] for row in reconcile(house, "police", {})]
    [row] = reconcile(house, "police", {code: "approved"})
    assert ("approved", ["sent"], "differs") == (row["theirs"], row["ours"], row["verdict"])
    unknown = reconcile(house, "police", {code: "received", "H99.06-260914-9999": "received"})
    assert {"differs", "unknown here"} == {found["verdict"] for found in unknown}
    assert 200 == licences.report("m-1", "report_receipt")[0]
    assert [] == reconcile(house, "police", {code: "received"})
    with pytest.raises(UnknownStatus):
        reconcile(house, "police", {code: "eaten"})

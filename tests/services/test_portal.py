"""The national portal is kept informed: in order, once, and of the truth, however badly it behaves."""

import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from portal_office import APPLICANT, PortalOffice, portal_office
from world import START

from audit.verify import Level
from motcua.adapters.stand_in.portal import MISCHIEF
from motcua.services.auditing import verify_store
from motcua.services.outbox import deliver_pending, retry_all
from motcua.services.portal import lag, mend, reconcile, refused
from motcua.services.portal.elements import due_stamp
from motcua.services.ports import UnknownPortalStatus

GOLDEN = Path(__file__).parent.parent / "golden" / "portal" / "dossier.json"

GRANTING = (
    ("appraise", "officer"),
    ("visit", "officer"),
    ("answer", "firefighter"),
    ("decide", "head"),
    ("hand_over", "counter"),
)


def worked(desk: PortalOffice) -> list[str]:
    """Three dossiers that come some way, one of them back to the applicant and one past its term."""
    office = desk.office
    codes = [office.open(applicant=APPLICANT) for _ in range(3)]
    for code in codes:
        office.send(code, "accept", "counter")
        desk.tell()
    office.send(codes[0], "ask_more", "officer")
    office.send(codes[1], "appraise", "officer")
    desk.tell()
    office.wait(days=1, hours=2)
    office.extend(codes[1])
    return codes


@pytest.mark.parametrize("mischief", [*MISCHIEF, "all"])
def test_the_portal_has_our_picture_once_it_heals(tmp_path: Path, mischief: str) -> None:
    """Whatever is slow, broken, doubled, lost or late: in the end the portal says what we say, each step once."""
    kinds = MISCHIEF if mischief == "all" else (mischief,)
    with portal_office(tmp_path, *kinds, seed=7) as desk:
        codes = worked(desk)
        desk.tell()
        desk.server.heal()
        desk.settle()
        steps = [json.dumps(step, sort_keys=True) for step in desk.server.ledger.progress]

        assert desk.picture() == desk.theirs()
        assert [] == [step for step in set(steps) if steps.count(step) > 1]
        assert ["1", "4", "5"] == desk.statuses(codes[0])
        assert [] == desk.office.store.dead(100)
        assert () == reconcile(desk.office.house, desk.portal).differences
        assert [] == list(verify_store(desk.office.house, Level.LEGAL).findings)


def test_an_outage_loses_nothing_and_holds_up_no_notice(tmp_path: Path) -> None:
    """A portal that is down for a day gives up nothing, the applicant is told meanwhile, and then it catches up."""
    with portal_office(tmp_path) as desk:
        desk.server.mischief = ("500",)
        desk.server.chance = 1.0
        code = desk.office.accepted()
        for _ in range(12):
            told = desk.tell()
            desk.office.pass_time(hours=2)
        desk.office.sweep()
        relayed = deliver_pending(desk.office.house, _Post())
        desk.server.heal()
        desk.settle()

        assert "500" in told.outage
        assert 0 < relayed.sent
        assert ["1", "4"] == desk.statuses(code)


def test_a_portal_that_is_down_is_asked_by_one_message(tmp_path: Path) -> None:
    """However many wait, one goes ahead; once it is answered the others follow in the same round."""
    with portal_office(tmp_path, "500") as desk:
        desk.server.chance = 1.0
        for _ in range(5):
            desk.office.accepted()
        down = desk.tell()
        desk.server.heal()
        desk.office.pass_time(minutes=1)
        healed = desk.tell()

        assert (0, 1) == (down.sent, down.retried)
        assert (15, 0) == (healed.sent, healed.retried)


def test_how_soon_the_portal_knew_is_measured(tmp_path: Path) -> None:
    """By the records: what was told in time, what late, what waits past the ten minutes, and what not yet."""
    with portal_office(tmp_path) as desk:
        since, codes = desk.office.house.now(), [desk.office.open() for _ in range(4)]
        desk.office.pass_time(minutes=10)
        desk.tell()
        desk.office.send(codes[0], "accept", "counter")
        desk.office.pass_time(minutes=11)
        desk.tell()
        desk.office.send(codes[1], "accept", "counter")
        desk.office.pass_time(minutes=11)
        desk.office.send(codes[2], "accept", "counter")
        found = lag(desk.office.house, desk.portal.table, since)
        later = lag(desk.office.house, desk.portal.table, desk.office.house.now())

        assert (timedelta(minutes=10), "nd-301-2026") == (found.within, found.source)
        assert (5, 4, timedelta(minutes=11)) == (found.told, found.in_time, found.slowest)
        assert [(codes[1], timedelta(minutes=11))] == [(item.code, item.waited) for item in found.behind]
        assert (1, 4 / 6) == (found.waiting, found.share)
        assert (0, 1, None) == (later.told, later.waiting, later.share)


def test_a_refusal_is_told_by_its_code_and_waits_for_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No text makes a success of it; once mended it is sent again, unless something newer was told since."""
    with portal_office(tmp_path) as desk:
        code = desk.office.open()
        no = {"error_code": "7", "message": "Đồng bộ thành công", "data": None}
        with monkeypatch.context() as refusing:
            refusing.setattr(desk.server.ledger, "take", lambda path, said: no)
            told = desk.tell()
        desk.office.send(code, "accept", "counter")
        desk.settle()
        retry_all(desk.office.house)
        desk.settle()
        found = lag(desk.office.house, desk.portal.table, START)

        assert (0, 1) == (told.sent, told.dead)
        assert ["4"] == desk.statuses(code)
        assert (1, 1, 0.0) == (found.told, found.outdated, found.share)


def test_a_status_that_the_portal_does_not_know_is_named(tmp_path: Path) -> None:
    """In both languages, with the way out; nothing else is sent in its place."""
    with portal_office(tmp_path) as desk, pytest.raises(UnknownPortalStatus, match=r"portal\.yaml") as caught:
        desk.portal.table.status(11, "refused")

    assert "trạng thái công khai 11" in caught.value.message("vi")


def test_reconciliation_finds_what_was_put_wrong(tmp_path: Path) -> None:
    """A status, an appointment, a dossier that is gone there and one that is strange here; mending owes them anew."""
    with portal_office(tmp_path) as desk:
        one, two, three = sorted(worked(desk))
        desk.settle()
        known = desk.server.ledger.dossiers
        known[one] = {**known[one], "TrangThaiHoSo": "9"}
        known[two] = {**known[two], "NgayHenTra": "20200101000000"}
        del known[three]
        known["H1-260101-0001"] = {"MaHoSo": "H1-260101-0001", "TrangThaiHoSo": "4"}
        found = reconcile(desk.office.house, desk.portal)
        mended = mend(desk.office.house, found)
        desk.settle()
        left = reconcile(desk.office.house, desk.portal)

        assert [(one, "status"), (two, "appointment"), (three, "missing"), ("H1-260101-0001", "unknown")] == [
            (item.code, item.kind) for item in found.differences
        ]
        assert [one, two, three] == sorted(mended)
        assert ["unknown"] == [item.kind for item in left.differences]
        assert [] == list(verify_store(desk.office.house, Level.LEGAL).findings)


def test_what_was_returned_is_owed_anew_with_its_day(tmp_path: Path) -> None:
    """Mending an ended dossier says when its status was reached, not when it was mended."""
    with portal_office(tmp_path) as desk:
        code = desk.office.accepted()
        for move, officer in GRANTING:
            desk.office.send(code, move, officer)
        desk.settle()
        before = desk.server.ledger.dossiers.pop(code)
        desk.office.pass_time(days=3)
        mend(desk.office.house, reconcile(desk.office.house, desk.portal))
        desk.settle()

        assert ("10", "20260302083000") == (before["TrangThaiHoSo"], before["NgayTra"])
        assert before == desk.server.ledger.dossiers[code]


def test_a_term_that_ends_with_a_day_is_told_within_it() -> None:
    """Midnight is the last second of the day that ends; any other instant stays."""
    assert "20260309235959" == due_stamp("2026-03-10T00:00:00+07:00")
    assert "20260310170000" == due_stamp("2026-03-10T17:00:00+07:00")


def test_what_a_dossier_looks_like_to_the_portal(tmp_path: Path) -> None:
    """The element and the step of one dossier are these, with the applicant's values and none that nobody gave."""
    with portal_office(tmp_path) as desk:
        code = desk.office.open(applicant=APPLICANT)
        desk.office.send(code, "accept", "counter")
        desk.settle()
        told = [{"path": path, **element} for path, element in desk.server.ledger.told]
        held = json.dumps([asdict(item) for item in desk.office.store.waiting(99)], default=str)

    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == told
    assert APPLICANT["name"] not in held


def test_nothing_is_owed_where_no_portal_is_set(tmp_path: Path) -> None:
    """An installation without one has no message for it."""
    with portal_office(tmp_path) as desk:
        desk.office.__post_init__()
        desk.office.accepted()

        assert 0 == desk.tell().sent


def test_a_submission_is_taken_in_once(tmp_path: Path) -> None:
    """Ten pulls, half of whose answers are lost, open one dossier; its file lies under its hash."""
    with portal_office(tmp_path, "lost", "500", seed=3) as desk:
        desk.submit("QG-1")
        codes = {code for _ in range(10) for code in desk.pull().taken.values()}
        desk.server.ledger.answers.clear()
        desk.server.heal()
        codes |= set(desk.pull().taken.values())
        [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
        [stored] = desk.office.store.iterate()

        assert {stored.dossier.code} == codes
        assert {"status": "accepted", "MaHoSo": stored.dossier.code} == desk.server.ledger.answers["QG-1"]
        assert b"a form" == file.read_bytes()
        assert stored.dossier.filed is not None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"facts": {"kind": "unheard-of"}}, "InvalidFacts"),
        ({"procedure": "9.999999"}, "ProcedureNotFound"),
        ({"agency": "H12"}, "AgencyNotFound"),
        ({"submitted_at": "yesterday"}, "MalformedSubmission"),
        ({"facts": []}, "MalformedSubmission"),
        ({"files": [{"name": "x", "sha256": "0" * 64, "content": "eA=="}]}, "WrongFile"),
        ({"files": [{"name": "x", "sha256": "../../etc"}]}, "WrongFile"),
        ({"content": b"x" * 1001}, "WrongFile"),
    ],
)
def test_what_is_wrong_is_answered_and_kept(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    """The portal gets the code of the reason, the list shows it once, and nothing was opened."""
    with portal_office(tmp_path) as desk:
        desk.submit("QG-1", **changes)
        desk.pull()
        desk.server.ledger.answers.pop("QG-1")
        desk.pull()

        assert (reason, "refused") == tuple(
            desk.server.ledger.answers["QG-1"][k] for k in ("reason", "status")
        )
        assert [("QG-1", reason)] == [(item.submission, item.reason) for item in refused(desk.office.house)]
        assert [] == list(desk.office.store.iterate())
        assert reason != "WrongFile" or [] == [path for path in tmp_path.rglob("*") if path.is_file()]
        assert [] == list(verify_store(desk.office.house, Level.LEGAL).findings)


def test_a_submission_that_was_mended_leaves_the_list(tmp_path: Path) -> None:
    """Submitted again under the same id, with what was wrong put right, it is taken in."""
    with portal_office(tmp_path) as desk:
        desk.submit("QG-1", documents=["unheard_of"])
        desk.pull()
        before = refused(desk.office.house)
        desk.submit("QG-1")
        taken = desk.pull().taken

        assert (1, ["QG-1"], []) == (len(before), list(taken), refused(desk.office.house))


class _Post:
    name = "post"

    def send(self, message: str, recipients: object, text: str) -> None:
        """Take the message."""

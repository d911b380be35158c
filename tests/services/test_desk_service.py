"""The counter's use cases: the promised date is the one that is kept, and nothing is given out unseen."""

import pytest
from paper_office import PRESS, owing
from world import LEAD, RESTARTING, Office, actor_of

from motcua.services.desk import Handing, catalogue, folded, foreseen, return_result, scanned, take_in
from motcua.services.desk.returning import NotReadyToReturn, returnable
from motcua.services.giving_out import IdentityNotNoted, NothingToTake, noting
from motcua.services.intake import MalformedCode, Submission
from motcua.services.notices import local_text
from states.errors import DomainError

WANTED = Submission(RESTARTING, "counter", LEAD, {"kind": "repair"}, ("form",), {"name": "Hoa"})
PAID = {"fee_paid": True}


def test_the_date_that_is_foreseen_is_the_date_that_is_promised() -> None:
    """To the minute, day by day, and nothing is written to know it."""
    office = owing()
    told = foreseen(office.house, WANTED, actor_of("counter"), PAID)["clock"]
    assert [] == list(office.store.iterate())

    done = take_in(office.house, PRESS, WANTED, actor_of("counter"), "key", inputs=PAID)
    kept = office.store.load(done.code).dossier.clocks[told["id"]]
    calendar = office.house.worlds.calendars[kept.calendar]

    assert told["due"] == local_text(calendar, kept.due)
    assert told["minutes"] == sum(line["minutes"] for line in told["days"])


def test_what_is_not_complete_yet_is_foreseen_as_if_it_were() -> None:
    """The reason is told beside the date; what cannot be opened at all is an error."""
    office = owing()
    told = foreseen(
        office.house, Submission(RESTARTING, "counter", LEAD, {"kind": "repair"}), actor_of("counter"), {}
    )

    assert ("TransitionRefused", True) == (told["refused"].code, told["clock"] is not None)
    with pytest.raises(DomainError):
        foreseen(office.house, Submission(RESTARTING, "counter", LEAD), actor_of("counter"), {})


def test_taking_in_goes_on_where_it_stopped() -> None:
    """Sent three times with one key: one dossier, one acceptance, one receipt that the worker drafts no more."""
    office = owing()
    done = [take_in(office.house, PRESS, WANTED, actor_of("counter"), "key", inputs=PAID) for _ in range(3)]
    [stored] = office.store.iterate()

    assert [("1/GTN-2026", stored.dossier.code)] * 3 == [(taken.receipt, taken.code) for taken in done]
    assert [True] == [row.signature is not None for row in office.store.papers(stored.id)]
    assert [] == office.store.papers_owed(office.clock.at, 9, 0, {})
    waiting = take_in(office.house, PRESS, WANTED, actor_of("counter"), "other", inputs=None)
    assert (None, ("submitted",)) == (waiting.receipt, office.store.load(waiting.code).dossier.states)


def test_words_are_found_without_marks_and_codes_within_scanned_text() -> None:
    """`đ` is a d; a square code holds the dossier code, the paper and its check."""
    office = Office()

    assert "dang ky ho kinh doanh" == folded("Đăng ký HỘ kinh doanh")
    assert [RESTARTING] == [each["code"] for each in catalogue(office.house, RESTARTING)]
    assert "H99.41.01-260302-0001" == scanned(" h99.41.01-260302-0001 1/GTN-2026 ABCD-EFGH\n")
    with pytest.raises(MalformedCode):
        scanned("https://example.vn/")


def test_nothing_is_given_out_before_it_is_ready_and_somebody_was_seen() -> None:
    """A dossier under way has nothing to return; a hand-over without a paper shown is refused before all else."""
    office = Office()
    code = office.accepted()

    with pytest.raises(NotReadyToReturn):
        returnable(office.house, office.store.load(code))
    for handing in (Handing("", "Hoa"), Handing("id_card", " "), Handing("smile", "Hoa")):
        with pytest.raises(IdentityNotNoted):
            return_result(office.house, code, "hand_over", actor_of("counter"), 1, handing, {}, key="k")


def test_what_gives_nothing_out_has_nobody_who_takes_it() -> None:
    """A receiver beside another act would be lost among its reasons: refused."""
    office = Office()
    stored = office.store.load(office.accepted())
    handing = Handing("id_card", "Hoa")

    assert "because" == noting(office.house, stored, "appraise", "because", None)
    for act in ("appraise", "fly"):
        with pytest.raises(NothingToTake):
            noting(office.house, stored, act, None, handing)
    kept = noting(office.house, stored, "hand_over", "because", handing)
    assert "Thẻ căn cước; người nhận: Hoa; because" == kept

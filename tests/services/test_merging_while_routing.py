"""A reorganisation meets the dispatcher's queue: what is on its way is opened by whoever took over."""

import pytest
from dispatchers import Dispatch
from families import Post
from merging import MERGED, OTHER

from motcua.services.dispatching import queue
from motcua.services.outbox import deliver_pending
from states.directory import AgencyClosed


def test_what_was_routed_to_a_closed_agency_is_opened_at_its_heir() -> None:
    """The message was still waiting: the real dossier has the code of whoever took over, and papers as given."""
    dispatch = Dispatch()
    code = dispatch.codes[0]
    dispatch.route(code, OTHER, "counter")
    dispatch.merge()
    real = dispatch.real(code)
    waited = dispatch.house.store.load(code).dossier
    told = (real.agency, real.code.partition("-")[0], real.documents, waited.agency)
    assert (MERGED, MERGED, ("form",), MERGED) == told
    assert OTHER == waited.facts["competent"] == waited.children["routed"].agency


def test_what_still_waits_is_routed_to_the_heir_and_nobody_else() -> None:
    """The closed agency is refused with its successor's name; the queue lost nothing."""
    dispatch = Dispatch()
    code = dispatch.codes[1]
    dispatch.merge()
    assert dispatch.codes == [waiting.code for waiting in queue(dispatch.house)]
    with pytest.raises(AgencyClosed, match=MERGED):
        dispatch.route(code, OTHER, "counter")
    dispatch.route(code, MERGED, "counter")
    assert MERGED == dispatch.real(code).agency


def test_what_was_opened_before_follows_and_is_heard_of() -> None:
    """The real dossier keeps its code and ends its waiting one when it ends."""
    dispatch = Dispatch()
    code = dispatch.codes[0]
    dispatch.route(code, OTHER, "counter")
    real = dispatch.real(code)
    dispatch.merge()
    assert (MERGED, real.code) == (dispatch.real(code).agency, dispatch.real(code).code)
    dispatch.communes.office.send(real.code, "withdraw", None)
    deliver_pending(dispatch.house, Post())
    assert dispatch.house.store.load(code).dossier.ended

"""Lists that stay open: one look for all, told to those whom it concerns, until the session ends; seen in a browser."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from browsing import served
from on_the_way import somebody
from people import window
from playwright.sync_api import Browser
from test_inbox_many import PERMIT, pool
from web_province import SignedIn, client_of

from motcua.adapters.clock import VirtualClock
from motcua.services.access import Visitor, recognise
from motcua.services.deadlines import pass_deadlines
from motcua.services.live import Lookout, fits, mark_now, open_list, query_of
from motcua.services.ports import FeedPlace
from motcua.services.tasks import claim, release
from motcua.services.transitions import Particulars, send
from motcua.web.assets import ICON
from motcua.web.live import Hub
from motcua.web.site import Pace, Site
from motcua.web.visitors import BY_ITSELF, COOKIE, STREAM
from states.commands import Actor

ENTER = Callable[[str], SignedIn]
QUICK = Pace(every=0.01, heartbeat=60, looks_a_check=1)


def visitor_of(site: Site, who: SignedIn) -> Visitor:
    """Somebody who is signed in, as the rooms see them."""
    found = recognise(site.house, site.doors, who.cookies[COOKIE], site.wall.now())
    assert found is not None
    return found


class Listening:
    """A stream from its beginning, read one event at a time."""

    def __init__(self, hub: Hub, site: Site, visitor: Visitor, since: str | None = None) -> None:
        listed = open_list(site.house, visitor, "all", PERMIT, None)
        self.bytes = hub.events(visitor, listed, mark_now(site.house) if since is None else since)

    async def __aenter__(self) -> "Listening":
        assert b"retry: 3000\n\n" == await anext(self.bytes)
        return self

    async def __aexit__(self, *_: object) -> None:
        generator: Any = self.bytes
        await generator.aclose()

    async def next(self) -> tuple[str, dict[str, str]]:
        """The next event: its name, and what it tells."""
        lines = dict(line.split(": ", 1) for line in (await anext(self.bytes)).decode().strip().splitlines())
        return lines["event"], json.loads(lines["data"])


def heard(told: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run what listens, from its first event to its last; beside the loop that drives the browser in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(told())).result()


def test_what_others_do_to_a_row_is_told_to_whom_it_concerns(province: Site, signed_in: ENTER) -> None:
    """Taken by a colleague it leaves the pool, given back it enters; who holds other posts hears nothing."""
    person, [marked, *_] = pool(province, 1)
    code, _, task = marked.split("|")
    site, who = replace(province, pace=QUICK), visitor_of(province, signed_in(person))
    stored = province.house.store.load(code)
    stranger = visitor_of(province, signed_in(somebody(province, stored.dossier, "counter").person or ""))
    actor = Actor("officer", person)

    async def told() -> list[Any]:
        hub = Hub(site)
        async with Listening(hub, site, who) as mine, Listening(hub, site, stranger):
            await asyncio.to_thread(claim, site.house, code, task, actor)
            first = await mine.next()
            await asyncio.to_thread(release, site.house, code, task, actor)
            second = await mine.next()
            await asyncio.to_thread(send, site.house, code, "assign", actor, None, Particulars())
            third = await mine.next()
            quiet = [one.told for one in hub.streams if one.visitor == stranger]
            return [first, second, third, quiet]

    row = {"task": f"{code}|{task}"}
    expected = [("row", {"what": what, **row}) for what in ("changed", "changed", "left")]
    assert [*expected, [[]]] == heard(told)


def test_an_open_list_hears_that_time_changed_what_a_row_says(province: Site, signed_in: ENTER) -> None:
    """A rung that fires leaves version, task and place in the list as they are; its row is told of all the same."""
    person, [marked, *_] = pool(province, 1)
    code, _, task = marked.split("|")
    clock, who = VirtualClock(province.house.now()), visitor_of(province, signed_in(person))
    house = replace(province.house, clock=clock)
    site = replace(province, house=house, pace=QUICK)
    due = house.store.load(code).dossier.clocks[f"step:{task.partition('#')[0]}"].due
    assert due is not None

    async def told() -> Any:
        hub = Hub(site)
        async with Listening(hub, site, who) as mine:
            clock.move(due)
            await asyncio.to_thread(pass_deadlines, house)
            return await mine.next()

    before = house.store.load(code)
    assert ("row", {"what": "changed", "task": f"{code}|{task}"}) == heard(told)
    assert before.dossier.version == house.store.load(code).dossier.version


def test_a_stream_ends_with_its_session_and_with_too_many_others(province: Site, signed_in: ENTER) -> None:
    """Of four the oldest is told that it is open elsewhere; when the session ends, all are; nothing is left behind."""
    person, _ = pool(province, 1)
    site, who = replace(province, pace=QUICK), visitor_of(province, signed_in(person))

    async def told() -> list[Any]:
        hub = Hub(site)
        async with (
            Listening(hub, site, who) as first,
            Listening(hub, site, who) as second,
            Listening(hub, site, who),
            Listening(hub, site, who),
        ):
            ends = [await first.next()]
            await asyncio.to_thread(site.house.store.end_sessions, [who.session])
            ends.append(await second.next())
        return [*ends, hub.streams]

    assert [("end", {"why": "elsewhere"}), ("end", {"why": "session"}), []] == heard(told)


def test_who_comes_back_is_told_that_something_happened_meanwhile(province: Site, signed_in: ENTER) -> None:
    """By the last event that was heard, or by the page; where nothing happened the stream is silent and alive."""
    person, _ = pool(province, 1)
    silent = replace(QUICK, heartbeat=0.01)
    site, who = replace(province, pace=silent), visitor_of(province, signed_in(person))

    async def told() -> list[Any]:
        hub = Hub(site)
        async with (
            Listening(hub, site, who, str(FeedPlace())) as late,
            Listening(hub, site, who) as on_time,
        ):
            return [await late.next(), await anext(on_time.bytes)]

    assert [("refresh", {}), b":\n\n"] == heard(told)


def test_the_server_ends_streams_when_it_stops(province: Site, signed_in: ENTER) -> None:
    """With a reason on which the page tries again."""
    person, _ = pool(province, 1)
    site, who = replace(province, pace=QUICK), visitor_of(province, signed_in(person))

    async def told() -> Any:
        hub = Hub(site)
        async with Listening(hub, site, who) as mine:
            hub.close()
            return await mine.next()

    assert ("end", {"why": "closing"}) == heard(told)


def test_a_look_that_fails_ends_the_streams_so_that_pages_come_back(
    province: Site, signed_in: ENTER, caplog: pytest.LogCaptureFixture
) -> None:
    """A queue that is none any more stands for what nobody foresaw; it is logged, and nobody listens on in vain."""
    person, [marked, *_] = pool(province, 1)
    code, _, task = marked.split("|")
    site, who = replace(province, pace=QUICK), visitor_of(province, signed_in(person))

    async def told() -> Any:
        hub = Hub(site)
        async with Listening(hub, site, who) as mine:
            hub.streams[0].listed.queue = "none"
            await asyncio.to_thread(claim, site.house, code, task, Actor("officer", person))
            return await mine.next()

    assert ("end", {"why": "closing"}) == heard(told)
    assert ["looking after open lists failed"] == [one.message for one in caplog.records]


def test_one_look_finds_each_change_once(province: Site, signed_in: ENTER) -> None:
    """Looking back a little tells nothing twice; what fits a list fits it as the database says."""
    person, [marked, *_] = pool(province, 1)
    code, _, task = marked.split("|")
    house, who = province.house, visitor_of(province, signed_in(person))
    lookout = Lookout()
    lookout.begin(house)
    claim(house, code, task, Actor("officer", person))
    looks = [lookout.look(house) for _ in range(2)]
    [(_, tasks)] = looks[0].items()
    lists = {queue: open_list(house, who, queue, None, None) for queue in ("all", "own", "results", "late")}
    rows = {queue: set(listed.shown) for queue, listed in lists.items()}
    found = {
        queue: {(one.dossier_id, one.task) for one in tasks if fits(query_of(house, listed), one)}
        for queue, listed in lists.items()
    }

    assert ([house.store.load(code).id], {}) == (list(looks[0]), looks[1])
    assert {queue: rows[queue] & {(t.dossier_id, t.task) for t in tasks} for queue in rows} == found


def test_what_a_page_asks_by_itself_does_not_keep_a_session_alive(province: Site, signed_in: ENTER) -> None:
    """Neither the stream, nor what is read again, nor an icon counts as use; a page that somebody opens does."""
    one = signed_in("officer")
    client, house = client_of(province, one), province.house
    late = replace(province, wall=_Later(province))
    slow = client_of(late, one)
    [(session, _)] = house.store.sessions_among([visitor_of(province, one).session])
    slow.get("/viec", headers={BY_ITSELF: "1"})
    slow.get(ICON)
    [(same, _)] = house.store.sessions_among([session.id])
    slow.get("/viec")
    [(used, _)] = house.store.sessions_among([session.id])

    assert (session.seen_at, True) == (same.seen_at, used.seen_at > session.seen_at)
    assert 303 == client_of(province).get(STREAM).status_code
    assert 200 == client.get("/viec").status_code


class _Later:
    """A clock some minutes ahead of another one."""

    def __init__(self, site: Site) -> None:
        self._wall = site.wall

    def now(self) -> Any:
        """Return the instant."""
        return self._wall.now() + timedelta(minutes=5)


def test_in_a_browser_a_row_that_another_officer_takes_is_marked_where_it_stands(
    browser: Browser, province: Site, signed_in: ENTER
) -> None:
    """The focus stays on its row, marks stay; when it leaves, or on request, the list is put in order."""
    person, [first, second, *_] = pool(province, 2)
    code, _, task = first.split("|")
    other = second.split("|")[0]
    site = replace(province, pace=replace(QUICK, every=0.2))
    with served(site) as address, window(browser, address, signed_in(person)) as page:
        page.goto(f"{address}/viec?thu_tuc={PERMIT}")
        with page.expect_response(lambda answer: STREAM in answer.url):
            page.reload()
        page.get_by_role("link", name=other).focus()
        page.keyboard.press("x")
        claim(site.house, code, task, Actor("officer", person))
        row = page.locator(f'tr[data-task="{code}|{task}"]')
        row.locator(".fresh").wait_for()
        held = page.evaluate("document.activeElement.closest('tr').dataset.task.split('|')[0]")
        officer = row.locator("td").last.inner_text()
        marks = page.locator("tbody input:checked").count()
        send(site.house, other, "assign", Actor("officer", person), None, Particulars())
        page.locator(f'tr[data-task^="{other}"] .fresh', has_text="đã rời hàng").wait_for()
        still = page.evaluate("document.activeElement.closest('tr').dataset.task.split('|')[0]")
        page.get_by_role("button", name="Sắp xếp lại").click()
        page.locator(f'tr[data-task^="{other}"]').wait_for(state="detached")

    assert (other, other, person, 1) == (held, still, officer, marks)

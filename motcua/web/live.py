"""Everybody's open lists: one look at the database for all of them, and a few bytes to those whom it concerns.

No stream holds a thread. While nothing happens, a look is one query that finds nothing, and each stream sleeps.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from motcua.services.access import Visitor, still_in
from motcua.services.live import Lookout, OpenList, Told, moved_since, query_of
from motcua.services.ports import DatabaseNotReady
from motcua.web.site import Site

_log = logging.getLogger("motcua.web")
_CROWDED = 50
"""With so many things to tell at once the page is better read again."""

SESSION, ELSEWHERE, CLOSING = "session", "elsewhere", "closing"
"""Why a stream ends: the session or the posts did, the same person opened too many, the site stops."""


@dataclass(eq=False)
class Stream:
    """One open list, what it was not told yet, and why it ends, once it does."""

    visitor: Visitor
    listed: OpenList
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    told: list[Told] = field(default_factory=list)
    fresh: bool = False
    over: str | None = None

    def tell(self, found: list[Told]) -> None:
        """Keep what happened until it is sent."""
        self.told += found
        if len(self.told) > _CROWDED:
            self.told, self.fresh = [], True
        if self.told or self.fresh:
            self.wake.set()

    def end(self, why: str) -> None:
        """Let the stream end after what it has to tell."""
        self.over = why
        self.wake.set()

    def take(self, id: str) -> list[bytes]:
        """Return what is to be sent now."""
        sent = [_event("refresh", {}, id)] if self.fresh else []
        sent += [_event("row", {"what": one.what, "task": f"{one.code}|{one.task}"}, id) for one in self.told]
        self.told, self.fresh = [], False
        return sent


class Hub:
    """The streams of one process, and the one task that looks for all of them while there are any."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lookout = Lookout()
        self._task: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._looks = 0
        self.streams: list[Stream] = []

    async def events(self, visitor: Visitor, listed: OpenList, since: str) -> AsyncIterator[bytes]:
        """Yield what happens in a list, for as long as its visitor's session lasts."""
        stream = Stream(visitor, listed)
        try:
            await self._join(stream, since)
            yield b"retry: 3000\n\n"
            while True:
                try:
                    async with asyncio.timeout(self._site.pace.heartbeat):
                        await stream.wake.wait()
                except TimeoutError:
                    yield b":\n\n"
                    continue
                stream.wake.clear()
                for sent in stream.take(self._id()):
                    yield sent
                if stream.over is not None:
                    yield _event("end", {"why": stream.over}, self._id())
                    return
        finally:
            with suppress(ValueError):
                self.streams.remove(stream)

    def look(self) -> list[Callable[[], None]]:
        """Look once for all, in any thread; return what is then to be done in that of the streams."""
        house, pace = self._site.house, self._site.pace
        changed, found = self._lookout.look(house), list[Callable[[], None]]()
        for stream in list(self.streams) if changed else ():
            query = query_of(house, stream.listed)
            told = [one for id, tasks in changed.items() for one in stream.listed.told(query, id, tasks)]
            found.append(partial(stream.tell, told))
        self._looks += 1
        return found + (self._ended() if self._looks % pace.looks_a_check == 0 else [])

    def close(self) -> None:
        """End every stream; called by the server when it stops."""
        for stream in self.streams:
            stream.end(CLOSING)

    async def _join(self, stream: Stream, since: str) -> None:
        own = [
            one for one in self.streams if one.visitor.person == stream.visitor.person and one.over is None
        ]
        for older in own[: max(0, len(own) + 1 - self._site.pace.most)]:
            older.end(ELSEWHERE)
        self.streams.append(stream)
        async with self._starting:
            if self._task is None or self._task.done():
                await run_in_threadpool(self._lookout.begin, self._site.house)
                self._task = asyncio.create_task(self._run())
        if await run_in_threadpool(moved_since, self._site.house, since):
            stream.fresh = True
            stream.wake.set()

    async def _run(self) -> None:
        """Look again and again while there is a stream; a database that is away is asked again.

        What nobody foresaw ends the streams, so that their pages come back to a fresh start.
        """
        try:
            while self.streams:
                await asyncio.sleep(self._site.pace.every)
                with suppress(DatabaseNotReady):
                    for do in await run_in_threadpool(self.look):
                        do()
        except Exception:  # a fault here is ours, and nobody may go on listening to nothing
            _log.exception("looking after open lists failed")
            self.close()

    def _ended(self) -> list[Callable[[], None]]:
        """Return the ends of streams whose session is over, or whose visitor holds other posts by now."""
        site, streams = self._site, list(self.streams)
        site.rules.renewed(site.house, site.wall.now())
        there = still_in(site.house, site.doors, [one.visitor.session for one in streams], site.wall.now())
        return [
            partial(one.end, SESSION)
            for one in streams
            if (now := there.get(one.visitor.session)) is None or _posts(now) != _posts(one.visitor)
        ]

    def _id(self) -> str:
        return str(self._lookout.after)


def hub_of(request: Request) -> Hub:
    """Return the streams of the site that a request came to."""
    return cast(Hub, request.app.state.live)


def _posts(visitor: Visitor) -> tuple[object, ...]:
    return visitor.agencies, visitor.actor, visitor.rooms


def _event(name: str, told: Mapping[str, str], id: str) -> bytes:
    return f"id: {id}\nevent: {name}\ndata: {json.dumps(told)}\n\n".encode()

"""How much anybody may send: more than a page or an upload needs is turned away before it is read."""

from dataclasses import dataclass

from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from motcua.web.faults import too_large

MIB = 1024 * 1024
UPLOADS = "/tep"


@dataclass(frozen=True)
class BodyLimit:
    """Middleware that counts what comes in, whatever its head says.

    Attributes:
        most: Bytes of a request; of one whose address ends with `UPLOADS` *uploads*.
    """

    app: ASGIApp
    most: int = MIB
    uploads: int = 42 * MIB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 to what says that it is too much; break off what turns out to be."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        body = _Body(self.uploads if scope["path"].endswith(UPLOADS) else self.most, receive, send)
        said = request.headers.get("content-length", "0")
        if not said.isdecimal() or int(said[:18]) > body.most:
            await too_large(request)(scope, receive, send)
            return
        try:
            await self.app(scope, body.receive, body.send)
        except MultiPartException:
            if not body.over:
                raise
        if body.over:
            await too_large(request)(scope, receive, send)


@dataclass
class _Body:
    """What came in so far; once it is too much, nothing that the site answers to it goes out."""

    most: int
    _receive: Receive
    _send: Send
    came: int = 0

    @property
    def over(self) -> bool:
        return self.came > self.most

    async def receive(self) -> Message:
        """Take the next piece. Raises: MultiPartException, on which whoever reads a form closes its files."""
        message = await self._receive()
        self.came += len(message.get("body", b""))
        if self.over:
            raise MultiPartException("too large")
        return message

    async def send(self, message: Message) -> None:
        if not self.over:
            await self._send(message)

"""The way to the national portal over HTTP: JSON both ways, a token, and whole or no answers."""

import http.client
import json
import ssl
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from motcua.adapters.http_gateway import Gateway, InvalidGateway, opened, read_gateway
from motcua.services.ports import Element, PortalAnswer
from states.errors import DomainError

PATIENCE = timedelta(seconds=10)
DOSSIERS, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
MOST_ANSWER = 16 * 2**20
_UNDERSTOOD = (HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class InvalidPortal(DomainError):
    """The setting portal_url is not understood: {reason}. Write it like https://portal.example/api."""

    vi = "Không hiểu thiết lập portal_url: {reason_vi}. Hãy viết như https://portal.example/api."


def read_portal(url: str, token: str) -> Gateway:
    """Read the address of a portal. Raises: InvalidPortal."""
    try:
        return read_gateway(url, token)
    except InvalidGateway as fault:
        raise InvalidPortal(**fault.facts) from None


class PortalHttp:
    """Asks the portal; one connection for each question, so that threads share nothing."""

    def __init__(
        self,
        gateway: Gateway,
        unit: str,
        *,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Prepare the way; nothing is opened yet.

        Args:
            gateway: Where the portal is, and the token for it.
            unit: The code by which the portal knows this installation (`madonvi`).
            trust: Makes the rules by which its certificate is judged.
            patience: How long one answer may take.
        """
        self._gateway, self._unit, self._trust, self._patience = gateway, unit, trust, patience

    def tell(self, elements: Sequence[Element], ids: Sequence[str], *, update: bool) -> PortalAnswer:
        """Add or update dossiers. Raises: OSError."""
        where = "/dossiers/update" if update else "/dossiers/add"
        return self._said(where, DOSSIERS, elements, ids, update=update)

    def progress(self, elements: Sequence[Element], ids: Sequence[str]) -> PortalAnswer:
        """Add steps that were taken. Raises: OSError."""
        return self._said("/progress", PROGRESS, elements, ids, update=False)

    def find(self, code: str) -> Element | None:
        """Return a dossier as the portal has it. Raises: OSError."""
        found: Element | None = self._json("GET", f"/dossiers/{quote(code, safe='')}")["data"]
        return found

    def known(self) -> Iterator[Element]:
        """Walk the dossiers of this unit, page by page. Raises: OSError."""
        after = ""
        unit = quote(self._unit, safe="")
        while page := self._json("GET", f"/dossiers?madonvi={unit}&after={quote(after, safe='')}")["data"]:
            yield from page
            before, after = after, page[-1]["MaHoSo"]
            if after <= before:
                raise ConnectionError("the portal's pages do not go on")

    def submissions(self) -> list[Element]:
        """Return what nobody has answered. Raises: OSError."""
        found: list[Element] = self._json("GET", "/submissions")["data"]
        return found

    def file(self, sha256: str, most: int) -> bytes:
        """Return a file, or as much of it as shows that it is too big. Raises: OSError."""
        return self._ask("GET", f"/files/{quote(sha256, safe='')}", None, most + 1)

    def answer(self, submission: str, said: Element) -> PortalAnswer:
        """Say what became of a submission. Raises: OSError."""
        told = self._json("POST", f"/submissions/{quote(submission, safe='')}/answer", said)
        return PortalAnswer(str(told["error_code"]), str(told["message"]))

    def _said(
        self, where: str, service: str, elements: Sequence[Element], ids: Sequence[str], *, update: bool
    ) -> PortalAnswer:
        envelope = {"madonvi": self._unit, "service": service, "isUpdating": update}
        told = self._json("POST", where, {**envelope, "data": list(elements), "ids": list(ids)})
        return PortalAnswer(str(told["error_code"]), str(told["message"]))

    def _json(self, method: str, where: str, body: object = None) -> Any:
        """Ask, and read an answer that has a code; whatever else comes back is no answer."""
        try:
            told = json.loads(self._ask(method, where, body, MOST_ANSWER))
        except (ValueError, RecursionError):
            raise ConnectionError("the portal's answer is not JSON") from None
        if not isinstance(told, dict) or not {"error_code", "message"} <= told.keys():
            raise ConnectionError("the portal's answer has no error_code")
        return {"data": None, **told}

    def _ask(self, method: str, where: str, body: object, most: int) -> bytes:
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json; charset=utf-8",
            "Connection": "close",
        }
        if self._gateway.token:
            headers["Authorization"] = f"Bearer {self._gateway.token}"
        connection = opened(self._gateway, self._patience, self._trust)
        try:
            connection.request(method, self._gateway.target.rstrip("/") + where, sent, headers)
            answer = connection.getresponse()
            held = answer.read(most)
        except http.client.HTTPException as error:
            raise ConnectionError(f"the portal does not speak HTTP: {type(error).__name__}") from None
        finally:
            connection.close()
        if answer.status not in _UNDERSTOOD:
            raise ConnectionError(f"the portal answers {answer.status}")
        return held

"""What is asked of an OpenID provider over HTTP: JSON, by https or on this machine, no redirection, not too long."""

import http.client
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from motcua.adapters.http_gateway import InvalidGateway, opened, read_gateway
from motcua.services.ports import ProviderSilent

PATIENCE = timedelta(seconds=10)
_MOST = 1_000_000
_HERE = ("localhost", "127.0.0.1", "::1")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Wire:
    """The way to one provider; a connection for each question."""

    issuer: str
    trust: Callable[[], ssl.SSLContext]

    def get(self, url: str) -> dict[str, Any]:
        """Return the object at an address. Raises: ProviderSilent."""
        told = self._ask("GET", url, None, {})
        if told is None:
            raise ProviderSilent(issuer=self.issuer, reason="it refuses")
        return told

    def post(self, url: str, form: Mapping[str, str], basic: str) -> dict[str, Any] | None:
        """Return what a form is answered with; None where the provider refuses it. Raises: ProviderSilent."""
        headers = {"content-type": _FORM, "authorization": f"Basic {basic}"}
        return self._ask("POST", url, urlencode(form), headers)

    def _ask(
        self, method: str, url: str, body: str | None, headers: Mapping[str, str]
    ) -> dict[str, Any] | None:
        try:
            place = read_gateway(url)
            if not place.secure and place.host not in _HERE:
                raise ProviderSilent(issuer=self.issuer, reason="not https")
            connection = opened(place, PATIENCE, self.trust)
            try:
                connection.request(method, place.target, body, {"accept": "application/json", **headers})
                answer = connection.getresponse()
                text = answer.read(_MOST + 1)
            finally:
                connection.close()
            if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return None
            if answer.status != HTTPStatus.OK or len(text) > _MOST:
                raise ProviderSilent(issuer=self.issuer, reason=f"status {answer.status}")
            told = json.loads(text)
        except (OSError, http.client.HTTPException, InvalidGateway, ValueError) as error:
            raise ProviderSilent(issuer=self.issuer, reason=type(error).__name__) from error
        if not isinstance(told, dict):
            raise ProviderSilent(issuer=self.issuer, reason="no object")
        return told

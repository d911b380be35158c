"""A small OpenID Connect provider on the loopback: real HTTP, real keys, and lies where a test wants them."""

import base64
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET, SUBJECT = "motcua", "bí mật/+", "5f0c-an"
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}, private=True)
OTHER = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)
Claims = dict[str, Any]


@dataclass
class Provider:
    """What the provider says; a test changes any part of it.

    Attributes:
        now: Seconds of its clock.
        claims: Changes the claims of a token before they are signed.
        sign: Makes a token of claims; the honest way when None.
        answer: Changes what the browser brings back.
        published: Changes what it publishes of itself.
        asked: Paths that were asked for.
    """

    now: float
    issuer: str = ""
    claims: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] | None = None
    answer: Callable[[dict[str, str]], dict[str, str]] = lambda answer: answer
    published: Callable[[Claims], Claims] = lambda told: told
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> Claims:
        """What the provider publishes of itself."""
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "authorization_response_iss_parameter_supported": True,
        }
        return self.published(told)

    def authorize(self, asked: dict[str, str]) -> str:
        """Let the one person of this provider in, and send the browser back."""
        code = secrets.token_hex(8)
        self._codes[code] = asked
        answer = self.answer({"code": code, "state": asked["state"], "iss": self.issuer})
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str], authorization: str) -> Claims | None:
        """Exchange a code, once, for who knows the secret and the verifier."""
        asked = self._codes.pop(form.get("code", ""), None)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        who = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        known = who == f"{CLIENT}:b%C3%AD%20m%E1%BA%ADt%2F%2B"
        if (
            asked is None
            or not known
            or (asked["code_challenge"], asked["code_challenge_method"])
            != (
                challenge,
                "S256",
            )
        ):
            return None
        claims = self.claims(
            {
                "iss": self.issuer,
                "sub": SUBJECT,
                "aud": CLIENT,
                "iat": int(self.now),
                "exp": int(self.now) + 300,
                "nonce": asked["nonce"],
                "acr": "high",
            }
        )
        return {"token_type": "Bearer", "access_token": "x", "id_token": (self.sign or signed())(claims)}


def signed(key: RSAKey = KEY, **header: Any) -> Callable[[Claims], str]:
    """Return what signs claims with a key under a header."""
    told = {"alg": "RS256", "kid": "k1", **header}
    wanted = {name: value for name, value in told.items() if value is not None}
    return lambda claims: jwt.encode(wanted, claims, key, algorithms=[str(wanted["alg"])])


def unsigned(claims: Claims) -> str:
    """Return a token that nobody signed: `alg` is none."""
    parts = ({"alg": "none", "kid": "k1"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
        + "."
    )


def confused(claims: Claims) -> str:
    """Return a token signed by HMAC with the provider's public key as the secret."""
    secret = OctKey.import_key(KEY.as_pem(private=False))
    return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, secret, algorithms=["HS256"])


@contextmanager
def running(provider: Provider) -> Iterator[Provider]:
    """Serve a provider from a thread, on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if parts.path == "/authorize":
                self.send_response(303)
                self.send_header("location", provider.authorize(dict(parse_qsl(parts.query))))
                self.end_headers()
            elif parts.path == "/keys":
                self._say({"keys": [KEY.as_dict(private=False)]})
            else:
                self._say(provider.configuration())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._say(provider.token(dict(parse_qsl(body)), self.headers.get("authorization", "")))

        def _say(self, told: Claims | None) -> None:
            self.send_response(400 if told is None else 200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join(10)

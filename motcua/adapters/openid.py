"""An OpenID Connect provider: authorization code with PKCE; its word counts after every check of the standard.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9207 (issuer in the answer); RFC 8725 (JWT practice).
"""

import base64
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry

from motcua.adapters.openid_wire import Wire
from motcua.services.ports import NotVouched, Pending, ProviderSilent, Vouched

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""By public keys only: with a secret one the provider's own public key could be taken for it."""

LEEWAY = 60
"""Seconds by which clocks may differ."""

_DISCOVERY = "/.well-known/openid-configuration"
_KINDS = frozenset({"RSA", "EC", "OKP"})
_LONGEST = 255


@dataclass(frozen=True, slots=True)
class Client:
    """How the provider knows this installation.

    Attributes:
        issuer: Exactly as the provider writes it.
        redirect: Where the browser comes back to; whole address.
        acr: Classes of authentication that are enough; empty: any.
    """

    issuer: str
    id: str
    secret: str
    redirect: str
    acr: tuple[str, ...] = ()


@dataclass
class OpenIdProvider:
    """The provider of one client; what it publishes is read when first needed, its keys again when one is unknown."""

    client: Client
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    _published: Mapping[str, Any] = field(default_factory=dict, init=False)
    _keys: dict[str, Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._wire = Wire(self.client.issuer, self.trust)

    @property
    def issuer(self) -> str:
        """Its name, exactly as it writes it."""
        return self.client.issuer

    def address(self, pending: Pending) -> str:
        """Return where the browser is sent to. Raises: ProviderSilent."""
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.client.redirect,
            "scope": "openid",
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": create_s256_code_challenge(pending.verifier),
            "code_challenge_method": "S256",
        }
        if self.client.acr:
            asked["acr_values"] = " ".join(self.client.acr)
        return f"{self._endpoint('authorization_endpoint')}?{urlencode(asked)}"

    def vouched(self, pending: Pending, answer: Mapping[str, str], now: datetime) -> Vouched:
        """Return whom an answer vouches for, after every check. Raises: NotVouched; ProviderSilent."""
        issuer = answer.get("iss")
        if issuer != self.issuer and (issuer is not None or self._says_who_answers()):
            raise _refused("another provider answered", "do nhà cung cấp khác trả lời")
        if "error" in answer or not answer.get("code"):
            raise _refused("the provider said no", "nhà cung cấp từ chối")
        told = self._exchange(answer["code"], pending.verifier)
        claims = self._signed(told)
        self._fits(claims, pending.nonce, now)
        return Vouched(self.issuer, claims["sub"], claims.get("acr"))

    def _exchange(self, code: str, verifier: str) -> str:
        """Give the code for the provider's word, which comes from it alone and not by the browser."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect,
            "client_id": self.client.id,
            "code_verifier": verifier,
        }
        who = f"{quote(self.client.id, safe='')}:{quote(self.client.secret, safe='')}"
        told = self._wire.post(
            self._endpoint("token_endpoint"), form, base64.b64encode(who.encode()).decode()
        )
        word = None if told is None else told.get("id_token")
        if not isinstance(word, str):
            raise _refused("the code is not good", "mã xác nhận không dùng được")
        return word

    def _signed(self, word: str) -> dict[str, Any]:
        """Return the claims of a token that one of the provider's keys signed."""
        try:
            return dict(jwt.decode(word, self._key_of, algorithms=list(ALGORITHMS)).claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise _refused("it is not signed by the provider's key", "chữ ký không đúng") from error

    def _key_of(self, token: Any) -> Any:
        """Find the key by its id among those published; an id is a name in a list, and nothing is fetched by it."""
        name = token.headers().get("kid")
        if not isinstance(name, str):
            raise ValueError("no kid")
        if name not in self._keys:
            self._read_keys()
        key = self._keys[name]
        told = key.as_dict(private=False).get("alg")
        if told not in (None, token.headers()["alg"]):
            raise ValueError("a key for another algorithm")
        return key

    def _read_keys(self) -> None:
        told = self._wire.get(self._endpoint("jwks_uri"))
        found = [key for key in told.get("keys", ()) if isinstance(key, dict)]
        self._keys = {
            key["kid"]: JWKRegistry.import_key(key)
            for key in found
            if isinstance(key.get("kid"), str) and key.get("kty") in _KINDS and key.get("use", "sig") == "sig"
        }

    def _fits(self, claims: Mapping[str, Any], nonce: str, now: datetime) -> None:
        """Check each claim. Raises: NotVouched."""
        at = now.timestamp()
        audience = claims.get("aud")
        many = audience if isinstance(audience, list) else [audience]
        times: tuple[Any, Any, Any] = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
        expires, issued, begins = times
        for fits, reason, reason_vi in (
            (claims.get("iss") == self.issuer, "of another issuer", "của nơi cấp khác"),
            (self.client.id in many, "for another audience", "cấp cho hệ thống khác"),
            (
                len(many) == 1 or claims.get("azp") == self.client.id,
                "for another party",
                "cấp cho bên khác",
            ),
            (_instant(expires) and at < expires + LEEWAY, "expired", "đã hết hạn"),
            (_instant(issued) and issued - LEEWAY <= at, "issued in the future", "cấp ở tương lai"),
            (_instant(begins) and begins - LEEWAY <= at, "not valid yet", "chưa có hiệu lực"),
            (claims.get("nonce") == nonce, "of another sign-in", "của lần đăng nhập khác"),
            (_subject(claims.get("sub")), "without a subject", "không nêu người dùng"),
            (
                not self.client.acr or claims.get("acr") in self.client.acr,
                "not sure enough",
                "mức xác thực chưa đủ",
            ),
        ):
            if not fits:
                raise _refused(reason, reason_vi)

    def _says_who_answers(self) -> bool:
        return self._configuration().get("authorization_response_iss_parameter_supported") is True

    def _endpoint(self, name: str) -> str:
        found = self._configuration().get(name)
        if not isinstance(found, str):
            raise ProviderSilent(issuer=self.issuer, reason=f"no {name}")
        return found

    def _configuration(self) -> Mapping[str, Any]:
        if not self._published:
            told = self._wire.get(self.issuer.rstrip("/") + _DISCOVERY)
            if told.get("issuer") != self.issuer:
                raise ProviderSilent(issuer=self.issuer, reason="it calls itself by another name")
            self._published = told
        return self._published


def _instant(claim: Any) -> bool:
    return isinstance(claim, int | float) and not isinstance(claim, bool)


def _subject(claim: Any) -> bool:
    return isinstance(claim, str) and 0 < len(claim) <= _LONGEST


def _refused(reason: str, reason_vi: str) -> NotVouched:
    return NotVouched(reason=reason, reason_vi=reason_vi)

"""Somebody else who vouches for people: an identity provider, as the services see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from states.errors import DomainError, Kind


class NotVouched(DomainError):
    """The identity provider's word does not count: {reason}. Begin again at the sign-in page."""

    kind = Kind.NOT_AUTHORISED
    vi = "Không chấp nhận xác nhận của nhà cung cấp định danh: {reason_vi}. Hãy bắt đầu lại từ trang đăng nhập."


class ProviderSilent(DomainError):
    """The identity provider {issuer} does not answer as it should: {reason}. Sign in by password, or try later."""

    kind = Kind.NOT_READY
    vi = "Nhà cung cấp định danh {issuer} không trả lời đúng: {reason}. Hãy dùng mật khẩu hoặc thử lại sau."


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that has left for the provider and has not come back; good for once.

    Attributes:
        id: SHA-256 of the token in the browser's cookie: only who left may come back.
        state, nonce, verifier: What the answer, the provider's word and the exchange must fit.
        wanted: The page that was asked for.
    """

    id: str
    state: str
    nonce: str
    verifier: str
    wanted: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouches for, and how surely."""

    issuer: str
    subject: str
    acr: str | None


class IdentityProvider(Protocol):
    """An identity provider that this installation is known to."""

    @property
    def issuer(self) -> str:
        """Its name, exactly as it writes it."""
        ...

    def address(self, pending: Pending) -> str:
        """Return where the browser is sent to. Raises: ProviderSilent."""
        ...

    def vouched(self, pending: Pending, answer: Mapping[str, str], now: datetime) -> Vouched:
        """Return whom an answer vouches for, after every check. Raises: NotVouched; ProviderSilent."""
        ...

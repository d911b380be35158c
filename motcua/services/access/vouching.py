"""Signing in by somebody else's word: away to the identity provider, and back once, by the same browser, in time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from motcua.services.access.sessions import Doors, Entered, begin, note
from motcua.services.installation import Installation
from motcua.services.ports import IdentityProvider, NotVouched, Pending
from states.errors import DomainError, Kind

IN_TIME = timedelta(minutes=10)
"""How long somebody may take at the provider."""


class NotLinked(DomainError):
    """You are "{subject}" at {issuer}, which opens no account here. Give the administrator this name."""

    kind = Kind.NOT_AUTHORISED
    vi = "Bạn là «{subject}» ở {issuer}, chưa gắn với tài khoản nào ở đây. Hãy gửi tên này cho quản trị."


def leave(house: Installation, provider: IdentityProvider, wanted: str, now: datetime) -> tuple[str, str]:
    """Begin a sign-in: return the token that the browser keeps, and where it goes. Raises: ProviderSilent."""
    token, state, nonce, verifier = (house.new_salt().hex() for _ in range(4))
    pending = Pending(_id(token), state, nonce, verifier, wanted, now)
    address = provider.address(pending)
    house.store.begin_sign_in(pending, now - IN_TIME)
    return token, address


def come_back(
    house: Installation,
    doors: Doors,
    provider: IdentityProvider,
    token: str,
    answer: Mapping[str, str],
    now: datetime,
    held: str | None = None,
) -> tuple[Entered, str]:
    """Begin a session for whom the provider vouches; return it, and the page that was asked for.

    Raises:
        NotVouched: The answer fits no sign-in of this browser, was used before, is late, or fails a check.
        NotLinked: They have no account, or it is closed.
        ProviderSilent: The provider cannot be asked.
    """
    pending = house.store.take_sign_in(_id(token)) if token else None
    if pending is None or now - pending.at >= IN_TIME:
        raise NotVouched(reason="no sign-in was begun here", reason_vi="không có lần đăng nhập nào chờ")
    if not compare_digest(answer.get("state", "").encode(), pending.state.encode()):
        raise NotVouched(reason="of another sign-in", reason_vi="của lần đăng nhập khác")
    vouched = provider.vouched(pending, answer, now)
    account = house.store.linked(vouched.issuer, vouched.subject)
    if account is None or account.disabled:
        if account is not None:
            note(house, account, "sign_in_refused")
        raise NotLinked(subject=vouched.subject, issuer=vouched.issuer)
    return begin(house, doors, account, now, idp="oidc", acr=vouched.acr, held=held), pending.wanted


def _id(token: str) -> str:
    return sha256(token.encode()).hexdigest()

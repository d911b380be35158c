"""Puts together the way to the identity provider, where the settings name one."""

from motcua.services.ports import IdentityProvider
from motcua.settings import Settings
from states.errors import DomainError

RETURN = "/dang-nhap/oidc/ve"
"""Where the browser comes back to, below the address of the site."""


class HalfProvider(DomainError):
    """The setting oidc_issuer needs oidc_client, oidc_secret_file and site_url as well: {missing}. Set them too."""

    vi = "Thiết lập oidc_issuer cần thêm oidc_client, oidc_secret_file và site_url: {missing}. Hãy đặt đủ."


def identity_provider(settings: Settings) -> IdentityProvider | None:
    """Return the provider of an installation; None where it has none. Raises: HalfProvider."""
    if not settings.oidc_issuer:
        return None
    from motcua.adapters.openid import Client, OpenIdProvider

    needed = {name: getattr(settings, name) for name in ("oidc_client", "oidc_secret_file", "site_url")}
    missing = [name for name, value in needed.items() if not value]
    if missing or settings.oidc_secret_file is None:
        raise HalfProvider(missing=", ".join(missing))
    secret = settings.oidc_secret_file.read_text(encoding="utf-8").strip()
    redirect = settings.site_url.rstrip("/") + RETURN
    acr = tuple(settings.oidc_acr.split())
    return OpenIdProvider(Client(settings.oidc_issuer, settings.oidc_client, secret, redirect, acr))

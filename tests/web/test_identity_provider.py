"""Signing in by an identity provider, over real HTTP, and every way in which its word does not count."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from identity_provider import (
    CLIENT,
    OTHER,
    SECRET,
    SUBJECT,
    Claims,
    Provider,
    confused,
    running,
    signed,
    unsigned,
)
from web_province import client_of
from world import SetClock

from motcua.adapters.openid import Client, OpenIdProvider
from motcua.bootstrap import identity_provider
from motcua.bootstrap.providing import HalfProvider
from motcua.services.access import add_account, disable, link
from motcua.services.ports import Pending, ProviderSilent
from motcua.settings import Settings
from motcua.web.site import Site
from motcua.web.visitors import COOKIE, PENDING

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
BACK = "https://testserver/dang-nhap/oidc/ve"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """An honest provider."""
    with running(Provider(NOW.timestamp())) as found:
        yield found


@pytest.fixture
def site(province: Site, provider: Provider) -> Site:
    """The province, which the provider knows, and in which its one person has an account."""
    client = Client(provider.issuer, CLIENT, SECRET, BACK, ("high",))
    known = replace(province, provider=OpenIdProvider(client), wall=SetClock(NOW))
    add_account(known.house, "an", "cb.h99.01-6", "Lê Thị An")
    link(known.house, "an", provider.issuer, SUBJECT)
    return known


def followed(there: str) -> str:
    """Go to the provider as a browser does; return the address it sends back to."""
    parts = urlsplit(there)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    sent = connection.getresponse().headers["location"]
    connection.close()
    return str(sent)


def back(client: TestClient, wanted: str = "/toi") -> str:
    """Leave for the provider and return the address on which the browser comes back."""
    left = client.get(f"/dang-nhap/oidc?di={wanted}")
    return followed(left.headers["location"])


def test_whom_the_provider_vouches_for_is_in_and_the_record_says_how(site: Site, provider: Provider) -> None:
    """Back at the page they wanted, with a session cookie and none of the sign-in; provider and class are recorded."""
    client = client_of(site)
    answer = client.get(back(client))
    page = client.get("/toi")
    last = json.loads(site.house.store.records("access:cb.h99.01-6")[-1].raw)

    assert (303, "/toi", 200, True) == (
        answer.status_code,
        answer.headers["location"],
        page.status_code,
        "Lê Thị An" in page.text,
    )
    assert (True, False) == (COOKIE in client.cookies, PENDING in client.cookies)
    assert ("oidc", "high") == (last["auth"]["idp"], last["auth"]["acr"])


def wrong(name: str, value: Any) -> Callable[[Claims], Claims]:
    """Return what puts another value in the place of a claim."""
    return lambda claims: {**claims, name: value}


LIES: dict[str, dict[str, Any]] = {
    "S83-alg-none": {"sign": unsigned},
    "S83-public-key-as-secret": {"sign": confused},
    "S83-another-key-of-the-same-name": {"sign": signed(OTHER)},
    "S83-another-algorithm-than-the-key's": {"sign": signed(alg="PS256")},
    "S84-another-issuer": {"claims": wrong("iss", "https://evil.example")},
    "S84-issuer-with-a-slash": {"claims": lambda claims: {**claims, "iss": claims["iss"] + "/"}},
    "S84-another-audience": {"claims": wrong("aud", "other")},
    "S84-two-audiences-and-no-party": {"claims": wrong("aud", [CLIENT, "other"])},
    "S85-expired": {"claims": wrong("exp", int(NOW.timestamp()) - 61)},
    "S85-not-yet": {"claims": wrong("nbf", int(NOW.timestamp()) + 120)},
    "S85-issued-tomorrow": {"claims": wrong("iat", int(NOW.timestamp()) + 86_400)},
    "S85-no-end": {"claims": wrong("exp", None)},
    "S85-an-end-that-is-no-time": {"claims": wrong("exp", "9999999999")},
    "S86-key-by-a-path": {"sign": signed(kid="../../../etc/passwd")},
    "S86-key-unknown": {"sign": signed(kid="k9")},
    "S86-no-key-named": {"sign": signed(kid=None)},
    "S87-another-nonce": {"claims": wrong("nonce", "0")},
    "S87-another-provider-answers": {"answer": lambda answer: {**answer, "iss": "https://evil.example"}},
    "S87-nobody-says-who-answers": {"answer": lambda answer: {n: v for n, v in answer.items() if n != "iss"}},
    "S87-another-state": {"answer": lambda answer: {**answer, "state": "0"}},
    "S87-another-code": {"answer": lambda answer: {**answer, "code": "0"}},
    "said-no": {"answer": lambda answer: {"state": answer["state"], "iss": answer["iss"], "error": "denied"}},
    "not-sure-enough": {"claims": wrong("acr", "low")},
    "nobody": {"claims": wrong("sub", "")},
    "somebody-without-an-account": {"claims": wrong("sub", "stranger")},
}


@pytest.mark.parametrize("name", LIES)
def test_a_word_that_fails_a_check_lets_nobody_in(site: Site, provider: Provider, name: str) -> None:
    """The page of the sign-in says so, no session begins, and nothing is fetched by what the token names."""
    client = client_of(site)
    for part, lie in LIES[name].items():
        setattr(provider, part, lie)
    answer = client.get(back(client))

    assert (422, False) == (answer.status_code, COOKIE in client.cookies)
    assert [] == site.house.store.sessions("an")
    assert {"/.well-known/openid-configuration", "/authorize", "/keys"} >= set(provider.asked)


def test_an_answer_counts_once_in_its_own_browser_and_in_time(site: Site, provider: Provider) -> None:
    """S87: played again, brought by another browser, or after ten minutes, it lets nobody in."""
    client, other, late = (client_of(site) for _ in range(3))
    there = back(client)
    stolen = other.get(there).status_code
    first, again = client.get(there).status_code, client.get(there).status_code
    when = back(late)
    wall: Any = site.wall
    wall.at += timedelta(minutes=10)

    assert (422, 303, 422, 422) == (stolen, first, again, late.get(when).status_code)


def test_a_closed_account_stays_closed_whoever_vouches(site: Site, provider: Provider) -> None:
    """The provider knows them still."""
    disable(site.house, "an")
    client = client_of(site)

    assert 422 == client.get(back(client)).status_code


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(lambda told: {**told, "issuer": "https://evil.example"}, id="another-name"),
        pytest.param(lambda told: {"issuer": told["issuer"]}, id="no-endpoints"),
        pytest.param(lambda told: [told], id="no-object"),
    ],
)
def test_a_provider_that_publishes_nonsense_is_not_asked(site: Site, provider: Provider, told: Any) -> None:
    """The visitor is told that the provider does not answer as it should; passwords go on working."""
    provider.published = told
    client = client_of(site)

    assert 503 == client.get("/dang-nhap/oidc").status_code
    assert 200 == client.get("/dang-nhap").status_code


def test_a_provider_elsewhere_is_asked_by_https_only() -> None:
    """What it publishes would else be anybody's word."""
    far = OpenIdProvider(Client("http://sso.songlam.example", CLIENT, SECRET, BACK))
    with pytest.raises(ProviderSilent, match="not https"):
        far.address(Pending("a", "b", "c", "d", "/", NOW))


def test_without_a_provider_there_is_no_way_to_one(province: Site) -> None:
    """Neither the link nor the addresses."""
    client = client_of(province)

    assert [404, 404] == [client.get(path).status_code for path in ("/dang-nhap/oidc", "/dang-nhap/oidc/ve")]
    assert "/dang-nhap/oidc" not in client.get("/dang-nhap").text


def test_a_provider_that_is_named_by_half_is_an_error_of_the_settings(
    settings: Settings, tmp_path: Path
) -> None:
    """All four belong together; with all of them there is one."""
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    half = replace(settings, oidc_issuer="https://sso.songlam.example", oidc_client=CLIENT)
    with pytest.raises(HalfProvider):
        identity_provider(half)
    whole = identity_provider(replace(half, oidc_secret_file=secret, site_url="https://motcua.example/"))

    assert identity_provider(settings) is None
    assert whole is not None and "https://sso.songlam.example" == whole.issuer

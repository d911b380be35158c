"""What comes between a visitor and the site: proxies, caches, the name of the host."""

from dataclasses import replace

import pytest
from web_province import client_of

from motcua.settings import load_settings
from motcua.settings.errors import InvalidNetwork
from motcua.web import assets
from motcua.web.addresses import origin
from motcua.web.site import Site

OURS = ("10.0.0.0/8", "2001:db8::1")


@pytest.mark.parametrize(
    ("peer", "said", "found"),
    [
        pytest.param("203.0.113.9", ["198.51.100.1"], "203.0.113.9", id="no-proxy-of-ours"),
        pytest.param("10.0.0.5", [], "10.0.0.5", id="a-proxy-that-says-nothing"),
        pytest.param("10.0.0.5", ["198.51.100.1"], "198.51.100.1", id="whom-the-proxy-heard"),
        pytest.param("10.0.0.5", ["1.1.1.1, 198.51.100.1"], "198.51.100.1", id="not-what-the-visitor-wrote"),
        pytest.param("10.0.0.5", ["1.1.1.1", "198.51.100.1, 10.0.0.6"], "198.51.100.1", id="two-proxies"),
        pytest.param("::ffff:10.0.0.5", ["198.51.100.1"], "198.51.100.1", id="ipv4-in-ipv6"),
        pytest.param("2001:db8::1", ["2001:db8::9"], "2001:db8::9", id="ipv6"),
        pytest.param("10.0.0.5", ["1.1.1.1, unknown"], "10.0.0.5", id="no-address"),
        pytest.param("testclient", ["1.1.1.1"], "testclient", id="a-peer-without-address"),
    ],
)
def test_only_our_proxies_are_believed(peer: str, said: list[str], found: str) -> None:
    """From the right up to the first address that is none of ours."""
    assert found == origin(peer, said, OURS)


def test_nobody_is_believed_by_default(province: Site) -> None:
    """Without the setting a header changes nothing; a value that is no network is refused."""
    assert ((), "10.0.0.5") == (province.settings.trusted_proxies, origin("10.0.0.5", ["1.1.1.1"], ()))
    with pytest.raises(InvalidNetwork):
        load_settings({"MOTCUA_TRUSTED_PROXIES": "10.0.0.5 proxy.example"})


def test_limits_are_those_of_whom_the_proxy_heard(province: Site) -> None:
    """Two citizens behind one proxy do not use up each other's tries."""
    site = replace(province, settings=replace(province.settings, trusted_proxies=("127.0.0.1",)))
    client = client_of(site)
    client._transport.client = ("127.0.0.1", 1)  # type: ignore[attr-defined]  # where this client speaks from
    ask = {"ma": "", "kt": "x"}
    tries = [
        client.get("/tra-cuu", params={**ask, "ma": f"H{n}"}, headers={"x-forwarded-for": "198.51.100.1"})
        for n in range(61)
    ]
    other = client.get("/tra-cuu", params=ask, headers={"x-forwarded-for": "198.51.100.2"})

    assert (429, 404) == (tries[-1].status_code, other.status_code)


@pytest.mark.parametrize(
    ("path", "status", "there"),
    [
        ("/viec/?hang=all", 307, "/viec?hang=all"),
        ("/viec/%0d%0ax/", 404, None),
        ("//evil.example/", 404, None),
        ("/nothing", 404, None),
    ],
)
def test_no_redirect_names_the_host_of_a_request(
    province: Site, path: str, status: int, there: str | None
) -> None:
    """A stroke at the end is taken off by an address of this site alone."""
    answer = client_of(province).get(f"https://testserver{path}", headers={"host": "evil.example"})

    assert (status, there) == (answer.status_code, answer.headers.get("location"))


def test_who_looks_for_an_icon_without_a_page_finds_it(province: Site) -> None:
    """Browsers do beside a PDF; nothing else would tell them of it."""
    answer = client_of(province).get("/favicon.ico")

    assert (200, "image/svg+xml") == (answer.status_code, answer.headers["content-type"])


def test_only_the_right_digest_is_kept_for_a_year(province: Site) -> None:
    """Any other query gets the file, for some minutes."""
    client = client_of(province)
    right, name = assets.address("motcua.css"), "/static/motcua.css"
    kept = [
        client.get(each).headers["cache-control"] for each in (right, f"{name}?v=bogus", f"{right}0", name)
    ]

    assert [True, False, False, False] == ["immutable" in each for each in kept]

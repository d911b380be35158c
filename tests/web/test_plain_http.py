"""At an address by plain http browsers drop the session's cookie: the sign-in says so, and what to do instead."""

from dataclasses import replace

import pytest
from browsing import CLEAN, look_at
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from motcua.web.app import create_app
from motcua.web.site import Site

WORDS = "không thể đăng nhập tại đây"


def warned(site: Site, base: str, path: str = "/dang-nhap", **headers: str) -> bool:
    """Whether a page at an address says that nobody can sign in there."""
    client = TestClient(create_app(site), base_url=base, client=("10.0.0.5", 4000))
    return (
        WORDS
        in client.get(path, headers={name.replace("_", "-"): said for name, said in headers.items()}).text
    )


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("http://motcua.tinh.vn", True),
        ("http://192.168.1.7:8000", True),
        ("http://localhost.tinh.vn", True),
        ("https://motcua.tinh.vn", False),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
    ],
)
def test_only_an_address_that_keeps_the_cookie_goes_without_a_warning(
    province: Site, base: str, expected: bool
) -> None:
    """HTTPS and the machine itself do; the choice of parts of a demonstration warns as the sign-in does."""
    assert [expected, expected] == [warned(province, base, path) for path in ("/dang-nhap", "/demo")]


def test_a_proxy_of_ours_is_believed_that_it_ends_https_and_nobody_else(province: Site) -> None:
    """The header counts from a named proxy; whoever starts the pages for HTTPS says it once for all."""
    named = replace(province, settings=replace(province.settings, trusted_proxies=("10.0.0.5",)))
    base = "http://motcua.tinh.vn"

    assert [True, False] == [warned(site, base, x_forwarded_proto="https") for site in (province, named)]
    assert [True, False] == [
        warned(named, base, x_forwarded_proto="https, http"),
        warned(replace(province, secure=True), base),
    ]


def test_the_way_out_is_told_and_the_page_is_sound(browser: Browser, address: str, province: Site) -> None:
    """Both languages name https and localhost; nothing else on the page breaks."""
    client = TestClient(create_app(province), base_url="http://motcua.tinh.vn")
    vi, en = (client.get(f"/dang-nhap?lang={lang}").text for lang in ("vi", "en"))
    assert ["https://motcua.tinh.vn" in vi, "http://localhost" in vi, "nobody can sign in" in en] == [
        True
    ] * 3
    assert CLEAN == look_at(browser, f"{address}/dang-nhap")

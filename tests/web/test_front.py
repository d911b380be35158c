"""The front door and every kind of "no"."""

import re

from browsing import CLEAN, look_at
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from motcua.web import assets
from motcua.web.app import create_app
from motcua.web.site import Site
from states.diagram import STYLE


def test_a_page_that_does_not_exist_says_so_in_both_languages_and_loads_nothing_foreign(
    browser: Browser, address: str
) -> None:
    """In both themes and widths axe-core finds nothing, and the policy is not breached."""
    looked = look_at(browser, f"{address}/khong-co-trang-nay")
    looked.complaints = [said for said in looked.complaints if "404" not in said]

    assert CLEAN == looked


def test_a_program_gets_a_problem_and_a_person_gets_a_page(province: Site) -> None:
    """The same fault is problem+json below /api/ and a page everywhere else."""
    client = TestClient(create_app(province), base_url="https://testserver")

    problem, page = client.get("/api/nothing"), client.get("/nothing?lang=en")

    assert ("application/problem+json", "Http404") == (
        problem.headers["content-type"],
        problem.json()["title"],
    )
    assert (404, True) == (page.status_code, "There is no such page." in page.text)


def test_every_answer_forbids_what_is_inline_or_comes_from_elsewhere(province: Site) -> None:
    """The policy stands on pages, on faults and on redirections."""
    client = TestClient(create_app(province), base_url="https://testserver")

    policies = {client.get(path).headers["content-security-policy"] for path in ("/healthz", "/none", "/")}

    assert [True] == [
        "script-src 'self';" in policy and "unsafe" not in policy and "default-src 'none'" in policy
        for policy in policies
    ]


def test_a_theme_changes_colours_and_nothing_else() -> None:
    """What is dark differs by the values of custom properties, so that one look at the structure holds for both."""
    sheet = (assets.FOLDER / "motcua.css").read_text(encoding="utf-8")
    dark = re.findall(r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}\s*\}", sheet, re.DOTALL)

    assert sheet.count("prefers-color-scheme") == len(dark)
    assert [] == [
        one for block in dark for one in re.findall(r"([^;{]+):", block) if not one.strip().startswith("--")
    ]


def test_pictures_of_lanes_look_alike_in_pages_and_alone() -> None:
    """The sheet of the pages is the style that a picture brings where nobody forbids it."""
    sheet = (assets.FOLDER / "lanes.css").read_text(encoding="utf-8")

    assert STYLE == sheet.partition("*/")[2].strip()

"""A mandate that is used: the head gives it, its holder acts in the head's name, and no more once it is taken back."""

from collections.abc import Callable
from json import loads

from browsing import CLEAN, look_at
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.delegating import Terms, grant
from motcua.services.presenting import actions_of
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
OWN = "/toi/uy-quyen"


def stoppable(site: Site) -> tuple[str, str, str, str]:
    """A dossier that a head may stop: its code, the head, a colleague with no hand in it, and their agency."""
    posts = site.house.worlds.directory.posts
    for row in site.house.store.tasks(limit=500):
        stored = site.house.store.load(row.code)
        stops = [act for act in actions_of(site.house, stored) if act["id"] == "stop"]
        for who in (who for act in stops for who in act["by"] if who["officers"]):
            head, agency = who["officers"][0], who["agency"]
            able = {one for act in stops for each in act["by"] for one in each["officers"]}
            able.update(one for hands in stored.dossier.acted.values() for one in hands)
            for post in posts:
                if post.agency == agency and post.position == "officer" and post.officer not in able:
                    return row.code, head, post.officer, agency
    raise AssertionError("the province has no dossier that a head may stop")


def mandate(site: Site, giver: SignedIn, holder: str, agency: str) -> str:
    """Let the giver give one by their own page, from now on for a month; returns its id."""
    now = site.house.now()
    said = {"holder": holder, "document": "13/UQ", "agency": agency}
    period = {"since": now.strftime("%Y-%m-%dT00:00"), "until": f"{now.year + 1}-01-01T00:00"}
    client_of(site, giver).post(OWN, data={"csrf": giver.csrf, **said, **period})
    [made] = site.house.store.delegations()
    return made.id


def test_the_holder_of_a_mandate_stops_a_dossier_in_the_name_of_the_head(
    province: Site, signed_in: ENTER
) -> None:
    """Without it there is no such button; with it the record and the page name both people and the paper."""
    code, head, person, agency = stoppable(province)
    giver, holder = signed_in(head), signed_in(person)
    client = client_of(province, holder)
    form = f'action="/ho-so/{code}/stop"'
    before = form in client.get(f"/ho-so/{code}").text
    made = mandate(province, giver, person, agency)
    page = client.get(f"/ho-so/{code}").text
    version = province.house.store.load(code).dossier.version
    said = {
        "csrf": holder.csrf,
        "key": "k",
        "version": version,
        "reason": "Quy hoạch thay đổi",
        "mandate": made,
    }
    answer = client.post(f"/ho-so/{code}/stop", data=said)
    after = client.get(f"/ho-so/{code}").text

    assert (False, True, 303) == (before, form in page, answer.status_code)
    assert f"thay {head}, ủy quyền số 13/UQ" in page
    assert f"{person} (thay {head}, ủy quyền số 13/UQ)" in " ".join(after.split())
    stored = province.house.store.load(code)
    last = loads(province.house.store.records(f"dossier:{stored.id}")[-1].raw)
    assert (True, person, head) == (stored.dossier.ended, last["actor"], last["on_behalf"])
    assert "13/UQ" == last["command"]["mandate"]["document"]


def test_a_mandate_that_was_taken_back_is_refused_and_the_refusal_recorded(
    province: Site, signed_in: ENTER
) -> None:
    """The page that was open still has the button: 403, nothing changes, and the page offers it no more."""
    code, head, person, agency = stoppable(province)
    giver, holder = signed_in(head), signed_in(person)
    client = client_of(province, holder)
    made = mandate(province, giver, person, agency)
    client_of(province, giver).post(f"{OWN}/thu-hoi", data={"csrf": giver.csrf, "mandate": made})
    stored = province.house.store.load(code)
    said = {
        "csrf": holder.csrf,
        "key": "k",
        "version": stored.dossier.version,
        "reason": "x",
        "mandate": made,
    }
    answer = client.post(f"/ho-so/{code}/stop", data=said)
    last = loads(province.house.store.records(f"access:{person}")[-1].raw)["events"][0]

    assert (403, stored.seq) == (answer.status_code, province.house.store.load(code).seq)
    assert ("access_denied", "stop", code) == (last["kind"], last["action"], last["what"])
    assert f'action="/ho-so/{code}/stop"' not in answer.text


def test_the_page_with_a_mandate_is_sound_in_both_themes_and_widths(
    province: Site, address: str, browser: Browser, signed_in: ENTER
) -> None:
    """With the act of the giver opened."""
    code, head, person, agency = stoppable(province)
    holder = signed_in(person)
    now = province.house.now()
    grant(province.house, Terms(head, person, "13/UQ", agency, now, now.replace(year=now.year + 1)))

    assert CLEAN == look_at(browser, f"{address}/ho-so/{code}", holder.storage_state)

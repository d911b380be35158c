"""The officer's desk: the inbox, and the page of a dossier with what may be done next."""

from collections.abc import Callable
from json import loads
from urllib.parse import quote

from browsing import CLEAN, look_at
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.giving_out import gives_out
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]


def open_task(site: Site) -> tuple[str, str, str]:
    """A dossier with a task in the pool, the task, and somebody who may do it there: a result leaves at the counter."""
    posts = site.house.worlds.directory.posts
    for row in site.house.store.tasks(limit=500):
        held = [p.officer for p in posts if (p.agency, p.position) == (row.task.agency, row.task.position)]
        if row.task.assignee is None and held and not gives_out(site.house, site.house.store.load(row.code)):
            return row.code, row.task.id, held[0]
    raise AssertionError("the province has no task in a pool")


def test_an_officer_finds_the_task_takes_it_and_gives_it_back(province: Site, signed_in: ENTER) -> None:
    """The inbox leads to the dossier; one form takes the task, another gives it back; pressed twice it is done once."""
    code, task, person = open_task(province)
    who = signed_in(person)
    client = client_of(province, who)

    assert code in client.get("/viec").text
    for _ in range(2):
        taken = client.post(f"/viec/{code}/{quote(task)}/nhan", data={"csrf": who.csrf, "key": "one"})
        assert (303, f"/ho-so/{code}") == (taken.status_code, taken.headers["location"])
    assert {person} == {t.assignee for t in province.house.store.load(code).dossier.tasks if t.id == task}
    client.post(f"/viec/{code}/{quote(task)}/tra", data={"csrf": who.csrf, "key": "two"})
    assert {None} == {t.assignee for t in province.house.store.load(code).dossier.tasks if t.id == task}


def test_a_task_is_offered_to_whom_it_may_be_given_and_its_record_says_how_they_came(
    province: Site, signed_in: ENTER
) -> None:
    """An auditor, and whoever leads or works beside the post, get no button that ends in a refusal."""
    code, task, person = open_task(province)
    posts = province.house.worlds.directory.posts
    [mine] = {(post.agency, post.position) for post in posts if post.officer == person}
    beside = next(p.officer for p in posts if p.agency == mine[0] and p.position != mine[1])
    who = signed_in(person)
    form = f'action="/viec/{code}/{quote(task)}/nhan"'
    offered = [
        form in client_of(province, signed_in(it)).get(f"/ho-so/{code}").text for it in (beside, "auditor")
    ]
    client = client_of(province, who)

    assert ([False, False], True) == (offered, form in client.get(f"/ho-so/{code}").text)
    client.post(f"/viec/{code}/{quote(task)}/nhan", data={"csrf": who.csrf, "key": "k"})
    last = loads(province.house.store.records(f"dossier:{province.house.store.load(code).id}")[-1].raw)
    assert ("task_claimed", person) == (last["events"][0]["kind"], last["auth"]["user"])
    assert last["auth"]["sid_hash"]


def test_a_page_that_was_overtaken_changes_nothing_and_says_so(province: Site, signed_in: ENTER) -> None:
    """A transition sent from a page of an older version is answered with that page, 409, and the reason."""
    code, _, person = open_task(province)
    who = signed_in(person)
    client = client_of(province, who)
    before = province.house.store.load(code)
    page = client.get(f"/ho-so/{code}").text
    [action, *_] = [part.split('"')[0] for part in page.split(f'action="/ho-so/{code}/')[1:]]

    stale = client.post(
        f"/ho-so/{code}/{action}",
        data={"csrf": who.csrf, "key": "k", "version": before.dossier.version - 1, "reason": "vì muộn"},
    )

    assert (409, before.seq) == (stale.status_code, province.house.store.load(code).seq)
    assert "vì muộn" in stale.text or "phiên bản" in stale.text


def test_a_dossier_of_another_agency_is_not_there(province: Site, signed_in: ENTER) -> None:
    """Somebody elsewhere gets 404, the same as for a code that never was."""
    code, _, person = open_task(province)
    agency = next(p.agency for p in province.house.worlds.directory.posts if p.officer == person)
    stranger = next(
        p.officer
        for p in province.house.worlds.directory.posts
        if p.position == "officer" and p.agency.split(".")[:2] != agency.split(".")[:2]
    )
    client = client_of(province, signed_in(stranger))

    assert [404, 404] == [client.get(f"/ho-so/{it}").status_code for it in (code, "H99.01-260101-9999")]


def test_inbox_and_dossier_are_sound_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    code, _, person = open_task(province)
    state = signed_in(person).storage_state

    assert CLEAN == look_at(browser, f"{address}/viec", state)
    assert CLEAN == look_at(browser, f"{address}/ho-so/{code}", state)


def test_keys_lead_to_the_most_urgent_dossier(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """In a browser: open the inbox, open the most urgent dossier by keys, take the task."""
    _, _, person = open_task(province)
    with window(browser, address, signed_in(person)) as page:
        page.goto(f"{address}/viec")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ho-so/*")
        code = page.url.rpartition("/")[2]
        before = province.house.store.load(code).dossier.version
        page.get_by_role("button", name="Nhận việc").click()
        page.get_by_role("button", name="Trả việc lại").wait_for()

    assert before < province.house.store.load(code).dossier.version

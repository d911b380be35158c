"""No face lets a result leave without a word of who took it: not the API, not the page of who acts for another."""

import re
from collections.abc import Callable

from browsing import CLEAN, look_at
from playwright.sync_api import Browser
from programs import program
from test_return_pages import waiting
from web_province import SignedIn, client_of

from motcua.services.delegating import Terms, grant
from motcua.services.giving_out import ways_out
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
NOTED = '"Thẻ căn cước; người nhận: Hoa"'


def way_out(site: Site, code: str) -> tuple[str, dict[str, bool]]:
    """The transition that gives a result out, and the facts it asks for."""
    way = ways_out(site.house, site.house.store.load(code))[0]
    return way.id, dict.fromkeys(way.inputs, True)


def noted(site: Site, code: str) -> list[str]:
    """What the last record of a dossier keeps of persons."""
    stored = site.house.store.load(code)
    return [one.value for one in site.house.store.personal(stored.id) if one.seq == stored.seq]


def test_the_api_gives_a_result_out_to_somebody_who_is_named(province: Site) -> None:
    """Without, or with what is none: 422 and nothing is changed; the same request twice does it once."""
    stored, _ = waiting(province)
    code = stored.dossier.code
    [agency] = {task.agency for task in stored.dossier.tasks}
    system = program(province, [agency])
    way, facts = way_out(province, code)
    body = {"transition": way, "facts": facts}
    path = f"/dossiers/{code}/transitions"
    refused = [
        system.post(path, {**body, **more}, if_match="*")
        for more in ({}, {"handed_to": {"shown": "smile", "receiver": "Hoa"}})
    ]
    short = system.post(path, {**body, "handed_to": {"shown": "id_card"}}, if_match="*")

    assert [(422, "IdentityNotNoted")] * 2 == [(one.status_code, one.json()["code"]) for one in refused]
    assert (422, stored.seq) == (short.status_code, province.house.store.load(code).seq)
    whole = {**body, "handed_to": {"shown": "id_card", "receiver": "Hoa"}}
    done = [system.post(path, whole, key="out", if_match="*") for _ in range(2)]
    assert [(200, 10, done[0].content)] * 2 == [
        (one.status_code, one.json()["public_status"], one.content) for one in done
    ]
    assert [NOTED] == noted(province, code)


def test_who_gives_a_result_out_for_another_says_who_took_it(
    province: Site, address: str, browser: Browser, signed_in: ENTER
) -> None:
    """Who holds a mandate and no desk gets the questions on the page of the dossier; unanswered, the result stays."""
    stored, clerk = waiting(province)
    code, agency = stored.dossier.code, stored.dossier.tasks[0].agency
    posts = province.house.worlds.directory.posts
    acted = {one for hands in stored.dossier.acted.values() for one in hands}
    holder = next(
        post.officer
        for post in posts
        if post.agency == agency and post.position != "one_stop_officer" and post.officer not in acted
    )
    now, way = province.house.now(), way_out(province, code)[0]
    period = (now, now.replace(year=now.year + 1))
    made = grant(province.house, Terms(clerk, holder, "21/UQ", agency, *period, (), (way,)))
    who = signed_in(holder)
    client = client_of(province, who)
    page = client.get(f"/ho-so/{code}").text
    said = {"csrf": who.csrf, "version": str(stored.dossier.version), "key": "a", "mandate": made.id}
    said |= {f"fact.{name}": "yes" for name in re.findall(r'name="fact\.([^"]+)"', page)}

    assert (True, True) == (f'action="/ho-so/{code}/{way}"' in page, 'name="receiver"' in page)
    assert CLEAN == look_at(browser, f"{address}/ho-so/{code}", who.storage_state)
    unseen = [
        client.post(f"/ho-so/{code}/{way}", data={**said, **more})
        for more in ({}, {"receiver": "Hoa"}, {"shown": "id_card", "receiver": " "})
    ]
    assert ([422] * 3, stored.seq) == (
        [one.status_code for one in unseen],
        province.house.store.load(code).seq,
    )
    whole = {**said, "shown": "id_card", "receiver": "Hoa"}
    assert 303 == client.post(f"/ho-so/{code}/{way}", data=whole).status_code
    assert ([NOTED], 10) == (noted(province, code), province.house.store.load(code).dossier.public)

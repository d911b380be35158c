"""Where results are given out: found by what a scanner types, and only to somebody whose identity was noted."""

import re
from collections.abc import Callable

from browsing import CLEAN, look_at
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.ports import Stored
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]


def waiting(site: Site) -> tuple[Stored, str]:
    """A dossier whose result waits, and an officer of its counter."""
    posts = site.house.worlds.directory.posts
    for row in site.house.store.tasks(limit=500):
        stored = site.house.store.load(row.code)
        held = [p.officer for p in posts if (p.agency, p.position) == (row.task.agency, row.task.position)]
        if stored.dossier.public == 9 and held and row.task.assignee in (None, held[0]):
            return stored, held[0]
    raise AssertionError("no result waits in the province")


def test_a_scanned_receipt_leads_to_its_result(province: Site, signed_in: ENTER) -> None:
    """The text of the square code holds the code; nonsense is a fault, a stranger's code is not there."""
    stored, person = waiting(province)
    client = client_of(province, signed_in(person))
    code = stored.dossier.code

    found = client.get("/tra-ket-qua", params={"ma": f"{code.lower()} 12/GTN-2026 ABCD-EFGH"})
    assert (303, f"/tra-ket-qua/{code}") == (found.status_code, found.headers["location"])
    assert code in client.get("/tra-ket-qua").text
    assert [422, 404] == [
        client.get("/tra-ket-qua", params={"ma": given}).status_code for given in ("<b>", "H01-260101-0001")
    ]


def test_a_result_is_given_to_nobody_unseen_and_to_somebody_once(province: Site, signed_in: ENTER) -> None:
    """Without a paper shown nothing happens; with one the dossier is closed, the second press changes nothing."""
    stored, person = waiting(province)
    who = signed_in(person)
    client, code = client_of(province, who), stored.dossier.code
    page = client.get(f"/tra-ket-qua/{code}").text
    [way] = re.findall(r'name="way" value="([^"]+)"', page)[:1]
    [key] = re.findall(r'name="key" value="([^"]+)"', page)[:1]
    given = {"csrf": who.csrf, "way": way, "key": key, "version": str(stored.dossier.version)}
    given |= {f"fact.{name}": "yes" for name in re.findall(r'name="fact\.([^"]+)"', page)}

    unseen = client.post(f"/tra-ket-qua/{code}", data={**given, "receiver": "Hoa"})
    assert (422, stored.seq) == (unseen.status_code, province.house.store.load(code).seq)
    whole = {**given, "receiver": "Hoa", "shown": "id_card"}
    locations = [client.post(f"/tra-ket-qua/{code}", data=whole).headers["location"] for _ in range(2)]
    after = province.house.store.load(code)

    assert ([f"/tra-ket-qua?xong={code}"] * 2, 10, stored.seq + 1) == (
        locations,
        after.dossier.public,
        after.seq,
    )
    noted = [value.value for value in province.house.store.personal(stored.id) if value.seq == after.seq]
    assert ['"Thẻ căn cước; người nhận: Hoa"'] == noted
    assert "Hoa" not in province.house.store.records(f"dossier:{stored.id}")[-1].raw
    assert 409 == client.get(f"/tra-ket-qua/{code}").status_code


def test_no_other_page_of_the_counter_gives_a_result_out_unseen(province: Site, signed_in: ENTER) -> None:
    """The page of the dossier leads to where who takes it is noted; sent from there or for many at once, it stays."""
    stored, person = waiting(province)
    who = signed_in(person)
    client, code = client_of(province, who), stored.dossier.code
    [way] = re.findall(r'name="way" value="([^"]+)"', client.get(f"/tra-ket-qua/{code}").text)
    page = client.get(f"/ho-so/{code}").text
    said = {"csrf": who.csrf, "version": str(stored.dossier.version), "key": "a"}
    facts = {f"fact.{name}": "yes" for name in re.findall(r'name="fact\.([^"]+)"', page)}
    [task] = [one.id for one in stored.dossier.tasks][:1]
    marked = {"csrf": who.csrf, "key": "b", "task": f"{code}|{stored.dossier.version}|{task}", "do": "move"}

    assert (True, False) == (f'href="/tra-ket-qua/{code}"' in page, f'action="/ho-so/{code}/{way}"' in page)
    assert 422 == client.post(f"/ho-so/{code}/{way}", data={**said, **facts}).status_code
    assert f'value="{way}"' not in client.post("/viec/nhieu", data=marked).text
    client.post("/viec/nhieu", data={**marked, "transition": way})
    assert stored.seq == province.house.store.load(code).seq


def test_the_pages_of_returning_are_sound(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    stored, person = waiting(province)
    state = signed_in(person).storage_state

    assert CLEAN == look_at(browser, f"{address}/tra-ket-qua", state)
    assert CLEAN == look_at(browser, f"{address}/tra-ket-qua/{stored.dossier.code}", state)

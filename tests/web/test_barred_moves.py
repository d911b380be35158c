"""Who is kept from a move by separation of duties, or by a colleague's hand on the task, is not offered it."""

import re
from collections.abc import Callable
from html import unescape

from on_the_way import on_the_way, somebody
from web_province import SignedIn, client_of

from motcua.services.delegating import Terms, acting, grant
from motcua.services.ports import Stored
from motcua.services.tasks import claim
from motcua.services.transitions import Particulars, send
from motcua.web.site import Site
from states.commands import Actor

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"


def proposed_by_their_head(site: Site) -> tuple[Stored, str]:
    """A dossier whose refusal was proposed by the head of the unit, in an officer's name; and that head."""
    stored = on_the_way(site, HOUSEHOLD, "accept")
    officer, head = (str(somebody(site, stored.dossier, role).person) for role in ("officer", "leader"))
    now = site.house.now()
    made = grant(
        site.house, Terms(officer, head, "7/UQ", stored.dossier.agency, now, now.replace(year=now.year + 1))
    )
    given = Particulars({"proposal": "refuse"})
    return send(
        site.house, stored.dossier.code, "propose", acting(site.house, head, made.id), None, given
    ), head


def locked(page: str) -> str:
    """What the page says of what is locked, in one line."""
    part = page.partition("Chưa mở, và vì sao")[2].partition("</ul>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", part)).split())


def test_separation_of_duties_locks_a_move_with_its_reason(province: Site, signed_in: ENTER) -> None:
    """The page has no button for it and says in which role they acted; what the door answers agrees: 403."""
    stored, head = proposed_by_their_head(province)
    code, who = stored.dossier.code, signed_in(head)
    client = client_of(province, who)
    page = client.get(f"/ho-so/{code}").text
    said = {"csrf": who.csrf, "key": "k", "version": stored.dossier.version, "reason": "Trùng tên"}
    answer = client.post(f"/ho-so/{code}/refuse", data=said)

    assert (False, 403) == (f'action="/ho-so/{code}/refuse"' in page, answer.status_code)
    assert (
        "Từ chối giải quyết: không dành cho bạn ở hồ sơ này, vì đã tham gia với vai trò Chuyên viên phòng Kinh tế"
        in locked(page)
    )


def test_what_separation_of_duties_bars_is_not_offered_for_many_either(
    province: Site, signed_in: ENTER
) -> None:
    """The bulk page offers the refusal for a dossier that a colleague proposed, and not together with one's own."""
    own, head = proposed_by_their_head(province)
    other = on_the_way(province, HOUSEHOLD, "accept")
    given = Particulars({"proposal": "refuse"})
    officer = somebody(province, other.dossier, "officer")
    other = send(province.house, other.dossier.code, "propose", officer, None, given)
    who = signed_in(head)
    client = client_of(province, who)

    def offered(*stored: Stored) -> bool:
        marked = [f"{one.dossier.code}|{one.dossier.version}|{one.dossier.tasks[0].id}" for one in stored]
        form = {"csrf": who.csrf, "key": "m", "do": "move", "task": marked}
        return 'value="refuse"' in client.post("/viec/nhieu", data=form).text

    assert (True, False, False) == (offered(other), offered(own), offered(other, own))


def test_a_move_that_ends_a_colleagues_task_is_locked_and_names_the_colleague(
    province: Site, signed_in: ENTER
) -> None:
    """Though the move asks for facts first: who has the work is known without them."""
    stored = on_the_way(province, HOUSEHOLD, "accept")
    dossier = stored.dossier
    holder = str(somebody(province, dossier, "officer").person)
    if dossier.tasks[0].assignee is None:
        claim(province.house, dossier.code, dossier.tasks[0].id, Actor("officer", holder))
    posts = province.house.worlds.directory.posts
    colleague = next(
        post.officer
        for post in posts
        if (post.agency, post.position) == (dossier.agency, "officer") and post.officer != holder
    )
    page = client_of(province, signed_in(colleague)).get(f"/ho-so/{dossier.code}").text

    assert f'action="/ho-so/{dossier.code}/propose"' not in page
    assert (
        f"Trình kết quả thẩm định: không dành cho bạn ở hồ sơ này, vì việc «Đang thẩm định» do {holder} giữ"
        in locked(page)
    )

"""People at work in a browser: each in a window of their own, using pages and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from browsing import lent
from playwright.sync_api import Browser, Locator, Page, expect
from web_province import SignedIn

from motcua.web.site import Site


@contextmanager
def window(
    browser: Browser,
    address: str,
    who: SignedIn | None = None,
    *,
    scripts: bool = True,
    size: tuple[int, int] = (1280, 720),
) -> Iterator[Page]:
    """Lend a window of somebody, or of a citizen; paths are relative to the site."""
    cookies = () if who is None else who.storage_state["cookies"]
    with lent(browser, address, cookies, scripts=scripts, size=size) as page:
        page.set_default_timeout(10_000)
        yield page


def find(page: Page, code: str) -> None:
    """Open a dossier from one's inbox."""
    page.goto("/viec")
    page.get_by_role("link", name=code, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)


def action(page: Page, label: str) -> Locator:
    """Unfold what may be done under a name, and return its form."""
    box = page.locator("details.action").filter(has=page.locator("summary", has_text=label)).first
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    return box


def do(page: Page, label: str, **given: str) -> None:
    """Fill in what an action asks for, a `reason` or a choice by the id of its fact, and send it."""
    box = action(page, label)
    for name, text in given.items():
        if name == "reason":
            box.get_by_label("Lý do").fill(text)
        elif name == "amount":
            box.get_by_label("Gia hạn thêm").fill(text)
        else:
            box.locator(f"[name='fact.{name}']").select_option(text)
    box.get_by_role("button", name=label).click()
    expect(page.get_by_role("status")).to_contain_text("Đã thực hiện")


def look_up(page: Page, code: str, check: str) -> str:
    """Ask as a citizen where a dossier is; returns what the page says."""
    page.goto("/tra-cuu")
    page.get_by_label("Mã hồ sơ").fill(code)
    page.get_by_label("Mã kiểm tra").fill(check)
    page.get_by_role("button", name="Tra cứu").click()
    page.get_by_role("heading", name=code).wait_for()
    return page.locator("main").inner_text()


def holder(site: Site, code: str, position: str, agency: str | None = None) -> str:
    """Who has the task of a position in hand, else the first who holds it in the dossier's agency, or in another."""
    dossier, posts = site.house.store.load(code).dossier, site.house.worlds.directory.posts
    own = [task.assignee for task in dossier.tasks if task.position == position and task.assignee]
    where = agency or dossier.agency
    return [*own, *(post.officer for post in posts if (post.agency, post.position) == (where, position))][0]


def desk_of(site: Site) -> str:
    """A one-stop officer of a commune."""
    directory = site.house.worlds.directory
    desks = (post for post in directory.posts if post.position == "one_stop_officer")
    return next(post.officer for post in desks if directory.get(post.agency).kind == "commune_committee")


def hand_in(page: Page, *, papers: bool = True) -> str:
    """Take a household business in at the counter; returns its code. Without *papers* it is kept for later."""
    page.goto("/tiep-nhan")
    page.get_by_label("Thủ tục: mã").fill("ho kinh doanh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh").click()
    page.get_by_label("Họ và tên").fill("Vũ Thị Khế")
    page.get_by_label("Số định danh").fill("001199000777")
    page.get_by_label("Có thành viên").select_option("no")
    if papers:
        page.get_by_label("Giấy đề nghị").check()
        page.get_by_label("Đã thu phí").select_option("yes")
    page.get_by_role(
        "button", name="Lưu và in giấy tiếp nhận" if papers else "Chỉ lưu, chờ tiếp nhận"
    ).click()
    page.wait_for_url("**/ho-so/*")
    return page.url.partition("/ho-so/")[2].partition("?")[0]


def sign(page: Page, code: str, paper: str) -> None:
    """Sign the draft of a name on the page of its dossier."""
    page.goto(f"/ho-so/{code}")
    page.get_by_role("listitem").filter(has_text=paper).get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thực hiện")


def read(citizen: Page, paper: str) -> str:
    """Open a paper from the page of the look-up; returns what it says."""
    citizen.get_by_role("listitem").filter(has_text=paper).get_by_role("link").first.click()
    return citizen.locator("body").inner_text()

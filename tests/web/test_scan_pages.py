"""Scans of papers: taken by content, kept by hash, opened by whom they are shared with; bad ones change nothing."""

import errno
import json
import re
import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from browsing import CLEAN, look_at
from fastapi.testclient import TestClient
from on_the_way import on_the_way, somebody
from people import window
from playwright.sync_api import Browser
from scan_samples import EICAR, Clam, clam, jpeg, pdf, png
from web_province import SignedIn, client_of

from motcua.adapters.clamd import Clamd
from motcua.adapters.file_folder import HashedFolder
from motcua.services.ports import Stored
from motcua.services.scans import Limits, Room
from motcua.services.transitions import Particulars, send
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
PERMIT, PAPER = "1.009994", "ban_ve"


@dataclass
class Desk:
    """A dossier at a counter with a scanner, and somebody who may send scans of its papers."""

    site: Site
    stored: Stored
    who: SignedIn
    client: TestClient
    clam: Clam
    folder: Path

    @property
    def target(self) -> str:
        """Where scans are sent."""
        return f"/ho-so/{self.stored.dossier.code}/tep"

    def send(
        self, *files: tuple[str, bytes], key: str = "k", how: str = "scanned", paper: str = PAPER
    ) -> int:
        """Send files; returns the status of the answer."""
        data = {"csrf": self.who.csrf, "key": key, "how": how, "document": paper}
        sent = [("files", (name, held, "text/html")) for name, held in files]
        return self.client.post(self.target, data=data, files=sent or None).status_code

    def kept(self) -> list[str]:
        """Every file below the folders, by folder and name."""
        return sorted(str(file.relative_to(self.folder)) for file in self.folder.rglob("*") if file.is_file())

    def state(self) -> tuple[int, list[str]]:
        """The number of the last record, and every file that is kept."""
        return self.site.house.store.load(self.stored.dossier.code).seq, self.kept()

    def noted(self) -> list[dict[str, object]]:
        """What is noted of the files of the dossier."""
        values = self.site.house.store.personal(self.stored.id)
        return [json.loads(value.value) for value in values if value.field.startswith("file.")]


@pytest.fixture
def desk(province: Site, signed_in: ENTER, tmp_path: Path) -> Iterator[Desk]:
    """A building permit at its counter."""
    stored = on_the_way(province, PERMIT, "accept")
    person = somebody(province, stored.dossier, "counter").person or ""
    with clam() as server:
        names = ("files", "quarantine", "verdicts")
        files, quarantine, verdicts = (HashedFolder(tmp_path / "kept" / name) for name in names)
        site = replace(province, scans=Room(files, quarantine, verdicts, Clamd(server.url)))
        who = signed_in(person)
        yield Desk(site, stored, who, client_of(site, who), server, tmp_path / "kept")


def test_a_scan_is_a_fact_of_the_record_and_comes_back_as_it_was(desk: Desk) -> None:
    """Sent twice it is one record; its name is ours; it is saved and never shown by a browser."""
    held = pdf()
    statuses = [desk.send(("../../../CON\u202efdp.exe.pdf", held)) for _ in range(2)]
    [record] = desk.site.house.store.records(f"dossier:{desk.stored.id}")[desk.stored.seq :]
    [event] = json.loads(record.raw)["events"]
    [file] = desk.noted()
    answer = desk.client.get(f"{desk.target}/file.{PAPER}_1")

    assert ([303, 303], "paper", f"{PAPER}_1.pdf") == (statuses, record.type, file["name"])
    assert (PAPER, "scanned", ["application/pdf"]) == (event["document"], event["how"], event["media"])
    assert str(file["sha256"]) not in record.raw
    assert (held, "application/pdf", "nosniff") == (
        answer.content,
        answer.headers["content-type"],
        answer.headers["x-content-type-options"],
    )
    assert f'attachment; filename="{PAPER}_1.pdf"' == answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]
    page = desk.client.get(desk.target).text
    assert ("đã quét mã độc" in page, "Số hóa tại chỗ" in page) == (True, True)


def test_a_paper_that_is_reused_needs_no_file_and_a_scan_does(desk: Desk) -> None:
    """How each became data is on the record; a scan without its file, and a paper never handed in, are refused."""
    assert [303, 303] == [desk.send(how=how, key=how, paper="don") for how in ("reused", "store")]
    before = desk.state()

    assert [409, 409, 409] == [
        desk.send(how="scanned"),
        desk.send(how="magic"),
        desk.send(("a.pdf", pdf()), paper="../../etc"),
    ]
    assert before == desk.state()
    assert "Lấy từ kho dữ liệu của công dân" in desk.client.get(desk.target).text


@pytest.mark.parametrize(
    ("files", "status"),
    [
        pytest.param([("a.pdf", pdf(body=EICAR))], 422, id="u70-virus"),
        pytest.param([("a.pdf", b"MZ\x90\0")], 422, id="u71-exe"),
        pytest.param([("a.pdf", b"")], 422, id="u77-empty"),
        pytest.param([("ok.pdf", pdf()), ("bad.png", png(50_000, 50_000))], 422, id="u73-one-of-two"),
        pytest.param([("a.pdf", pdf()), ("b.pdf", pdf(body=b"%" * 3000))], 422, id="too-big"),
        pytest.param([(f"{n}.png", png(n + 1)) for n in range(4)], 422, id="too-many"),
        pytest.param([("a.pdf", pdf(body=b"trailer<</Encrypt 5 0 R>>"))], 422, id="u82-locked"),
    ],
)
def test_a_bad_upload_changes_nothing(desk: Desk, files: list[tuple[str, bytes]], status: int) -> None:
    """A clean answer, no record, no file, not even of the good ones beside it."""
    room = desk.site.scans
    assert room is not None
    site = replace(desk.site, scans=replace(room, limits=Limits(file=2000, files=3)))
    small = replace(desk, site=site, client=client_of(site, desk.who))
    before = small.state()

    assert status == small.send(*files)
    assert before == small.state()
    assert 200 == small.client.get(small.target).status_code


def test_names_of_any_shape_are_forgotten(desk: Desk) -> None:
    """U76: long, reserved, backwards and with control signs; what is kept has a name of ours."""
    names = ["a" * 300 + ".pdf", "CON.pdf", "..\\..\\x.pdf", "x\u202egnp.pdf", "a\r\nSet-Cookie: x.pdf"]
    statuses = [
        desk.send((name, pdf(body=b"%" + bytes([65 + n]))), key=f"k{n}") for n, name in enumerate(names)
    ]

    assert {303} == set(statuses)
    assert [f"{PAPER}_{n}.pdf" for n in range(1, 6)] == [file["name"] for file in desk.noted()]


def test_the_same_file_is_kept_once(desk: Desk) -> None:
    """U78: for the same paper it is refused, for another paper it is noted again; the disk has it once."""
    assert [303, 409, 303] == [
        desk.send(("a.png", png()), key="1"),
        desk.send(("b.png", png()), key="2"),
        desk.send(("c.png", png()), key="3", paper="don"),
    ]
    assert 2 == len(desk.noted())
    assert 1 == len([name for name in desk.kept() if name.startswith("files")])


def test_what_was_scanned_is_what_is_kept_and_given(desk: Desk) -> None:
    """U79: the scanner sees the very bytes; a file that was changed on the disk afterwards is given to nobody."""
    held = jpeg()
    desk.send(("a.jpg", held))
    [name] = [name for name in desk.kept() if name.startswith("files")]
    assert ([held], held) == (desk.clam.heard, (desk.folder / name).read_bytes())

    (desk.folder / name).write_bytes(held.replace(b"pixels", b"pixelz"))
    assert 409 == desk.client.get(f"{desk.target}/file.{PAPER}_1").status_code
    (desk.folder / name).unlink()
    (desk.folder / name.replace("files", "verdicts")).unlink()
    assert 404 == desk.client.get(f"{desk.target}/file.{PAPER}_1").status_code


def test_while_the_scanner_is_down_nobody_opens_the_file(desk: Desk) -> None:
    """U80: it is noted and waits in quarantine; when the scanner is back it is let out, or stays for good."""
    desk.clam.says = b"no idea\0"
    assert [303, 303] == [
        desk.send(("a.pdf", pdf()), key="1"),
        desk.send(("b.pdf", pdf(body=EICAR)), key="2"),
    ]
    fields = [f"{desk.target}/file.{PAPER}_{n}" for n in (1, 2)]
    page = desk.client.get(desk.target).text

    assert ([503, 503], 2) == (
        [desk.client.get(field).status_code for field in fields],
        page.count("chờ quét"),
    )
    again = [desk.client.post(f"{field}/quet", data={"csrf": desk.who.csrf}).status_code for field in fields]
    assert [503, 503] == again
    desk.clam.says = b""
    again = [desk.client.post(f"{field}/quet", data={"csrf": desk.who.csrf}).status_code for field in fields]
    assert ([303, 422], [200, 503]) == (again, [desk.client.get(field).status_code for field in fields])


class _FullDisk(HashedFolder):
    """A folder on a disk that is full."""

    def keep(self, sha256: str, held: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_nothing_is_recorded(desk: Desk, tmp_path: Path) -> None:
    """U81: 503, and no record."""
    room = desk.site.scans
    assert room is not None
    site = replace(desk.site, scans=replace(room, files=_FullDisk(tmp_path / "full")))
    full = replace(desk, site=site, client=client_of(site, desk.who))
    before = full.state()

    assert (503, before) == (full.send(("a.pdf", pdf())), full.state())


def test_a_file_that_breaks_off_leaves_no_half_behind(tmp_path: Path) -> None:
    """U81: the disk takes its beginning and no more; nothing is kept of it, under any name, and another file fits."""
    folder, (soft, hard) = HashedFolder(tmp_path), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            folder.keep("a" * 64, b"x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    folder.keep("b" * 64, b"x")

    assert ["b" * 64] == [file.name for file in tmp_path.rglob("*") if file.is_file()]


def test_without_a_scanner_files_are_told_as_not_scanned(desk: Desk) -> None:
    """They are kept and given, and everybody sees that nobody looked."""
    room = desk.site.scans
    assert room is not None
    site = replace(desk.site, scans=replace(room, scanner=None))
    bare = replace(desk, site=site, client=client_of(site, desk.who))

    assert 303 == bare.send(("a.pdf", pdf(b"/OpenAction 4 0 R")))
    page = bare.client.get(bare.target).text
    assert (True, True) == ("chưa quét mã độc" in page, "có mã lệnh" in page)
    assert 200 == bare.client.get(f"{bare.target}/file.{PAPER}_1").status_code


def test_a_body_is_broken_off_when_it_grows_too_large(desk: Desk) -> None:
    """A head that tells too much, and a stream that tells nothing and goes on, are both 413; the site lives."""
    told = desk.client.post(desk.target, content=b"", headers={"content-length": str(10**12)})
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    endless = (part for part in (head, *[b"x" * 1_000_000] * 60))
    form = {"content-type": "multipart/form-data; boundary=b"}
    streamed = desk.client.post(desk.target, content=endless, headers=form)
    other = desk.client.post("/viec/x/y/nhan", content=b"a" * 2_000_000, headers={"x-csrf": desk.who.csrf})

    assert [413, 413, 413] == [told.status_code, streamed.status_code, other.status_code]
    assert 200 == desk.client.get("/healthz").status_code


def test_a_consulted_officer_opens_only_what_the_question_shares(desk: Desk, signed_in: ENTER) -> None:
    """The fire police is asked about the drawings: the land papers do not exist for it, nor for a stranger."""
    desk.send(("a.pdf", pdf()), key="1")
    desk.send(("b.pdf", pdf(body=b"%b")), key="2", paper="giay_to_dat")
    house, code = desk.site.house, desk.stored.dossier.code
    manager = somebody(desk.site, desk.stored.dossier, "manager")
    send(house, code, "assign", manager, None, Particulars())
    fire = somebody(desk.site, house.store.load(code).dossier, "fire_officer").person or ""
    posts = house.worlds.directory.posts
    parties = set(desk.stored.dossier.parties.values())
    stranger = next(p.officer for p in posts if p.position == "officer" and p.agency not in parties)
    seen = {
        name: [
            client_of(desk.site, signed_in(name)).get(f"{desk.target}/file.{paper}_1").status_code
            for paper in (PAPER, "giay_to_dat", "none")
        ]
        for name in (fire, stranger)
    }

    assert {fire: [200, 404, 404], stranger: [404, 404, 404]} == seen
    page = client_of(desk.site, signed_in(fire)).get(desk.target).text
    assert 1 == len(re.findall(r"<article>", page))


def test_the_page_of_scans_is_sound(
    browser: Browser, address: str, province: Site, signed_in: ENTER, desk: Desk
) -> None:
    """axe-core finds nothing, nothing is wider than the window; a file chosen in a browser is taken."""
    state = desk.who.storage_state
    with window(browser, address, desk.who) as page:
        page.goto(f"{address}{desk.target}")
        page.locator("#files-1").set_input_files(
            {"name": "đơn.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        )
        page.get_by_role("button", name="Ghi nhận").first.click()
        page.get_by_role("link", name="don_1.pdf").wait_for()

    assert CLEAN == look_at(browser, f"{address}{desk.target}", state)

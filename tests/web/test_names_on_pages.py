"""Pages speak of things by their names: no id of a choice, a rung, a kind, a position or a paper is shown for one."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from browsing import CLEAN, look_at
from on_the_way import on_the_way
from people import holder
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.bootstrap import config_folder, read_settings, words
from motcua.bootstrap.naming import UnreadableWords
from motcua.services import notices, peer_notices, portal_facts
from motcua.services.ports import NO_WORDS
from motcua.services.presenting_clocks import clock_name
from motcua.settings import Settings
from motcua.web.dossier.reasons import worded
from motcua.web.site import Site
from motcua.web.wording import rung
from states.reorganisation import ChangeKind

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"


def said(page: str) -> str:
    """What a page says to people, without its markup."""
    main = page.partition("<main")[2].partition("<svg")[0] + page.partition("</svg>")[2]
    return unescape(re.sub(r"<[^>]+>", " ", main))


def test_a_choice_is_offered_by_its_name_and_sent_by_its_id(province: Site, signed_in: ENTER) -> None:
    """In both languages; the fact that the platform keeps has a name too."""
    accepted = on_the_way(province, HOUSEHOLD, "accept", fee_paid=True).dossier.code
    handed_in = on_the_way(province, HOUSEHOLD).dossier.code
    officer = client_of(province, signed_in(holder(province, accepted, "officer")))
    counter = client_of(province, signed_in(holder(province, handed_in, "one_stop_officer")))
    pages = [officer.get(f"/ho-so/{accepted}?lang={lang}").text for lang in ("vi", "en")]
    intake = said(counter.get(f"/ho-so/{handed_in}?lang=vi").text)

    assert ['<option value="grant">Đồng ý giải quyết</option>', '<option value="grant">Grant</option>'] == [
        *re.findall(r'<option value="grant">[^<]+</option>', "".join(pages))
    ]
    assert (True, False) == ("Đã thu phí, lệ phí" in intake, "fee_paid" in intake)


def test_time_left_is_told_in_days_of_work_where_work_is_what_counts(
    province: Site, signed_in: ENTER
) -> None:
    """Three working days are three days, not the one day that their hours would fill round the clock."""
    stored = on_the_way(province, HOUSEHOLD, "accept", fee_paid=True)
    client = client_of(province, signed_in(holder(province, stored.dossier.code, "officer")))
    pages = [client.get(f"/ho-so/{stored.dossier.code}?lang={lang}").text for lang in ("vi", "en")]
    legal = [re.findall(r"(?:Còn|Left:) (\d+) (?:ngày|d\w*)", page)[0] for page in pages]

    assert ["3", "3"] == legal


def test_what_is_locked_says_why_without_ids(province: Site, signed_in: ENTER) -> None:
    """Facts and choices by name, agencies by name: what the leader must wait for reads as a sentence."""
    code = on_the_way(province, HOUSEHOLD, "accept", fee_paid=True).dossier.code
    client = client_of(province, signed_in(holder(province, code, "officer")))
    page = said(client.get(f"/ho-so/{code}").text)
    locked = page.partition("Chưa mở, và vì sao")[2].partition("Sơ đồ làn")[0]
    life = page.partition("Dòng thời gian")[2]

    assert [] == re.findall(
        r"\b[a-z]+_[a-z_]+\b|H99\.[0-9.]+|\((?:receipt|refusal)\)", locked + life.partition("Giấy tờ")[0]
    )
    assert "Ủy ban nhân dân" in locked


def test_a_refusal_of_a_guard_names_facts_choices_and_signs(province: Site) -> None:
    """A comparison becomes words; what nobody named keeps its id, and Vietnamese is not torn apart."""
    procedure = province.house.worlds.procedure(on_the_way(province, HOUSEHOLD).dossier.cfg)
    reason = {
        "vi": "«proposal == 'grant' and strange_fact» không đúng (proposal = refuse)",
        "en": '"supplement_count < 1" does not hold (supplement_count = 1)',
    }

    assert {
        "vi": "«Đề xuất của chuyên viên là Đồng ý giải quyết và strange_fact» không đúng "
        "(Đề xuất của chuyên viên = Từ chối giải quyết)",
        "en": '"Number of supplements asked for < 1" does not hold (Number of supplements asked for = 1)',
    } == worded(procedure, province.pages.words, reason)
    assert (
        reason["en"].replace("supplement_count", 'times of "Waiting for the applicant\'s supplement"')
        == worded(procedure, NO_WORDS, reason)["en"]
    )


@pytest.mark.parametrize(
    ("stands", "vi", "en"),
    [
        (
            {"side": "after", "offset": "4 working_hours"},
            "quá hạn 4 giờ làm việc",
            "4 working hours past due",
        ),
        ({"side": "due", "offset": None}, "đến hạn", "when it is due"),
        (
            {"side": "before", "offset": "2 working_days"},
            "trước hạn 2 ngày làm việc",
            "2 working days before it is due",
        ),
        ("gone", "gone", "gone"),
    ],
)
def test_a_rung_is_told_by_when_it_comes(stands: dict[str, str] | str, vi: str, en: str) -> None:
    """Its ladder says how far from the due instant it stands; one that no ladder has any more keeps its id."""
    assert (vi, en) == (rung(stands, "vi"), rung(stands, "en"))


def test_a_clock_has_a_name_of_whatever_kind_it_is(province: Site) -> None:
    """Of the whole dossier, a step, a stage and a question; one that no version knows keeps its id."""
    found = set()
    on_the_way(province, "1.009994", "accept", "assign")
    for stored in province.house.store.iterate():
        procedure = province.house.worlds.procedure(stored.dossier.cfg)
        named = [id for id in stored.dossier.clocks if clock_name(procedure, id)["vi"] != id]
        assert list(stored.dossier.clocks) == named
        found |= {id.partition(":")[0] for id in named}

    assert {"committed", "legal", "step", "stage", "consult"} <= found
    assert {"vi": "gone", "en": "gone"} == clock_name(procedure, "gone")


def test_everything_that_ships_has_a_name() -> None:
    """Each choice of each fact, each kind of agency, change, notice and paper, in both languages."""
    settings = read_settings({})
    config, known = config_folder(settings), words(settings)
    procedures = [config.load(file).procedure for file in config.procedure_files(config.root / "procedures")]
    wanted = {
        (f"values.{fact.id}", value)
        for procedure in procedures
        for fact in procedure.facts
        for value in fact.values
    }
    wanted |= {
        ("notice", file.name.partition(".")[0]) for file in (settings.templates_dir / "notices").glob("*.j2")
    }
    topics = [each for room in (notices, peer_notices, portal_facts) for each in vars(room).values()]
    wanted |= {
        ("notice", each) for each in topics if isinstance(each, str) and re.fullmatch("[a-z]+:[a-z_]+", each)
    }
    wanted |= {("kind", agency.kind) for agency in config.directory.agencies}
    wanted |= {("position", post.position) for post in config.directory.posts}
    wanted |= {("change", kind.value) for kind in ChangeKind}
    wanted |= {
        ("fact", name)
        for procedure in procedures
        for name in procedure.told - {f.id for f in procedure.facts}
    }

    assert set() == {
        one for one in wanted if set(known.named.get(one[0], {}).get(one[1], ())) != {"vi", "en"}
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[paper", "end of document"),
        ('[paper]\nreceipt = "x"', "paper.receipt"),
        ('[paper]\nreceipt = {vi = "x"}', "paper.receipt"),
        ('[values.proposal]\ngrant = {vi = "x", fr = "y"}', "values.proposal.grant"),
        ('paper = "x"', "paper"),
    ],
)
def test_words_that_cannot_be_read_are_an_error_that_names_the_place(
    settings: Settings, tmp_path: Path, text: str, named: str
) -> None:
    """A broken file, a name in one language, what is no name; without the file things go by their ids."""
    config = shutil.copytree(settings.config_dir, tmp_path / "config")
    own = replace(settings, config_dir=config)
    (config / "words.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableWords) as wrong:
        words(own)
    (config / "words.toml").unlink()

    assert named in str(wrong.value.facts["reason"])
    assert {"vi": "receipt", "en": "receipt"} == words(own).of("paper", "receipt")


def test_the_page_of_an_agency_names_its_kind_and_its_positions(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """And is sound in both themes and widths."""
    admin = signed_in("admin")
    code = next(a.code for a in province.house.worlds.directory.agencies if a.kind == "commune_committee")
    page = said(client_of(province, admin).get(f"/quan-tri/co-quan/{code}").text)

    assert (True, True, True) == tuple(
        name in page
        for name in ("Ủy ban nhân dân cấp xã, cấp xã", "Thủ trưởng cơ quan", "Công chức Bộ phận Một cửa")
    )
    assert [] == re.findall(r"\b(?:commune_committee|one_stop_officer|unit_head)\b", page)
    assert CLEAN == look_at(browser, f"{address}/quan-tri/co-quan/{code}", admin.storage_state)

"""The press: seven forms, two twins that say the same, the same bytes again, a code that any reader reads."""

import io
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import zxingcpp
from paper_samples import CHECK, sheet_for
from PIL import Image

from benchmarks import bench_papers
from motcua.adapters.paper_forms import FormBroken, FormMissing
from motcua.adapters.paper_qr import qr_code, qr_dots, qr_svg
from motcua.adapters.paper_words import amount, dated, short, when
from motcua.adapters.typesetting import PaperPress
from motcua.services.ports import PAPER_NOTICES

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
GOLDEN = ROOT / "tests" / "golden" / "papers"
PRESS = PaperPress(TEMPLATES)
FORMS = PRESS.names


def test_the_seven_forms_stand_in_the_order_of_the_circular() -> None:
    """Each has its number and its own letters, and every notice that owes a paper finds one form."""
    specs = [PRESS.spec(form) for form in FORMS]
    assert [f"{n:02d}" for n in range(1, 8)] == [spec.number for spec in specs]
    assert 7 == len({spec.symbol for spec in specs}) == len({spec.template_sha256 for spec in specs})
    assert list(PAPER_NOTICES) == sorted(notice for spec in specs for notice in spec.notices)


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_is_the_same_bytes_again(form: str) -> None:
    """Another press sets both twins alike, whatever was set before; the PDF is dated of its paper and no later."""
    other = PaperPress(TEMPLATES)
    other.typeset("receipt", sheet_for("receipt", number=99))
    first, again = (press.typeset(form, sheet_for(form)) for press in (PRESS, other))
    assert first == again
    assert {b"D:20260302"} == set(re.findall(rb"D:\d{8}", first.pdf))
    assert (True, True) == (first.pdf.startswith(b"%PDF-1.7"), b"pdfaid" in first.pdf)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "register"])
def test_the_paper_that_is_measured_fills_every_form(form: str) -> None:
    """A form that gains a field must not break the benchmark unseen."""
    assert PRESS.typeset(form, bench_papers.sheet(1)).pdf.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("form", FORMS)
def test_the_html_twin_is_the_one_that_was_looked_at(form: str) -> None:
    """To the byte; regenerate_papers.py beside the files writes them anew."""
    assert (GOLDEN / f"{form}.html").read_bytes() == PRESS.typeset(form, sheet_for(form)).html


@pytest.mark.parametrize("form", FORMS[:-1])
def test_an_independent_reader_reads_the_code_on_the_page(form: str) -> None:
    """It says which dossier, which paper and its check text, and names no address."""
    [page] = PRESS.images(form, sheet_for(form))
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    assert f"H99.41.01-260302-0001 12/{PRESS.spec(form).symbol}-2026 {CHECK}" == code.text


def test_what_people_write_is_text_on_the_page_and_never_markup() -> None:
    """Signs of HTML and of typst come out as they were typed."""
    typed = "<b>#strong[x]</b> & $ * _ @ {{ code }}"
    made = PRESS.typeset("refusal", sheet_for("refusal", reason=typed))
    assert b"<li>&lt;b&gt;#strong[x]&lt;/b&gt; &amp; $ * _ @ {{ code }}</li>" in made.html
    assert made.pdf.startswith(b"%PDF")


def test_a_draft_says_so_and_a_signed_paper_names_its_signer() -> None:
    """The mark of a draft and the box of a signature exclude each other."""
    draft, signed = (
        PRESS.typeset("receipt", sheet_for("receipt", **given)).html.decode()
        for given in ({"signed": None}, {})
    )
    assert (True, False) == ("DỰ THẢO" in draft, "cb.h99.41.01-5" in draft)
    assert (False, True) == ("DỰ THẢO" in signed, "cb.h99.41.01-5" in signed)


def test_only_fonts_that_come_along_are_used() -> None:
    """The PDF embeds the two families of the program, so that Vietnamese looks alike on every machine."""
    pdf = PRESS.typeset("receipt", sheet_for("receipt")).pdf
    streams = b"".join(_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S))
    fonts = {name.split(b"-")[0] for name in re.findall(rb"/FontName */[A-Z]{6}\+([\w-]+)", pdf + streams)}
    assert {b"LibertinusSerif", b"DejaVuSansMono"} == fonts


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(part)
    except zlib.error:
        return b""


def test_a_form_that_is_missing_or_asks_for_the_unknown_is_refused(tmp_path: Path) -> None:
    """The error names the form and what is wrong."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for file in (TEMPLATES / "papers").iterdir():
        text = file.read_text(encoding="utf-8").replace("{{ applicant.address }}", "{{ nobody }}")
        (folder / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(FormBroken, match="nobody"):
        PaperPress(tmp_path).typeset("receipt", sheet_for("receipt"))
    with pytest.raises(FormMissing, match="receipt"):
        PRESS.spec("poem")
    with pytest.raises(FormMissing):
        PRESS.spec("office")


def test_a_changed_template_has_another_digest(tmp_path: Path) -> None:
    """What all forms share counts for each of them."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for file in (TEMPLATES / "papers").iterdir():
        (folder / file.name).write_bytes(file.read_bytes() + (b" " if file.name == "paper.typ" else b""))
    changed = PaperPress(tmp_path)
    assert [] == [
        form for form in FORMS if PRESS.spec(form).template_sha256 == changed.spec(form).template_sha256
    ]


def test_days_instants_and_amounts_are_written_as_papers_write_them() -> None:
    """Two digits where the rules of official papers ask for them, 24:00 for the end of a day, dots in thousands."""
    assert "ngày 05 tháng 02 năm 2026" == dated("2026-02-05")
    assert "ngày 15 tháng 3 năm 2026" == dated("2026-03-15")
    assert "24 giờ 00 phút, ngày 17/03/2026" == when("2026-03-18T00:00:00+07:00")
    assert ("09:05 02/03/2026", "", "1.185", "–") == (
        short("2026-03-02T09:05:00+07:00"),
        when(None),
        amount(1185),
        amount(None),
    )


def test_the_code_is_drawn_alike_each_time() -> None:
    """One SVG and one raster for one text, without anything that changes from run to run."""
    once, again, other = qr_code("H99"), qr_code("H99"), qr_code("H98")

    assert qr_svg(once) == qr_svg(again) != qr_svg(other)
    assert qr_dots(once) == qr_dots(again) != qr_dots(other)
    assert (True, {0, 255}) == (qr_svg(once).startswith("<svg"), set(qr_dots(once)))


def test_several_threads_set_the_same_bytes() -> None:
    """One press serves them all, and whoever asks gets the same paper."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: PRESS.typeset("receipt", sheet_for("receipt")), range(8)))

    assert [PRESS.typeset("receipt", sheet_for("receipt"))] * 8 == made

"""Papers as pages: the PDF is rendered and read again by a program that did not make it."""

import re
import unicodedata
from html import unescape
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from paper_samples import CHECK, sheet_for
from PIL import Image, ImageOps
from pypdfium2 import raw

from motcua.adapters.typesetting import PaperPress

PRESS = PaperPress(Path(__file__).parents[2] / "templates")
FORMS = PRESS.names
DOTS = 150
CENTIMETRE = DOTS / 2.54
UPRIGHT = (595, 842)
"""A4 in points."""

LONG = "Nguyễn" * 40


def pages(form: str, **changes: object) -> list[pdfium.PdfPage]:
    """The pages of a paper, as another program opens them."""
    return list(pdfium.PdfDocument(PRESS.typeset(form, sheet_for(form, **changes)).pdf))


def image(page: pdfium.PdfPage) -> Image.Image:
    """What a printer puts on a page, in shades of gray."""
    picture: Image.Image = page.render(scale=DOTS / 72, grayscale=True).to_pil()
    return picture


def words(page: pdfium.PdfPage) -> str:
    """The text of a page as a reader copies it, with single spaces."""
    return " ".join(page.get_textpage().get_text_range().split())


def margins(page: pdfium.PdfPage) -> tuple[float, ...]:
    """White space to the left, above, to the right and below all ink, in centimetres."""
    picture = image(page)
    box = ImageOps.invert(picture).getbbox()
    assert box is not None
    left, top, right, bottom = box
    return tuple(side / CENTIMETRE for side in (left, top, picture.width - right, picture.height - bottom))


@pytest.mark.parametrize("form", FORMS)
def test_every_word_stands_on_the_page_in_vietnamese(form: str) -> None:
    """What the HTML twin says can be copied out of the PDF, composed (NFC), and no sign is missing from a font."""
    said = " ".join(words(page) for page in pages(form))
    html = PRESS.typeset(form, sheet_for(form)).html.decode()
    body = re.sub(r"<(style|title|svg)\b.*?</\1>|<[^>]+>", " ", html.partition("<body")[2], flags=re.S)
    wanted = set(unescape(body.partition(">")[2]).split())

    assert set() == {word for word in wanted if word.upper() not in said.upper()}
    assert said == unicodedata.normalize("NFC", said)
    assert "\ufffd" not in said


@pytest.mark.parametrize("form", FORMS)
def test_every_font_is_in_the_file(form: str) -> None:
    """Another machine shows the same letters."""
    texts = [text for page in pages(form) for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    embedded = {raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(text.raw)) for text in texts}

    assert {1} == embedded


@pytest.mark.parametrize("form", FORMS)
def test_a_page_is_a4_with_its_margins_free(form: str) -> None:
    """Upright, the register across; nothing is nearer to an edge than printers print."""
    for page in pages(form):
        width, height = (round(side) for side in page.get_size())
        assert (UPRIGHT if form != "register" else UPRIGHT[::-1]) == (width, height)
        assert 0.8 < min(margins(page))


@pytest.mark.parametrize("form", FORMS)
def test_long_words_and_long_lists_stay_on_the_page(form: str) -> None:
    """A word without end breaks at the margin, a list without end goes on overleaf with its page numbers."""
    applicant = {"name": LONG, "address": LONG, "phone": "0912 345 678", "email": f"{LONG}@x.example"}
    rows = [{**row, "applicant": LONG, "procedure": LONG} for row in sheet_for(form)["rows"]]
    reason = "\n".join([LONG] + ["Thiếu bản sao"] * 60)
    found = pages(form, applicant=applicant, rows=rows, reason=reason)

    assert [] == [page for page in found if min(margins(page)) < 0.8]
    assert [] == [n for n, page in enumerate(found, 1) if f"Trang {n} / {len(found)}" not in words(page)]
    assert (form == "control_slip") == (len(found) == 1)


@pytest.mark.parametrize("form", FORMS[:-1])
@pytest.mark.parametrize("turned", [0, 180])
def test_the_code_on_a_printed_page_is_read(form: str, turned: int) -> None:
    """From what a printer prints, whichever way up; the register has none."""
    [code] = zxingcpp.read_barcodes(image(pages(form)[-1]).rotate(turned))

    assert f"H99.41.01-260302-0001 12/{PRESS.spec(form).symbol}-2026 {CHECK}" == code.text


def test_a_draft_is_marked_across_the_page_and_still_read() -> None:
    """The mark lies behind the text; a signed paper has none."""
    [draft], [signed] = (pages("receipt", **given) for given in ({"signed": None}, {}))

    assert (True, False) == ("DỰ THẢO" in words(draft), "DỰ THẢO" in words(signed))
    assert "Nguyễn Thị Quỳnh Hoa" in words(draft)
    assert 1 == len(zxingcpp.read_barcodes(image(draft)))

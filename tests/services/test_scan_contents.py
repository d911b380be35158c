"""What a file is follows from what it holds; nothing is unpacked to find out."""

import pytest
from scan_samples import EICAR, jpeg, packed, pdf, png, zipped

from motcua.services.scans import Limits, TooMuch, UnfitFile, check

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;&c;&c;</a>'
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
BOMB = zipped(**{f"{n}.zip": zipped(zeros=b"\0" * 1_000_000) for n in range(3)})
REFUSED = {
    "u65-zip-bomb": ("a.zip", BOMB),
    "u65-zip-bomb-as-pdf": ("a.pdf", BOMB),
    "u66-zip-slip": ("a.zip", zipped(**{"../../etc/passwd": b"x"})),
    "u67-symlink-in-zip": ("a.zip", zipped(link=b"/etc/passwd")),
    "u68-nested-zip": ("a.docx", zipped(inner=zipped(deeper=zipped(x=b"y")))),
    "u69-html-before-pdf": ("a.pdf", b"<html><script>1</script>" + pdf()),
    "u69-html-in-pdf": ("a.pdf", pdf(b"/X(<html><script>alert(1)</script>)")),
    "u71-exe-as-pdf": ("a.pdf", b"MZ\x90\0" + b"\0" * 60),
    "u71-pdf-as-png": ("a.png", pdf()),
    "u72-svg": ("a.svg", SVG),
    "u72-svg-as-png": ("a.png", SVG),
    "u73-pixel-bomb": ("a.png", png(50_000, 50_000)),
    "u73-jpeg-bomb": ("a.jpg", jpeg(60_000, 60_000)),
    "u74-truncated-jpeg": ("a.jpg", jpeg()[:-4]),
    "u74-jpeg-without-picture": ("a.jpg", b"\xff\xd8\xff\xd9"),
    "u74-truncated-png": ("a.png", png()[:-6]),
    "u74-png-with-a-tail": ("a.png", png() + b"MZ"),
    "u74-truncated-pdf": ("a.pdf", pdf()[:-10]),
    "u75-xxe": ("a.xml", XXE),
    "u75-billion-laughs": ("a.xml", LAUGHS),
    "u75-docx-of-laughs": ("a.docx", zipped(document=LAUGHS)),
    "u75-docx-xxe": ("a.docx", zipped(document=XXE)),
    "u77-empty": ("a.pdf", b""),
    "u82-encrypted": ("a.pdf", pdf(body=b"trailer<</Encrypt 5 0 R>>")),
    "u82-encrypted-escaped": ("a.pdf", pdf(b"/#45ncrypt 5 0 R")),
    "u66-jpeg-that-is-an-archive": ("a.jpg", jpeg() + zipped(program=b"MZ")),
    "u66-pdf-that-is-an-archive": ("a.pdf", pdf() + zipped(program=b"MZ") + b"%%EOF"),
    "pdf-without-a-page": ("a.pdf", b"%PDF-%%EOF"),
    "no-ending": ("pdf", pdf()),
    "pdf-that-unpacks-to-too-much": ("a.pdf", pdf(body=packed(b"\0" * 9_000_000))),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_with_a_reason(case: str) -> None:
    """Archives, markup, programs, bombs, pieces and locked files are no papers."""
    with pytest.raises(UnfitFile) as caught:
        check(*REFUSED[case], Limits())

    assert "" != caught.value.message("vi")


def test_papers_are_known_by_what_they_hold() -> None:
    """The ending must agree, in any case of letters."""
    found = [
        check(name, held, Limits()).media
        for name, held in (("A.PDF", pdf()), ("b.png", png()), ("c.JPEG", jpeg()))
    ]

    assert ["application/pdf", "image/png", "image/jpeg"] == found


def test_what_a_pdf_hides_is_told() -> None:
    """Scripts and files, also behind escapes and in packed objects; a virus is the scanner's business."""
    flags = {
        ("javascript",): pdf(b"/OpenAction<</S/J#61vaScript/JS(x)>>"),
        ("embedded",): pdf(b"/Names<</EmbeddedFiles 4 0 R>>"),
        ("javascript", "embedded"): pdf(body=packed(b"<</JS(x)/EmbeddedFile 1 0 R>>")),
        (): pdf(body=EICAR),
    }

    assert list(flags) == [check("a.pdf", held, Limits()).flags for held in flags.values()]
    assert ("pages",) == check("a.pdf", pdf(), Limits(pages=1)).flags


def test_limits_name_what_is_too_much() -> None:
    """A file, a request, their number, and a whole dossier."""
    limits = Limits(file=10, request=15, dossier=20, files=2, dossier_files=3)
    limits.of_request([10, 5])
    limits.of_dossier([10, 5, 5])
    for sizes in ([11], [8, 8], [1, 1, 1]):
        with pytest.raises(TooMuch):
            limits.of_request(sizes)
    for sizes in ([10, 11], [1, 1, 1, 1]):
        with pytest.raises(TooMuch):
            limits.of_dossier(sizes)

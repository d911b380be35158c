"""The square code on a paper: what the dossier and the paper are called, and a text to check them by; no address."""

import io

import segno

MASK = 0
"""Of the eight patterns, the one that scores best on average on texts of this shape; to try all eight costs four
fifths of the making, and readers decode any. Source: ISO/IEC 18004:2024, 7.8."""

_QUIET = 2
_WHITE = 255


def qr_code(text: str) -> segno.QRCode:
    """Return the square code of a text, medium error correction."""
    return segno.make_qr(text, error="m", mask=MASK)


def qr_svg(code: segno.QRCode) -> str:
    """Return it as SVG, black on white, with the quiet zone that readers need."""
    drawn = io.BytesIO()
    code.save(
        drawn, kind="svg", border=_QUIET, xmldecl=False, svgns=True, light="#fff", nl=False, omitsize=True
    )
    return drawn.getvalue().decode()


def qr_dots(code: segno.QRCode) -> list[int]:
    """Return its dots row by row with the quiet zone, 0 black and 255 white; as many rows as columns."""
    return [0 if dark else _WHITE for row in code.matrix_iter(border=_QUIET) for dark in row]

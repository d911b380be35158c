"""The square code on a paper: what the dossier and the paper are called, and a text to check them by; no address."""

import io

import segno


def qr_svg(text: str) -> str:
    """Return an SVG of the text, black on white, with the quiet zone that readers need."""
    code = segno.make(text, error="m", micro=False)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=2, xmldecl=False, svgns=True, light="#fff", nl=False, omitsize=True)
    return drawn.getvalue().decode()

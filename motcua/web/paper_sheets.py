"""Official papers over HTTP: the PDF as it is, the HTML under a policy that allows its one style block and no more."""

import base64
import hashlib
import re

from starlette.responses import Response

from motcua.services.papers import Paper

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def paper_answer(paper: Paper, kind: str) -> Response:
    """Answer with one twin of a paper, to be looked at in the browser; it is kept nowhere on the way.

    Args:
        paper: The paper.
        kind: `pdf`, else HTML.
    """
    name = f"{paper.form}-{paper.number.replace('/', '-')}"
    if kind == "pdf":
        headers = {"content-disposition": f'inline; filename="{name}.pdf"'}
        return Response(paper.pdf, 200, {**headers, "cache-control": "private, no-store"}, "application/pdf")
    headers = {"content-security-policy": _policy(paper.html), "cache-control": "private, no-store"}
    return Response(paper.html, 200, headers, "text/html; charset=utf-8")


def _policy(html: bytes) -> str:
    """Return a policy under which a paper shows its own style, known by its digest. Source: W3C CSP 3, 2.3.1."""
    digests = (hashlib.sha256(style).digest() for style in _STYLE.findall(html))
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )

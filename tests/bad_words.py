"""Words that no page takes for what they are not, each sent to every address and every field."""

import base64
from unicodedata import normalize


def mark(text: str) -> str:
    """Write a place in a list as addresses have it, whatever it says."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


WORDS = {
    "A50-number": "1e400",
    "A50-integer": str(2**63),
    "A52-decomposed": normalize("NFD", "Ổi Thị Bưởi"),
    "A53-nul": "a\0b",
    "A54-sql": "%' OR 1=1 --_",
    "A55-sort": "due desc; drop table dossiers",
    "A56-page": "-1",
    "A61-crlf": "a\r\nSet-Cookie: broken=1",
    "A62-formula": "=cmd|' /C calc'!A0",
    "long": "9" * 2000,
    "bidi": "a\u202e\u200bb",
    "nested-mark": mark("[" * 1600),
    "surrogate-mark": mark('["\\ud800","a","b"]'),
    "surrogate-place": mark('[null,"\\ud800","b"]'),
    "overflow-place": "99999999999999999999999 x 1",
}

"""Places in lists that anybody may write into an address."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from bad_words import WORDS
from web_province import SignedIn, client_of

from motcua.services.live import moved_since
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]


@pytest.mark.parametrize("word", ["nested-mark", "surrogate-mark", "surrogate-place", "overflow-place"])
def test_a_place_in_a_list_that_is_none_is_refused(province: Site, signed_in: ENTER, word: str) -> None:
    """Every list that has pages: 422; the stream of the inbox takes an unreadable instant for an old one."""
    said, pages = (
        quote(WORDS[word], safe=""),
        {
            "officer": ("/viec?sau=", "/lien-thong?den=", "/lien-thong?hoi="),
            "one_stop_officer": ("/tra-ket-qua?sau=",),
            "leader": ("/dieu-hanh/viec?sau=",),
        },
    )
    clients = {part: client_of(province, signed_in(part)) for part in pages}
    answers = [clients[part].get(f"{page}{said}") for part, each in pages.items() for page in each]

    assert [422] * 5 == [answer.status_code for answer in answers]
    assert moved_since(province.house, WORDS[word])

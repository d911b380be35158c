"""Messages between installations: signed by their sender, lately, and unchanged."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.adapters.standard_webhooks import (
    TOLERANCE,
    BadSignature,
    InvalidKey,
    OldMessage,
    Signed,
    UnsignedMessage,
    generate,
    public_of,
    read_private,
    read_public,
    signature_headers,
    verify,
)
from states.errors import DomainError

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
OURS, THEIRS = read_private(generate()[0]), read_private(generate()[0])
OUR_KEY, THEIR_KEY = read_public(public_of(OURS)), read_public(public_of(THEIRS))


@given(st.binary(max_size=200), st.from_regex(r"[a-z0-9:#-]{1,40}", fullmatch=True))
def test_what_was_signed_verifies(body: bytes, message: str) -> None:
    """Whatever the bytes, the receiver learns the id and the second of signing."""
    headers = signature_headers(OURS, message, NOW, body)

    assert Signed(message, NOW) == verify([THEIR_KEY, OUR_KEY], "us", headers, body, NOW + TOLERANCE)


@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_changed_byte_is_found(body: bytes, data: st.DataObject) -> None:
    """One bit of the body, and the signature is of nobody."""
    place, bit = data.draw(st.integers(0, len(body) - 1)), data.draw(st.integers(0, 7))
    changed = bytearray(body)
    changed[place] ^= 1 << bit

    with pytest.raises(BadSignature):
        verify([OUR_KEY], "us", signature_headers(OURS, "m1", NOW, body), bytes(changed), NOW)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"webhook-signature": ""}, UnsignedMessage),
        ({"webhook-id": ""}, UnsignedMessage),
        ({"webhook-id": "m" * 201}, UnsignedMessage),
        ({"webhook-id": "m\n1"}, UnsignedMessage),
        ({"webhook-timestamp": "yesterday"}, UnsignedMessage),
        ({"webhook-timestamp": "9" * 13}, UnsignedMessage),
        ({"webhook-id": "m2"}, BadSignature),
        ({"webhook-timestamp": "1"}, BadSignature),
        ({"webhook-signature": "v1,AAAA"}, BadSignature),
        ({"webhook-signature": "v1a,not base64"}, BadSignature),
        ({"webhook-signature": "v1a,AAAA"}, BadSignature),
    ],
)
def test_a_bad_header_is_refused(change: dict[str, str], expected: type[DomainError]) -> None:
    """Missing, malformed, of another message, of a weaker scheme: refused with a reason in both languages."""
    headers = {**signature_headers(OURS, "m1", NOW, b"{}"), **change}

    with pytest.raises(expected) as refused:
        verify([OUR_KEY], "us", headers, b"{}", NOW)

    assert refused.value.message("vi") != refused.value.message("en")


@pytest.mark.parametrize("gap", [TOLERANCE + timedelta(seconds=1), -TOLERANCE - timedelta(seconds=1)])
def test_an_old_message_is_refused(gap: timedelta) -> None:
    """A right signature more than five minutes away could be a replay."""
    with pytest.raises(OldMessage):
        verify([OUR_KEY], "us", signature_headers(OURS, "m1", NOW, b"{}"), b"{}", NOW + gap)


def test_keys_can_be_changed_while_messages_are_under_way() -> None:
    """A message may carry signatures by the old and the new key; one that is known is enough."""
    old, new = (signature_headers(key, "m1", NOW, b"{}") for key in (THEIRS, OURS))
    both = {**old, "webhook-signature": f"{old['webhook-signature']} {new['webhook-signature']}"}

    assert "m1" == verify([OUR_KEY], "us", both, b"{}", NOW).id


@pytest.mark.parametrize("text", ["", "whsk_", "whsk_AAAA", "whpk_" + "A" * 44, "whsk_" + "ă" * 44])
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    """The error says what is wrong with it, and never shows it."""
    with pytest.raises(InvalidKey):
        read_private(text)

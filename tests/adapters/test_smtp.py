"""Notices by mail, handed to a real mail server on the loopback."""

import socket
import ssl
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from changes import START
from hypothesis import given
from hypothesis import strategies as st
from mail_server import PASSWORD, Certificate, Postbox, make_certificate, serving
from world import SetClock

from motcua.adapters.smtp import (
    InvalidMailServer,
    MailServer,
    SmtpChannel,
    message_id,
    read_mail_server,
    subject_of,
)
from motcua.services.ports import Deferred, Undeliverable

SENDER = "mot-cua@songlam.example"
MESSAGE = f"{'0' * 32}:5:1"
TEXT = (
    "CƠ QUAN: Ủy ban nhân dân xã Đông Châu\nMã hồ sơ: H99.41.05-260302-0001\nThủ tục: x\n\n"
    "CẢNH BÁO TIẾN ĐỘ GIẢI QUYẾT HỒ SƠ\n\nThời hạn: đã quá 3 ngày.\n.một dòng bắt đầu bằng dấu chấm\n"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate that only these tests trust."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def channel(port: int, scheme: str = "smtp+plain", **options: Any) -> SmtpChannel:
    """The way to the server of a test."""
    return SmtpChannel(MailServer(scheme, "127.0.0.1", port), SENDER, SetClock(), **options)


def test_a_letter_arrives_as_it_was_written() -> None:
    """Vietnamese subject and body come through whole; the date is the clock's, the bytes on the way are ASCII."""
    postbox = Postbox()
    with serving(postbox) as port:
        channel(port).send(MESSAGE, ["an@songlam.example"], TEXT)
    [letter] = postbox.letters

    assert "CẢNH BÁO TIẾN ĐỘ GIẢI QUYẾT HỒ SƠ – H99.41.05-260302-0001" == letter["Subject"]
    assert TEXT.splitlines() == letter.get_content().splitlines()
    assert (SENDER, "an@songlam.example") == (letter["From"], letter["To"])
    assert SetClock().now() == parsedate_to_datetime(letter["Date"])
    assert postbox.raw[0].isascii()


def test_the_same_message_has_the_same_id_twice() -> None:
    """Sent again after a crash it carries the Message-ID it had, another message another one."""
    postbox = Postbox()
    with serving(postbox) as port:
        for message in (MESSAGE, MESSAGE, f"{'0' * 32}:5:11"):
            channel(port).send(message, ["an@songlam.example"], TEXT)
    first, again, other = [letter["Message-ID"] for letter in postbox.letters]

    assert first == again != other


def test_nobody_sees_who_else_was_told() -> None:
    """Each address gets a letter of its own, once, with only itself in it."""
    postbox = Postbox()
    with serving(postbox) as port:
        channel(port).send(MESSAGE, ["a@x.example", "b@x.example", "a@x.example"], TEXT)

    assert ["a@x.example", "b@x.example"] == [letter["To"] for letter in postbox.letters]
    assert [1, 1] == [raw.count(b"@x.example") for raw in postbox.raw]


@pytest.mark.parametrize(
    "bad", ["a@x.example\r\nBcc: b@x.example", "a b@x.example", "@x", "a@x.example>", "ă@x", ""]
)
def test_an_address_that_is_none_is_never_sent_to(bad: str) -> None:
    """Line breaks and other things that are no address are refused before anything is opened."""
    with pytest.raises(Undeliverable):
        channel(1).send(MESSAGE, [bad], TEXT)


@given(text=st.text(), message=st.text(min_size=1, max_size=60))
def test_no_text_makes_a_header(text: str, message: str) -> None:
    """Whatever a notice says, its title and its id are one printable line each."""
    title, name = subject_of(text), message_id(message, SENDER)

    assert title.isprintable() and len(title) <= 160
    assert name.isascii() and name.isprintable() and not set(" \t<>") & set(name[1:-1])


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_messages_never_share_an_id(one: str, other: str) -> None:
    """Different ids make different Message-IDs."""
    assert (one == other) == (message_id(one, SENDER) == message_id(other, SENDER))


def test_header_injection_through_a_notice_fails(certificate: Certificate) -> None:
    """A title and an id with line breaks in them arrive as text in their own header."""
    postbox = Postbox()
    text = "x\ny: H1\r\nBcc: evil@x.example\n\nTiêu đề\rBcc: evil@x.example\x00\n\nbody"
    with serving(postbox) as port:
        channel(port).send("m\r\nBcc: evil@x.example", ["a@x.example"], text)
    [letter] = postbox.letters

    assert None is letter["Bcc"]
    assert {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"} < set(letter.keys())


def test_a_login_goes_over_starttls(certificate: Certificate) -> None:
    """With `smtp://` the connection is encrypted before the password is told."""
    postbox = Postbox()
    options = {"tls_context": certificate.server, "require_starttls": True, "authenticator": postbox.let_in}
    with serving(postbox, auth_required=True, **options) as port:
        server = MailServer("smtp", "127.0.0.1", port, "robot", PASSWORD)
        SmtpChannel(server, SENDER, SetClock(), trust=certificate.trust).send(MESSAGE, ["a@x.example"], TEXT)

    assert ([True], ["robot"]) == (postbox.secured, postbox.users)


def test_tls_from_the_start(certificate: Certificate) -> None:
    """With `smtps://` nothing is said in the clear."""
    postbox = Postbox()
    with serving(postbox, ssl_context=certificate.server) as port:
        channel(port, "smtps", trust=certificate.trust).send(MESSAGE, ["a@x.example"], TEXT)

    assert 1 == len(postbox.letters)


def test_a_server_without_starttls_gets_nothing() -> None:
    """`smtp://` never falls back to an open connection; the letter waits."""
    postbox = Postbox()
    with serving(postbox) as port, pytest.raises(OSError, match="STARTTLS"):
        channel(port, "smtp").send(MESSAGE, ["a@x.example"], TEXT)

    assert [] == postbox.letters


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Certificate) -> None:
    """The system's rules decide whom to trust unless told otherwise."""
    postbox = Postbox()
    with serving(postbox, tls_context=certificate.server) as port, pytest.raises(ssl.SSLError):
        channel(port, "smtp").send(MESSAGE, ["a@x.example"], TEXT)

    assert [] == postbox.letters


def test_a_wrong_password_closes_the_way_without_telling_it(certificate: Certificate) -> None:
    """It may be mended in the settings, so the letter waits; the error repeats neither user nor password."""
    postbox = Postbox()
    options = {"tls_context": certificate.server, "authenticator": postbox.let_in}
    with serving(postbox, **options) as port, pytest.raises(OSError, match="535") as failed:
        server = MailServer("smtp", "127.0.0.1", port, "robot", "wrong")
        SmtpChannel(server, SENDER, SetClock(), trust=certificate.trust).send(MESSAGE, ["a@x.example"], TEXT)

    assert not {"wrong", "robot"} & set(str(failed.value).split())


@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 5.1.1 <a@x.example> unknown", Undeliverable), ("451 4.7.1 <a@x.example> later", Deferred)],
)
def test_a_refusal_is_for_good_or_for_now(answer: str, error: type[Exception]) -> None:
    """5xx never succeeds, 4xx may; the other addresses get their letters, and no error names an address."""
    postbox = Postbox({"a@x.example": answer})
    with serving(postbox) as port, pytest.raises(error) as failed:
        channel(port).send(MESSAGE, ["a@x.example", "b@x.example"], TEXT)

    assert ["b@x.example"] == [letter["To"] for letter in postbox.letters]
    assert "a@x.example" not in str(failed.value)


@pytest.mark.parametrize("later", ["a@x.example", "c@x.example"])
def test_of_several_refusals_the_one_that_may_pass_is_told(later: str) -> None:
    """One address is refused for good and one for now: the letter is tried again, whichever came first."""
    refusals = dict.fromkeys(("a@x.example", "c@x.example"), "550 unknown") | {later: "451 later"}
    postbox = Postbox(refusals)
    with serving(postbox) as port, pytest.raises(Deferred, match="451"):
        channel(port).send(MESSAGE, ["a@x.example", "b@x.example", "c@x.example"], TEXT)

    assert ["b@x.example"] == [letter["To"] for letter in postbox.letters]


def test_one_address_that_is_none_does_not_keep_the_others_from_their_letters() -> None:
    """They get theirs, then the message is given up for a person to look at."""
    postbox = Postbox()
    with serving(postbox) as port, pytest.raises(Undeliverable, match="address"):
        channel(port).send(MESSAGE, ["a@x.example\r\nBcc: evil@x.example", "b@x.example"], TEXT)

    assert ["b@x.example"] == [letter["To"] for letter in postbox.letters]


def test_a_server_that_never_answers_closes_the_way() -> None:
    """It takes the connection and says nothing: after the patience of an answer an OSError."""
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError, match="timed out"):
        channel(silent.getsockname()[1], patience=timedelta(milliseconds=50)).send(
            MESSAGE, ["a@x.example"], TEXT
        )


def test_a_server_that_is_not_there_closes_the_way() -> None:
    """Nothing listens: an OSError, so that the message is tried again."""
    with serving(Postbox()) as port:
        pass

    with pytest.raises(OSError, match="refused"):
        channel(port).send(MESSAGE, ["a@x.example"], TEXT)


def test_a_mail_server_is_read_from_a_url() -> None:
    """Scheme, user, password and port come from the URL; a password from a file goes first."""
    secret = read_mail_server("smtp://robot%40x:p%2Fq@mail.example")
    server = MailServer("smtp", "mail.example", 587, "robot@x", "p/q")

    assert server == secret
    assert replace(server, password="file") == read_mail_server("smtp://robot%40x:p%2Fq@mail.example", "file")
    assert MailServer("smtps", "mail.example", 465) == read_mail_server("smtps://mail.example")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://x:y", "smtp://[x"])
def test_a_url_that_is_no_mail_server_is_refused(url: str) -> None:
    """The error says which setting, and how to write it."""
    with pytest.raises(InvalidMailServer, match="smtp_url"):
        read_mail_server(url)


def test_a_password_for_nobody_and_a_sender_that_is_none_are_refused(tmp_path: Path) -> None:
    """Both are mistakes in the settings."""
    with pytest.raises(InvalidMailServer):
        read_mail_server("smtp://mail.example", "secret")
    with pytest.raises(InvalidMailServer, match="ASCII"):
        read_mail_server("smtp://robot@mail.example", "mật khẩu")
    with pytest.raises(InvalidMailServer):
        SmtpChannel(MailServer("smtp", "mail.example", 587), "nobody", SetClock(START))

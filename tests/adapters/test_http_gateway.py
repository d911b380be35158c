"""Notices by SMS and Zalo, posted to a real HTTP server on the loopback."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from world import Office

from motcua.adapters.http_gateway import HttpChannel, InvalidGateway, read_gateway
from motcua.adapters.routing import Routing, Way
from motcua.services.outbox import TRIES, deliver_pending
from motcua.services.ports import Deferred, Undeliverable

MESSAGE = "abc:5:1"
TEXT = "CƠ QUAN: Xã\nMã hồ sơ: H1\n\nTHÔNG BÁO TRẢ KẾT QUẢ\n\nĐã xong."


class Gateway(ThreadingHTTPServer):
    """Answers with one status after the other, the last one for ever, and keeps what it was sent."""

    def __init__(self, *statuses: int, says: bytes = b"") -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.statuses = list(statuses) or [200]
        self.says = says
        self.posts: list[tuple[str, dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        """Where to post to."""
        return f"http://127.0.0.1:{self.server_port}/send?x=1"


class _Desk(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        """Keep a message and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, dict(self.headers), json.loads(body)))
        left = self.server.statuses
        status = left.pop(0) if len(left) > 1 else left[0]
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.says)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(*statuses: int, says: bytes = b"") -> Iterator[Gateway]:
    """Run a gateway, and stop it afterwards."""
    with Gateway(*statuses, says=says) as gateway:
        thread = threading.Thread(target=gateway.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield gateway
        finally:
            gateway.shutdown()
            thread.join()


def test_a_message_is_posted_with_its_key() -> None:
    """JSON with the numbers, the title and the text; the key is the message's id, the token is in its header."""
    with serving(202) as gateway:
        channel = HttpChannel(read_gateway(gateway.url, "s3cret"), ("zalo", "sms"))
        channel.send(MESSAGE, ["+84900000001", "+84900000001"], TEXT)
    [(path, headers, body)] = gateway.posts

    assert ("/send?x=1", MESSAGE, "Bearer s3cret") == (
        path,
        headers["Idempotency-Key"],
        headers["Authorization"],
    )
    assert {
        "id": MESSAGE,
        "to": ["+84900000001"],
        "via": ["zalo", "sms"],
        "title": "THÔNG BÁO TRẢ KẾT QUẢ – H1",
        "text": TEXT,
    } == body


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, Deferred),
        (503, Deferred),
        (429, Deferred),
        (400, Undeliverable),
        (401, Undeliverable),
        (404, Undeliverable),
        (422, Undeliverable),
        (302, Undeliverable),
        (307, Undeliverable),
    ],
)
def test_an_answer_is_for_good_or_for_now(status: int, error: type[Exception]) -> None:
    """Only 5xx and 429 may be tried again; a redirection is not followed."""
    with serving(status) as gateway, pytest.raises(error, match=str(status)):
        HttpChannel(read_gateway(gateway.url)).send(MESSAGE, ["+84900000001"], TEXT)

    assert 1 == len(gateway.posts)


@pytest.mark.parametrize(
    "says",
    [
        b'{"error": "no credit for 0900000001"}',
        b'{"error": {"code": 7}}',
        b'{"success": false}',
        b'{"ok": false, "error": null}',
        b'{"status": "FAILED"}',
    ],
)
def test_an_answer_of_200_that_tells_of_a_failure_is_one(says: bytes) -> None:
    """The message is tried again; the error repeats nothing of what the gateway said."""
    with serving(200, says=says) as gateway, pytest.raises(Deferred, match="failure") as failed:
        HttpChannel(read_gateway(gateway.url)).send(MESSAGE, ["+84900000001"], TEXT)

    assert "0900000001" not in str(failed.value)


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"OK",
        b"\xff",
        b"[1]",
        b'{"error": null, "success": true, "ok": true}',
        b'{"error": 0, "status": "queued"}',
        b'{"error": ""}',
        b"[" * 100_000,
    ],
)
def test_any_other_answer_of_200_is_taken_for_what_it_says(says: bytes) -> None:
    """Gateways say all sorts of things; only a plain word of failure counts."""
    with serving(200, says=says) as gateway:
        HttpChannel(read_gateway(gateway.url)).send(MESSAGE, ["+84900000001"], TEXT)

    assert 1 == len(gateway.posts)


def test_a_gateway_that_never_answers_closes_the_way() -> None:
    """It takes the connection and says nothing: an OSError once the patience is at its end."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        channel = HttpChannel(read_gateway(url), patience=timedelta(milliseconds=50))
        with pytest.raises(TimeoutError):
            channel.send(MESSAGE, ["+84900000001"], TEXT)


def test_a_gateway_that_does_not_speak_http_closes_the_way() -> None:
    """What answers is no web server: an OSError, so that the message is tried again."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        channel = HttpChannel(read_gateway(f"http://127.0.0.1:{server.getsockname()[1]}/"))

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(ConnectionError, match="HTTP"):
            channel.send(MESSAGE, ["+84900000001"], TEXT)
        thread.join()


def test_a_gateway_that_is_not_there_closes_the_way() -> None:
    """Nothing listens: an OSError, so that the message is tried again."""
    with serving() as gateway:
        channel = HttpChannel(read_gateway(gateway.url))

    with pytest.raises(OSError, match="refused"):
        channel.send(MESSAGE, ["+84900000001"], TEXT)


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("gateway", ""),
        ("ftp://x", ""),
        ("https://", ""),
        ("http://x:y", ""),
        ("http://u:p@x", ""),
        ("http://x", "a\nb"),
        ("http://x/gửi", ""),
        ("http://x/a b", ""),
        ("http://cổng.example/", ""),
    ],
)
def test_settings_that_make_no_gateway_are_refused(url: str, token: str) -> None:
    """Other schemes, passwords in the URL, and a token that would make a header."""
    with pytest.raises(InvalidGateway, match="http_url"):
        read_gateway(url, token)


def test_the_relay_gives_up_at_once_what_cannot_be_delivered() -> None:
    """4xx: a dead letter after one try, and the dossier's later messages leave; the record names the way."""
    office = Office()
    code = office.accepted()
    office.wait(days=1, hours=2)
    waiting = office.store.outbox_state().waiting
    with serving(404, 200) as gateway:
        routing = Routing([Way(HttpChannel(read_gateway(gateway.url)), lambda *_: "0900000001")])
        relayed = deliver_pending(office.house, routing)
    [dead] = office.store.dead(10)
    confirmed = [record for record in office.records(code) if record.type == "notice"]

    assert (1, waiting - 1, 0) == (relayed.dead, relayed.sent, relayed.retried)
    assert (1, True) == (dead.attempts, "404" in (dead.error or ""))
    assert {"http"} == {(record.command or {})["channel"] for record in confirmed}


def test_a_gateway_out_of_order_is_tried_again_and_holds_up_no_other_dossier() -> None:
    """503 for one dossier's message: it waits, the other dossier's messages leave in the same round."""
    office = Office()
    office.accepted()
    office.accepted()
    office.wait(days=1, hours=2)
    with serving(503, 200) as gateway:
        routing = Routing([Way(HttpChannel(read_gateway(gateway.url)), lambda *_: "0900000001")])
        relayed = deliver_pending(office.house, routing)
    state = office.store.outbox_state()

    assert (1, 0) == (relayed.retried, relayed.dead)
    assert 0 < relayed.sent
    assert 0 < state.waiting < TRIES

"""Notices by SMS and Zalo, posted to a real HTTP server on the loopback; and the choice among channels."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from world import Office

from motcua.adapters.contacts import AddressBook, InvalidContacts, read_contacts
from motcua.adapters.http_gateway import HttpChannel, InvalidGateway, read_gateway
from motcua.adapters.routing import Routing, Way
from motcua.services.outbox import TRIES, deliver_pending
from motcua.services.ports import Deferred, PersonalValue, Undeliverable

MESSAGE = "abc:5:1"
TEXT = "CƠ QUAN: Xã\nMã hồ sơ: H1\n\nTHÔNG BÁO TRẢ KẾT QUẢ\n\nĐã xong."


class Gateway(ThreadingHTTPServer):
    """Answers with one status after the other, the last one for ever, and keeps what it was sent."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.statuses = list(statuses) or [200]
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

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(*statuses: int) -> Iterator[Gateway]:
    """Run a gateway, and stop it afterwards."""
    with Gateway(*statuses) as gateway:
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
    ],
)
def test_settings_that_make_no_gateway_are_refused(url: str, token: str) -> None:
    """Other schemes, passwords in the URL, and a token that would make a header."""
    with pytest.raises(InvalidGateway, match="http_url"):
        read_gateway(url, token)


class Post:
    """A channel that keeps what it is given, unless it fails."""

    def __init__(self, name: str, *failures: Exception) -> None:
        self.name, self.failures = name, list(failures)
        self.sent: list[tuple[str, list[str]]] = []

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Keep the message, or fail."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((message, list(recipients)))


def undeliverable() -> Undeliverable:
    """A refusal for good."""
    return Undeliverable(channel="http", message="-", reason="no", reason_vi="không")


def applicant(email: str | None, phone: str | None) -> list[PersonalValue]:
    """What an applicant gave."""
    given = {"applicant.email": email, "applicant.phone": phone}
    return [PersonalValue(1, name, "00", json.dumps(value)) for name, value in given.items() if value]


BOOK = AddressBook(
    {
        "both": applicant("dan@x.example", "0900 000.001"),
        "phone": applicant("not an address", "0900000001"),
        "old": [
            PersonalValue(1, "applicant.email", "00", '"old@x.example"'),
            *applicant("new@x.example", None),
        ],
        "erased": [PersonalValue(1, "applicant.email", "00", "")],
        "none": [],
    }.__getitem__,
    {"email": {"an": "an@so.example"}, "phone": {"an": "+84 900 000 002"}},
    "songlam.example",
)


@pytest.mark.parametrize(
    ("message", "recipient", "found"),
    [
        ("both:1:1", "applicant", ("dan@x.example", "0900000001")),
        ("phone:1:1", "applicant", (None, "0900000001")),
        ("old:1:1", "applicant", ("new@x.example", None)),
        ("erased:1:1", "applicant", (None, None)),
        ("none:1:1", "an", ("an@so.example", "+84900000002")),
        ("none:1:1", "binh", ("binh@songlam.example", None)),
        ("none:1:1", "head@H99.01", ("head.H99.01@songlam.example", None)),
        ("none:1:1", "x y", (None, None)),
    ],
)
def test_addresses_are_found(message: str, recipient: str, found: tuple[str | None, str | None]) -> None:
    """Applicants by what they gave last, officers by the file, then by the domain; what is no address is none."""
    assert found == (BOOK.email(message, recipient), BOOK.phone(message, recipient))


def three_ways(smtp: Post, http: Post, box: Post) -> Routing:
    """Mail, else a telephone, else the mailbox folder."""
    return Routing([Way(smtp, BOOK.email), Way(http, BOOK.phone), Way(box, lambda _, name: name)])


def test_each_recipient_is_reached_by_the_first_way_that_has_an_address() -> None:
    """A message goes by several ways if it must, and their names are returned for the record."""
    smtp, http, box = Post("smtp"), Post("http"), Post("mailbox")
    taken = three_ways(smtp, http, box).send("phone:1:1", ["an", "applicant", "x y"], "")

    assert "smtp+http+mailbox" == taken
    assert [["an@so.example"], ["0900000001"], ["x y"]] == [post.sent[0][1] for post in (smtp, http, box)]


def test_a_way_that_fails_does_not_keep_the_others_from_being_tried() -> None:
    """A failure that may pass goes before one for good, so that the message is tried again."""
    smtp, http, box = Post("smtp", undeliverable()), Post("http", OSError("gone")), Post("mailbox")

    with pytest.raises(OSError, match="gone"):
        three_ways(smtp, http, box).send("phone:1:1", ["an", "applicant", "x y"], "")
    assert 1 == len(box.sent)


def test_who_has_no_address_is_named_and_everybody_else_is_told() -> None:
    """Without the mailbox some are out of reach; their names are told, never an address."""
    smtp = Post("smtp")

    with pytest.raises(Undeliverable, match="x y"):
        Routing([Way(smtp, BOOK.email)]).send("both:1:1", ["an", "x y"], "")
    assert 1 == len(smtp.sent)


def test_a_closed_way_rests_and_then_is_tried_again() -> None:
    """After a failure of the way itself its messages fail at once for a while; a refused message changes nothing."""
    now = [0.0]
    post = Post("smtp", undeliverable(), OSError("gone"))
    way = Way(post, BOOK.email, elapsed=lambda: now[0])
    said: list[str] = []
    for at in (0.0, 0.0, 1.0, 29.0, 31.0):
        now[0] = at
        try:
            way.send("m", ["a"], "")
            said.append("sent")
        except (OSError, Undeliverable) as error:
            said.append(str(error).split()[-1])

    assert ["again.", "gone", "ago", "ago", "sent"] == said


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


def test_a_contacts_file_is_read_and_checked(tmp_path: Any) -> None:
    """Two tables of addresses; anything else is refused with the name of what is wrong."""
    file = tmp_path / "contacts.toml"
    file.write_text('[email]\n"an" = "an@so.example"\n[phone]\n"H99.01" = "0900000001"\n', encoding="utf-8")
    assert {"email": {"an": "an@so.example"}, "phone": {"H99.01": "0900000001"}} == read_contacts(file)

    for wrong in ('[fax]\nx = "1"', '[email]\nan = "nobody"', "[email]\nan = 1", "[email", 'email = "x"'):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(InvalidContacts):
            read_contacts(file)
    with pytest.raises(InvalidContacts):
        read_contacts(tmp_path / "missing.toml")

"""The choice among ways out of the house, and the addresses that decide it."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from motcua.adapters.contacts import AddressBook, InvalidContacts, read_contacts
from motcua.adapters.routing import Routing, Way
from motcua.services.ports import PersonalValue, Undeliverable


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

"""Webhooks: signed, at least once, in order, to public addresses only, against a real server."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from socket import AF_INET

import pytest
from hook_receiver import Receiver, receiving
from world import FIRE, LEAD, START, Office

from motcua.adapters.webhook_wire import HttpHooks, LookUp, UnfitAddress
from motcua.services.outbox import TRIES
from motcua.services.ports import FeedPlace, Undeliverable, Webhook
from motcua.services.webhooks import (
    Hooked,
    Subscription,
    UnfitWebhook,
    WebhookNotFound,
    add_webhook,
    disable_webhook,
    listed_deliveries,
    listed_webhooks,
    replay,
    rotate,
    tell_webhooks,
)

MOVED = "vn.motcua.dossier.transitioned.v1"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server on this machine."""
    with receiving() as found:
        yield found


WIRE = HttpHooks(("127.0.0.1", "localhost"), lambda: START, patience=timedelta(seconds=2))


def hooked(office: Office, receiver: Receiver, *types: str, agency: str = LEAD) -> Webhook:
    """Subscribe the receiver."""
    return add_webhook(office.house, WIRE, Subscription(agency, receiver.url, types), "admin")


def test_what_happens_is_told_signed_and_once(receiver: Receiver) -> None:
    """Two events of a dossier in their order, each with an id, the time and a signature; then nothing more."""
    office = Office()
    office.open()
    hook = hooked(office, receiver)
    code = office.accepted()
    told = [tell_webhooks(office.house, WIRE) for _ in range(2)]
    headers, body = receiver.got[0]
    signed = f"{headers['webhook-id']}.{int(START.timestamp())}.".encode() + body
    key = base64.b64decode(hook.secrets[0].removeprefix("whsec_"))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()

    assert [Hooked(queued=2, sent=2), Hooked()] == told
    assert [("vn.motcua.dossier.opened.v1", code), (MOVED, code)] == [
        (e["type"], e["subject"]) for e in receiver.events
    ]
    assert (f"v1,{signature}", "application/cloudevents+json; charset=utf-8") == (
        headers["webhook-signature"],
        headers["content-type"],
    )
    assert 2 == len({headers["webhook-id"] for headers, _ in receiver.got})


def test_a_subscription_hears_of_its_agency_and_its_types_only(receiver: Receiver) -> None:
    """Another agency hears nothing until a dossier concerns it; a closed subscription nothing at all."""
    office = Office()
    hooked(office, receiver, MOVED)
    hooked(office, receiver, agency=FIRE)
    closed = hooked(office, receiver)
    disable_webhook(office.house, closed.id, "admin")
    code = office.accepted()

    assert Hooked(queued=1, sent=1) == tell_webhooks(office.house, WIRE)
    assert [(MOVED, code)] == [(event["type"], event["subject"]) for event in receiver.events]


def test_what_is_not_taken_is_tried_again_later_and_then_given_up(receiver: Receiver) -> None:
    """The same id and bytes each time, with longer and longer pauses; given up, it is sent anew at a press."""
    office = Office()
    hook = hooked(office, receiver, MOVED)
    office.accepted()
    receiver.answers = [500, 302, 429, 404] + [503] * (TRIES - 4)
    told = [tell_webhooks(office.house, WIRE)]
    for minutes in (2**number for number in range(TRIES - 1)):
        assert Hooked() == tell_webhooks(office.house, WIRE)
        office.pass_time(minutes=minutes)
        told.append(tell_webhooks(office.house, WIRE))
    [row] = listed_deliveries(office.house, hook.id)
    assert [Hooked(queued=1, retried=1), *[Hooked(retried=1)] * (TRIES - 2), Hooked(dead=1)] == told
    assert (1, TRIES, "dead", True) == (
        len(set(receiver.got[0][1:]) | {body for _, body in receiver.got}),
        row["attempts"],
        row["status"],
        "503" in row["error"],
    )
    replay(office.house, hook.id, row["id"], "admin")
    assert Hooked(sent=1) == tell_webhooks(office.house, WIRE)
    assert 1 == len({(headers["webhook-id"], body) for headers, body in receiver.got})
    replay(office.house, hook.id, row["id"], "admin")
    with pytest.raises(WebhookNotFound):
        replay(office.house, hook.id, row["id"], "admin")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("where", ["127.0.0.1", "localhost"])
def test_a_receiver_that_points_elsewhere_is_not_followed(
    receiver: Receiver, status: int, where: str
) -> None:
    """Neither within our own walls nor to a host that might be subscribed: nobody there is asked for anything.

    It counts as a failure, which is tried again at the address that was subscribed and there alone.
    """
    office = Office()
    wire = HttpHooks(("localhost",), lambda: START, patience=timedelta(seconds=2))
    ours = receiver.url.replace("127.0.0.1", "localhost")
    hook = add_webhook(office.house, wire, Subscription(LEAD, ours, (MOVED,)), "admin")
    office.accepted()
    with receiving() as other:
        receiver.answers, receiver.leads_to = [status], other.url.replace("127.0.0.1", where)
        failed = tell_webhooks(office.house, wire)
        [row] = listed_deliveries(office.house, hook.id)
        office.pass_time(minutes=1)
        again = tell_webhooks(office.house, wire)

    assert (Hooked(queued=1, retried=1), Hooked(sent=1)) == (failed, again)
    assert (["POST", "POST"], []) == (receiver.asked, other.asked)
    assert ("pending", f"bên nhận trả lời {status} / the receiver answers {status}") == (
        row["status"],
        row["error"],
    )


def test_who_wants_no_more_is_not_asked_again(receiver: Receiver) -> None:
    """410 is a dead letter at once; other events still go their way."""
    office = Office()
    hooked(office, receiver)
    receiver.answers = [410]
    office.accepted()

    assert Hooked(queued=2, sent=1, dead=1) == tell_webhooks(office.house, WIRE)


def test_a_receiver_that_cannot_be_reached_holds_up_nobody_else(receiver: Receiver) -> None:
    """Its events wait, tried once in a round; those of another subscription are taken."""
    office = Office()
    with receiving() as gone:
        url = gone.url
    silent = add_webhook(office.house, WIRE, Subscription(LEAD, url), "admin")
    hooked(office, receiver)
    office.accepted()

    assert Hooked(queued=4, sent=2, retried=1) == tell_webhooks(office.house, WIRE)
    assert ["pending"] * 2 == [row["status"] for row in listed_deliveries(office.house, silent.id)]


def test_two_keys_sign_while_a_receiver_learns_the_new_one(receiver: Receiver) -> None:
    """Both signatures stand in the header, the newest first; the one before the last is gone."""
    office = Office()
    first = hooked(office, receiver, MOVED)
    second, third = (rotate(office.house, first.id, "admin") for _ in range(2))
    office.accepted()
    tell_webhooks(office.house, WIRE)

    assert (2, 2) == (len(third.secrets), len(receiver.got[0][0]["webhook-signature"].split(" ")))
    assert second.secrets[0] == third.secrets[1]
    assert "whsec_" not in str(listed_webhooks(office.house)) + str(list(office.store.all_records()))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/in",
        "https://127.0.0.1/in",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/in",
        "https://[::ffff:10.0.0.1]/in",
        "https://[64:ff9b::a00:1]/in",
        "https://[::127.0.0.1]/in",
        "https://[2002:7f00:1::]/in",
        "https://10.1.2.3/in",
        "https://0.0.0.0/in",
        "https://[fec0::1]/in",
        "https://[64:ff9b:1::a00:1]/in",
        "https://[::ffff:0:10.0.0.1]/in",
        "https://user:word@example.com/in",
        "ftp://example.com/in",
        "file:///etc/passwd",
        "https://exa mple.com/in",
        "",
    ],
)
def test_addresses_within_our_own_walls_are_not_subscribed(url: str) -> None:
    """Nor those without TLS, with a password, or of another kind; the settings name what may be otherwise."""
    office = Office()
    with pytest.raises(UnfitAddress):
        add_webhook(office.house, HttpHooks((), lambda: START), Subscription(LEAD, url))
    assert [] == listed_webhooks(office.house)


def test_a_name_that_leads_within_our_own_walls_is_not_asked(receiver: Receiver) -> None:
    """The name is looked up when a message leaves: nothing is connected to, and the message is a dead letter."""
    hook = Webhook(
        "h", LEAD, (), receiver.url.replace("http://127.0.0.1", "https://localhost"), (), FeedPlace(), START
    )
    with pytest.raises(Undeliverable) as refused:
        HttpHooks((), lambda: START).post(hook, "m", b"{}")

    assert ([], "localhost is not a public host") == (receiver.got, refused.value.facts["reason"])


def saying(*addresses: str) -> LookUp:
    """A name service that gives these addresses to whoever asks."""
    return lambda host, port: [(AF_INET, address) for address in addresses]


def test_a_name_of_which_one_address_lies_within_our_own_walls_is_not_asked(receiver: Receiver) -> None:
    """However many others of its addresses are public, and wherever it stands among them."""
    url = receiver.url.replace("http://127.0.0.1", "https://hook.example")
    hook = Webhook("h", LEAD, (), url, (), FeedPlace(), START)
    for addresses in (("8.8.8.8", "127.0.0.1"), ("127.0.0.1", "8.8.8.8")):
        with pytest.raises(Undeliverable):
            HttpHooks((), lambda: START, look_up=saying(*addresses)).post(hook, "m", b"{}")

    assert [] == receiver.asked


def test_a_name_is_looked_up_once_and_its_address_that_was_checked_is_connected_to(
    receiver: Receiver,
) -> None:
    """A name service that says something else the second time leads nobody astray (DNS rebinding)."""
    answers = ["127.0.0.1", "127.0.0.9"]
    wire = HttpHooks(("hook.example",), lambda: START, look_up=lambda *_: [(AF_INET, answers.pop(0))])
    hook = Webhook("h", LEAD, (), receiver.url.replace("127.0.0.1", "hook.example"), (), FeedPlace(), START)
    wire.post(hook, "m", b"{}")

    assert (["POST"], ["127.0.0.9"]) == (receiver.asked, answers)
    assert receiver.got[0][0]["host"].startswith("hook.example:")


def test_a_type_of_events_that_there_is_not_is_not_subscribed(receiver: Receiver) -> None:
    """The answer names those that there are."""
    office = Office()
    with pytest.raises(UnfitWebhook) as refused:
        hooked(office, receiver, "vn.motcua.dossier.moved.v1")

    assert MOVED in refused.value.message("vi")

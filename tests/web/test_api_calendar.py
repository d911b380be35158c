"""Deadlines as a calendar: RFC 5545 to the octet, for systems by their token and for people by a secret address."""

from datetime import datetime
from typing import Any

from icalendar import Calendar
from programs import Program, commune_of, new_household, program

from motcua.services.clients import CALENDAR, disable_client
from motcua.web.site import Site


def opened(site: Site) -> tuple[Program, str]:
    """A system of the first commune, and a dossier of it with a running term."""
    system = program(site, [commune_of(site)])
    code = system.post("/dossiers", new_household(site)).json()["code"]
    system.post(
        f"/dossiers/{code}/transitions", {"transition": "accept", "facts": {"fee_paid": True}}, if_match="*"
    )
    return system, code


def test_the_calendar_is_read_by_everybody_alike(province: Site) -> None:
    """Lines end with CRLF and have at most 75 octets; ids stay; instants are in UTC; the due is the appointment."""
    system, code = opened(province)
    answer = system.get("/deadlines.ics")
    lines = answer.content.split(b"\r\n")
    events: list[Any] = Calendar.from_ical(answer.content).walk("VEVENT")
    [event] = [each for each in events if code in each["UID"]]
    begins: datetime = event["DTSTART"].dt
    clocks = system.get(f"/dossiers/{code}/clocks").json()["items"]
    due = datetime.fromisoformat(next(clock["due"] for clock in clocks if clock["id"] == "committed"))

    assert ("text/calendar; charset=utf-8", b"") == (answer.headers["content-type"], lines[-1])
    assert ([], 0) == (
        [line for line in lines if len(line) > 75],
        answer.content.replace(b"\r\n", b"").count(b"\n"),
    )
    assert (due, "UTC") == (begins, str(begins.tzinfo))
    assert f"{code}.committed@{province.house.log.replace('/', '.')}" == event["UID"]
    assert "Mận" not in answer.text


def test_a_calendar_that_has_not_changed_is_not_sent_again(province: Site) -> None:
    """The same deadlines are the same bytes, and their tag gets 304."""
    system, _ = opened(province)
    first, second = (system.get("/deadlines.ics") for _ in range(2))
    known = system.get("/deadlines.ics", {"if-none-match": first.headers["etag"]})

    assert (first.content, 304, b"") == (second.content, known.status_code, known.content)


def test_a_secret_address_opens_the_calendar_of_its_agency_and_nothing_else(province: Site) -> None:
    """Made-up, closed, or the token of a system that may do more: no such page; the address's token opens no API."""
    system, code = opened(province)
    people = program(province, [commune_of(province)], (), (CALENDAR,))
    found = people.http.get(f"/lich-han/{people.token}.ics")
    wrong = [people.http.get(f"/lich-han/{token}.ics") for token in ("motcua_" + "0" * 64, system.token, "x")]
    disable_client(province.house, people.client.id)
    closed = people.http.get(f"/lich-han/{people.token}.ics")

    assert (200, True) == (found.status_code, code in found.text)
    assert [404] * 4 == [one.status_code for one in (*wrong, closed)]
    assert 401 == people.get("/procedures").status_code

"""calendar due, explain, show, check: the contract that other programs rely on."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from command_line import motcua

FIVE = ("--calendar", "vn-gov", "--from", "2026-01-30T10:00", "--term", "5 working_days")


def test_a_due_instant_is_local_and_its_days_add_up() -> None:
    """Five working days from Friday morning end the next Friday at 17:00, and the days say how."""
    said = motcua("calendar", "due", *FIVE, "--json").json

    assert ("2026-02-06T17:00:00+07:00", False) == (said["due"], said["provisional"])
    assert 64 == len(said["calendar_digest"])
    assert ("2026-01-30", "2026-02-06") == (said["days"][0]["date"], said["days"][-1]["date"])
    assert 5 * 480 == sum(day["minutes"] for day in said["days"]) == said["days"][-1]["cumulative"]


def test_local_and_absolute_instants_mean_the_same() -> None:
    """A naive instant is local time; with an offset it is converted."""
    zulu = ("--from", "2026-01-30T03:00Z", "--term", "5 working_days")

    assert motcua("calendar", "due", *FIVE).out == motcua("calendar", "due", *zulu).out


def test_a_term_that_reaches_into_a_draft_year_is_provisional() -> None:
    """A deadline in 2027 is marked, in JSON and in text."""
    late = ("--from", "2026-12-30T10:00", "--term", "5 working_days")

    assert motcua("calendar", "due", *late, "--json").json["provisional"] is True
    assert "(dự kiến)" in motcua("calendar", "due", *late).out


@pytest.mark.parametrize(
    ("since", "term", "error"),
    [
        ("2027-12-30T10:00", "5 working_days", "CalendarHorizonError"),
        ("2019-01-01T10:00", "5 working_days", "CalendarHorizonError"),
        ("9999-12-31T23:59", "1 hours", "CalendarHorizonError"),
        ("0001-01-01T00:00", "1 hours", "InvalidInstant"),
        ("tomorrow", "5 working_days", "InvalidInstant"),
        ("2026-01-30T10:00", "5", "InvalidTerm"),
        ("2026-01-30T10:00", "5 fortnights", "InvalidTerm"),
        ("2026-01-30T10:00", "-5 working_days", "InvalidTerm"),
        ("2026-01-30T10:00", "1e999999999 hours", "InvalidTerm"),
        ("2026-01-30T10:00", "0.5 months", "InvalidTerm"),
    ],
)
def test_what_cannot_be_computed_is_an_error_with_its_code(since: str, term: str, error: str) -> None:
    """Beyond the calendars, or not understood: exit 3 and a coded error, no output."""
    said = motcua("calendar", "due", f"--from={since}", f"--term={term}", "--json")

    assert (3, "", error) == (said.code, said.out, said.error)


def test_same_day_and_the_cut_off() -> None:
    """After the cut-off a same-day term is due on the next working day."""
    before, after = (
        motcua("calendar", "due", "--from", at, "--term", "same_day", "--cutoff", "15:00").out.strip()
        for at in ("2026-03-02T15:00", "2026-03-02T15:01")
    )

    assert ("2026-03-02T17:00+07:00", "2026-03-03T17:00+07:00") == (before, after)


def test_an_unknown_calendar_is_not_found() -> None:
    """The error names the calendars there are."""
    said = motcua("calendar", "due", *FIVE, "--calendar", "mars")

    assert 4 == said.code
    assert "vn-gov" in said.err


def test_a_due_instant_is_explained_day_by_day() -> None:
    """`explain` prints a row for each day, Tết with its name, then the due instant."""
    said = motcua("calendar", "explain", "--from", "2026-02-12T10:00", "--term", "3 working_days")

    assert "Tết" in said.out
    assert "2026-02-24T17:00+07:00" == said.out.splitlines()[-1]


def test_a_year_is_shown_with_every_day() -> None:
    """`show --json` has each day of the year once, in order, with working, minutes and reason."""
    days = motcua("calendar", "show", "2026", "--calendar", "vn-gov", "--json").json["days"]
    every = [(date(2026, 1, 1) + timedelta(n)).isoformat() for n in range(365)]
    by_date = {day["date"]: day for day in days}

    assert every == [day["date"] for day in days]
    assert (False, 0) == (by_date["2026-01-02"]["working"], by_date["2026-01-02"]["minutes"])
    assert (True, 480) == (by_date["2026-01-10"]["working"], by_date["2026-01-10"]["minutes"])
    assert all(day["reason"] for day in days)


def test_a_year_without_a_file_is_beyond_the_calendar() -> None:
    """`show` of a year that has no file exits with 3."""
    assert 3 == motcua("calendar", "show", "2031").code


def test_the_shipped_calendars_pass_their_check() -> None:
    """`check` without a path checks those of the config folder."""
    said = motcua("calendar", "check", "--json")

    assert (0, {"ok": True, "problems": [], "differences": []}) == (said.code, said.json)


def test_a_broken_calendar_fails_its_check(tmp_path: Path) -> None:
    """`check PATH` exits with 3 and names the problems."""
    folder = tmp_path / "calendars" / "mine"
    folder.mkdir(parents=True)
    (folder / "calendar.yaml").write_text("id: mine\n", encoding="utf-8")
    said = motcua("calendar", "check", tmp_path, "--json")

    assert (3, False) == (said.code, said.json["ok"])
    assert all(problem["code"].startswith("E-") for problem in said.json["problems"])


def test_times_carry_their_offset() -> None:
    """Instants in JSON can be read back by any program, offset included."""
    said = motcua("calendar", "due", *FIVE, "--json").json

    assert timedelta(hours=7) == datetime.fromisoformat(said["from"]).utcoffset()

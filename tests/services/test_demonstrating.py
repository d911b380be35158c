"""A demonstration: the same seed gives the same province, nothing is missed or doubled, and it is worth watching."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from motcua.bootstrap import config_folder, read_settings
from motcua.bootstrap.rehearsal import DatabaseNotEmpty, forged_copy, notice_file, rehearsal_house
from motcua.services.demonstrating import Played, Verdict, figures, judge, perform, period_of, publish_all
from motcua.services.demonstrating.plan import FAMILY, GIVEN, WORKING_DAYS, plan_arrivals
from motcua.services.installation import Installation
from motcua.services.intake import submit
from motcua.services.transitions import Particulars, Sending, send_many
from states.calendar import BusinessCalendar
from states.commands import APPLICANT_ACTOR
from states.errors import DomainError
from states.procedure import Procedure

SETTINGS = read_settings({})
CONFIG = config_folder(SETTINGS)
CALENDAR = BusinessCalendar(CONFIG.calendar("vn-gov"))
PERIOD = period_of(CALENDAR)
DOSSIERS = 24


@cache
def sources() -> list[Any]:
    """The procedures that are shipped, with their files; read once, by the worker that needs them."""
    return [CONFIG.load(file) for file in CONFIG.procedure_files(CONFIG.root / "procedures")]


def procedures() -> list[Procedure]:
    """The procedures alone."""
    return [source.procedure for source in sources()]


@dataclass(frozen=True)
class Shown:
    """One demonstration, and what its dossiers went through."""

    played: Played
    verdict: Verdict
    figures: dict[str, Any]
    lives: dict[str, Any]
    notices: str


@contextmanager
def _house(folder: Path) -> Iterator[tuple[str, Installation, Any]]:
    url = f"sqlite:///{folder / 'motcua.db'}"
    with rehearsal_house(url, SETTINGS, PERIOD.begins) as (house, clock):
        publish_all(house, [(source.procedure, source.source) for source in sources()])
        yield url, house, clock


def _show(folder: Path, seed: int) -> Shown:
    path = folder / "notices.txt"
    with _house(folder) as (url, house, clock):
        with notice_file(path) as channel:
            played = perform(
                house, clock, channel, PERIOD, dossiers=DOSSIERS, seed=seed, told=lambda at: None
            )
        verdict = judge(house, PERIOD.ends, partial(forged_copy, url, SETTINGS), lambda step: None)
        return Shown(played, verdict, figures(verdict, 4, 200), _lives(house), path.read_text("utf-8"))


def _lives(house: Installation) -> dict[str, Any]:
    """What happened to each dossier, without ids and salts."""
    return {
        stored.dossier.code: (
            stored.dossier,
            [(record.seq, record.type, record.at) for record in house.store.records(f"dossier:{stored.id}")],
        )
        for stored in house.store.iterate()
    }


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """One demonstration for all tests here."""
    return _show(tmp_path_factory.mktemp("demo"), seed=7)


def test_the_same_seed_gives_the_same_states_instants_and_figures(shown: Shown, tmp_path: Path) -> None:
    """Every snapshot and the instant of every record are the same, ids and salts apart."""
    again = _show(tmp_path, seed=7)

    assert shown.lives == again.lives
    assert _without_place(shown.figures) == _without_place(again.figures)


def _without_place(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "tamper": (told["tamper"]["caught"], told["tamper"]["dossier"])}


def test_another_seed_gives_another_province() -> None:
    """The plan depends on the seed."""
    calendars = {"vn-gov": CALENDAR}
    one, other = (plan_arrivals(procedures(), CONFIG.directory, calendars, 40, seed) for seed in (1, 2))

    assert one != other


def test_the_period_is_the_working_days_that_end_on_its_last_day() -> None:
    """Sixty working days, the first and the last included."""
    days = [day for day in CALENDAR.days(PERIOD.first_day, PERIOD.last_day) if day.working]

    assert WORKING_DAYS == len(days)
    assert (PERIOD.first_day, PERIOD.last_day) == (days[0].date, days[-1].date)


def test_nothing_is_missed_doubled_or_different(shown: Shown) -> None:
    """The trail verifies, every dossier replays equal, and the recount agrees with what fired."""
    told = shown.figures

    assert shown.verdict.ok
    assert {"ok": True, "records": told["records"]} == told["verify"]
    assert {"equal": DOSSIERS + told["components"], "different": 0} == told["replay"]
    assert (0, 0) == (told["rungs"]["doubled"], told["rungs"]["missed"])
    assert told["rungs"]["due"] == told["rungs"]["fired"] > 0


def test_every_second_is_somebodys_and_a_submission_counts_once(shown: Shown) -> None:
    """Seconds of responsibility add up to lead time on every dossier, components included; a group counts as one."""
    told = shown.figures["between"]

    assert {"dossiers": shown.figures["replay"]["equal"], "differing": 0} == told["responsibility"]
    assert (DOSSIERS, DOSSIERS + shown.figures["components"]) == (told["submissions"], told["dossiers"])
    assert 0 < shown.figures["components"]


def test_the_story_goes_from_hand_to_hand_without_a_gap(shown: Shown) -> None:
    """Each leg of the dossier that is told begins when the one before ends, with another party."""
    legs = shown.figures["between"]["story"]["legs"]

    assert 1 < len(legs)
    assert [leg["until"] for leg in legs[:-1]] == [leg["from"] for leg in legs[1:]]
    assert all(one["party"] != other["party"] for one, other in pairwise(legs))


def test_the_platform_refuses_nothing_of_what_the_province_does(shown: Shown) -> None:
    """Everybody acts within their role, on the version they saw, in the right state."""
    assert {} == dict(shown.played.refused)


def test_a_changed_digit_in_a_copy_is_found_at_its_record(shown: Shown) -> None:
    """The first thing that verifying the copy finds is the record that was changed."""
    changed = shown.verdict.tampered.changed

    assert (changed.stream, changed.seq) == shown.verdict.tampered.first_bad


def test_every_notice_left_and_none_holds_a_name(shown: Shown) -> None:
    """Messages are as many as were sent, and the text of notices knows no applicant."""
    assert shown.played.sent == shown.notices.count("Message-ID: ")
    names = [f"{family} {given}" for family in FAMILY for given in GIVEN]
    assert [] == [name for name in names if name in shown.notices]


def test_a_full_database_is_refused(tmp_path: Path) -> None:
    """A demonstration never mixes with records that exist."""
    with _house(tmp_path) as (url, house, _):
        before = len(list(house.store.all_records()))
        with pytest.raises(DatabaseNotEmpty), rehearsal_house(url, SETTINGS, PERIOD.begins):
            pass

        assert before == len(list(house.store.all_records()))


def test_a_pile_is_sent_at_once_and_one_refusal_stops_no_other(tmp_path: Path) -> None:
    """Of several dossiers, those that may move do; the answer of the others is their error."""
    [arrival, other, *_] = plan_arrivals(procedures(), CONFIG.directory, {"vn-gov": CALENDAR}, 5, 3)
    with _house(tmp_path) as (_, house, clock):
        clock.move(arrival.at)
        first, second = submit(house, arrival.submission), submit(house, other.submission)
        withdraw = [
            Sending(stored.dossier.code, "withdraw", APPLICANT_ACTOR, seen, Particulars())
            for stored, seen in ((first, first.dossier.version), (second, 9))
        ]
        moved, refused = send_many(house, withdraw)

        assert not isinstance(moved, DomainError)
        assert moved.dossier.ended
        assert isinstance(refused, DomainError)
        assert "StaleDossier" == refused.code

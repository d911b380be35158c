"""Versions of a database by name and digest, and the dossiers that are under way on each."""

import pytest
from world import RESTARTING, Office, restarting

from audit.canonical import digest
from motcua.services.versions import (
    VersionNotFound,
    named_version,
    names_a_version,
    under_way,
)
from states.wire import to_wire

DIGEST = digest(to_wire(restarting()))


@pytest.mark.parametrize("name", [f"{RESTARTING}@1.0.0", DIGEST, DIGEST[:8]])
def test_a_version_is_found_by_its_number_and_by_its_digest(name: str) -> None:
    """Eight digits of the digest are enough."""
    assert names_a_version(name)
    assert DIGEST == named_version(Office().house, name).digest


@pytest.mark.parametrize("name", [RESTARTING, "1.001612-ho-kinh-doanh", DIGEST[:7], "config"])
def test_codes_and_folders_name_no_version(name: str) -> None:
    """What is not code@version or a digest is looked up elsewhere."""
    assert not names_a_version(name)


@pytest.mark.parametrize("name", [f"{RESTARTING}@9.9.9", "f" * 64])
def test_a_version_that_is_not_there_is_not_found(name: str) -> None:
    """The error names what was asked for."""
    with pytest.raises(VersionNotFound, match=name[:8]):
        named_version(Office().house, name)


def test_dossiers_under_way_are_counted_by_state() -> None:
    """Open ones count in each of their states, on their own version; ended ones and other procedures do not."""
    office = Office()
    office.accepted()
    office.send(office.accepted(), "appraise", "officer")
    office.send(office.accepted(), "withdraw", None)
    [found] = under_way(office.house, {RESTARTING})

    assert (DIGEST, RESTARTING, "1.0.0", 2) == (found.digest, found.code, found.version, found.open)
    assert {"appraising": 1, "visiting": 1, "asking": 1} == dict(found.states)
    assert [] == under_way(office.house, {"9.999999"})


def test_no_dossier_no_version() -> None:
    """A version without open dossiers is not told."""
    assert [] == under_way(Office().house, {RESTARTING})

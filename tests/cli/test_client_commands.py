"""Client systems and webhooks by the command line; what opens something is printed once."""

from pathlib import Path

import pytest
from command_line import Said, motcua

AGENCY = "H99.01"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A new database."""
    made = tmp_path / "motcua.db"
    run(made, "db", "upgrade")
    return made


def run(db: Path, *arguments: object, expect: int = 0) -> Said:
    """Run a command on a database; its exit code is asserted."""
    said = motcua(*arguments, "--db", db, MOTCUA_HOME=str(db.parent), MOTCUA_LANG="en")
    assert expect == said.code, said
    return said


def test_a_client_system_is_added_listed_and_closed(db: Path) -> None:
    """Its token is printed once, the list shows none; a second one of the id is a conflict; it is closed once."""
    add = ("client", "add", "his", "--name", "Bệnh viện", "--agency", AGENCY, "--position", "officer")
    token = run(db, *add, "--scope", "read", "--scope", "act", "--by", "admin").out.strip()
    run(db, *add, expect=5)
    run(db, "client", "disable", "his")
    assert "ClientNotFound" == run(db, "client", "disable", "his", "--json", expect=4).error
    [listed] = run(db, "client", "list", "--json").json

    assert ("motcua_", False) == (token[:7], token in str(listed))
    assert (True, ["read", "act"], [AGENCY]) == (listed["disabled"], listed["scopes"], listed["agencies"])
    assert "Bệnh viện" in run(db, "client", "list").out


def test_a_client_system_that_makes_no_sense_is_refused(db: Path) -> None:
    """An unknown scope or position is invalid data, an unknown agency is not found."""
    add = ("client", "add", "his", "--name", "x", "--json")

    assert "UnfitClient" == run(db, *add, "--agency", AGENCY, "--scope", "all", expect=3).error
    assert "UnfitClient" == run(db, *add, "--agency", AGENCY, "--position", "king", expect=3).error
    assert "AgencyNotFound" == run(db, *add, "--agency", "H00", expect=4).error


def test_a_webhook_is_added_listed_given_another_key_and_closed(db: Path) -> None:
    """Its key is printed when it is made and when it is changed, and by no list."""
    url = "https://his.songlam.example/in"
    made = run(db, "webhook", "add", url, "--agency", AGENCY, "--json").json
    other = run(db, "webhook", "rotate", made["id"]).out.strip()
    run(db, "webhook", "disable", made["id"])
    [listed] = run(db, "webhook", "list", "--json").json

    assert ("whsec_", "whsec_", True) == (made["secret"][:6], other[:6], made["secret"] != other)
    assert (url, True, False) == (listed["url"], listed["disabled"], "whsec_" in str(listed))
    assert url in run(db, "webhook", "list").out
    assert [] == run(db, "webhook", "deliveries", made["id"], "--json").json
    assert "WebhookNotFound" == run(db, "webhook", "replay", made["id"], "x", "--json", expect=4).error


def test_a_webhook_within_our_own_walls_is_refused(db: Path) -> None:
    """The settings name the exceptions."""
    add = ("webhook", "add", "http://127.0.0.1:9/in", "--agency", AGENCY, "--db", db)

    assert "UnfitAddress" == run(db, *add[:-2], "--json", expect=3).error
    said = motcua(*add, MOTCUA_HOME=str(db.parent), MOTCUA_WEBHOOK_HOSTS="127.0.0.1")
    assert 0 == said.code, said

"""Accounts by the command line; a password is never an argument."""

from pathlib import Path

import pytest
from command_line import Said, motcua

WORD = "trời xanh mây trắng"


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


def test_an_account_is_added_listed_and_closed(db: Path) -> None:
    """Its password comes from a file; the list shows neither password nor hash."""
    file = db.parent / "word.txt"
    file.write_text(f"{WORD}\nsecond line\n", encoding="utf-8")
    add = ("account", "add", "an", "--person", "cb.h99.01-6", "--name", "Lê Thị An", "--duty", "auditor")
    run(db, *add, "--password-file", file, "--by", "admin")
    run(db, *add, "--no-password", expect=5)
    run(db, "account", "password", "an", "--password-file", file)
    run(db, "account", "disable", "an")
    listed = run(db, "account", "list", "--json")
    account = {"login": "an", "person": "cb.h99.01-6", "name": "Lê Thị An", "duties": ["auditor"]}

    assert [{**account, "disabled": True, "password": True}] == listed.json
    assert "Lê Thị An" in run(db, "account", "list").out


def test_without_anybody_to_ask_and_without_a_file_there_is_no_password(db: Path) -> None:
    """The command says how to give one; an unknown login is not found, a short password not used."""
    add = ("account", "add", "an", "--person", "an", "--name", "An")
    file = db.parent / "word.txt"
    file.write_text("short", encoding="utf-8")

    assert "NoPassword" == run(db, *add, "--json", expect=3).error
    assert "UnfitPassword" == run(db, *add, "--password-file", file, "--json", expect=3).error
    assert "AccountNotFound" == run(db, "account", "disable", "an", "--json", expect=4).error
    assert [] == run(db, "account", "list", "--json").json

"""Mandates by the command line."""

from pathlib import Path

from command_line import motcua

PEOPLE = ("cb.h99.05-1", "cb.h99.05-7")


def test_a_mandate_is_given_listed_and_taken_back(tmp_path: Path) -> None:
    """Instants without an offset are local; a second revocation is refused, and so is a mandate to oneself."""
    db = ("--db", tmp_path / "motcua.db")
    motcua("db", "upgrade", "--virtual-time", "2026-03-02T07:00", *db, MOTCUA_HOME=str(tmp_path))
    period = ("--from", "2026-03-02T07:00", "--until", "2026-03-09T17:00", "--agency", "H99.05")
    give = ("delegation", "grant", "--document", "15/UQ", *period, "--json", *db)
    home = {"MOTCUA_HOME": str(tmp_path)}
    made = motcua(*give, *PEOPLE, "--procedure", "1.009756", **home)
    own = motcua(*give, PEOPLE[0], PEOPLE[0], **home)
    revoked = [motcua("delegation", "revoke", made.json["delegation"], *db, **home).code for _ in range(2)]
    [listed] = motcua("delegation", "list", "--json", *db, **home).json

    assert (0, 3, [0, 9]) == (made.code, own.code, revoked)
    assert (*PEOPLE, "2026-03-02T07:00:00+07:00", True, False) == (
        listed["grantor"],
        listed["holder"],
        listed["since"],
        listed["revoked"],
        listed["in_force"],
    )

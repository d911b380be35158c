"""Mandates by the command line."""

import json
from pathlib import Path

from command_line import motcua

DATA = {
    "agency": "H99.05",
    "documents": ["de_nghi", "tu_cach", "de_xuat_du_an"],
    "applicant": {"name": "Hoa"},
}
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
    shown = motcua("delegation", "list", *db, COLUMNS="200", **home).out

    assert (0, 3, [0, 9]) == (made.code, own.code, revoked)
    assert ("02/03/2026 07:00" in shown, "09/03/2026 17:00" in shown, "2026-03-02T" in shown) == (
        True,
        True,
        False,
    )
    assert (*PEOPLE, "2026-03-02T07:00:00+07:00", True, False) == (
        listed["grantor"],
        listed["holder"],
        listed["since"],
        listed["revoked"],
        listed["in_force"],
    )


def test_a_dossier_is_stopped_for_another_by_the_number_of_the_mandate(tmp_path: Path) -> None:
    """In one's own right it is refused (9), by an unknown paper too, and once it was taken back."""
    home, db = {"MOTCUA_HOME": str(tmp_path)}, ("--db", tmp_path / "motcua.db")
    motcua("db", "upgrade", "--virtual-time", "2026-03-02T07:00", *db, **home)
    digest = motcua("publish", "1.009756", "--by", "an", "--json", *db, **home).json["digest"]
    motcua("publish", "--approve", digest, "--by", "binh", *db, **home)
    new = (
        "dossier",
        "new",
        "1.009756",
        "--channel",
        "counter",
        "--data",
        "-",
        "--as",
        "cb.h99.01-6",
        "--json",
    )
    codes = [motcua(*new, *db, stdin=json.dumps(DATA), **home).json["code"] for _ in range(2)]
    period = ("--from", "2026-03-02T07:00", "--until", "2026-03-09T17:00", "--agency", "H99.05")
    give = ("delegation", "grant", *PEOPLE, "--document", "13/UQ", "--action", "stop", *period, "--json")
    made = motcua(*give, *db, **home).json["delegation"]

    def stop(code: str, *mandate: str) -> int:
        command = ("dossier", "send", code, "stop", "--as", PEOPLE[1], "--expect", 1, "--data", "-", *mandate)
        return motcua(*command, *db, stdin=json.dumps({"reason": "x"}), **home).code

    before = [stop(codes[0]), stop(codes[0], "--mandate", "14/UQ"), stop(codes[0], "--mandate", "13/UQ")]
    motcua("delegation", "revoke", made, *db, **home)
    last = motcua("audit", "show", codes[0], "--json", *db, **home).json[-1]

    assert ([9, 9, 0], [9, 9]) == (before, [stop(codes[1], "--mandate", it) for it in ("13/UQ", made)])
    assert (PEOPLE[1], PEOPLE[0]) == (last["actor"], last["on_behalf"])

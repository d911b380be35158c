"""The dispatcher's queue by the command line."""

import json
from pathlib import Path

from command_line import Said, motcua

DATA = {"received": "H99.41.02", "facts": {"has_members": False}, "documents": ["giay_de_nghi"]}
NEW = (
    "dossier",
    "new",
    "1.001612",
    "--channel",
    "counter",
    "--data",
    "-",
    "--as",
    "cb.h99.41.02-6",
    "--json",
)


def run(db: Path, *arguments: object, stdin: str = "") -> Said:
    """Run a command on a database; it succeeds."""
    said = motcua(*arguments, "--db", db, stdin=stdin, MOTCUA_HOME=str(db.parent), MOTCUA_LANG="en")
    assert 0 == said.code, said
    return said


def test_the_queue_is_told_in_the_time_of_the_desk(tmp_path: Path) -> None:
    """Since when it waits and by when it must be routed are local there as everywhere else, in both forms."""
    db = tmp_path / "motcua.db"
    run(db, "db", "upgrade", "--virtual-time", "2026-09-14T07:00")
    for procedure in ("MC.000001", "1.001612"):
        digest = run(db, "publish", procedure, "--by", "an", "--json").json["digest"]
        run(db, "publish", "--approve", digest, "--by", "binh")
    code = run(db, *NEW, "--at", "2026-09-14T08:00", stdin=json.dumps(DATA)).json["code"]

    [waiting] = run(db, "dispatch", "list", "--json").json["waiting"]
    shown = run(db, "dispatch", "list").out

    assert (code, "2026-09-14T08:00:00+07:00", "2026-09-14T14:00:00+07:00") == (
        waiting["code"],
        waiting["since"],
        waiting["due"],
    )
    assert all(told in shown for told in ("14/09/2026 08:00", "14/09/2026 14:00"))

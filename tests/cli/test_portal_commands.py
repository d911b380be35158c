"""`motcua portal` and `motcua stand-in`, with a shipped procedure, over real HTTP."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Said, motcua

from motcua.adapters.stand_in.portal import StandInPortal

PROCEDURE = "1.009756"


@pytest.fixture
def server() -> Iterator[StandInPortal]:
    """A portal that behaves."""
    portal = StandInPortal().start()
    yield portal
    portal.close()


def submitted(id: str, agency: str) -> dict[str, object]:
    """What a citizen submits."""
    return {
        "id": id,
        "procedure": PROCEDURE,
        "agency": agency,
        "documents": ["de_nghi", "tu_cach", "de_xuat_du_an"],
        "applicant": {"name": "An"},
        "submitted_at": "2026-03-02T06:50:00+07:00",
        "files": [{"document": "de_nghi", "name": "a.pdf", "content": b64encode(b"a").decode()}],
    }


def test_a_citizen_a_desk_and_the_portal(tmp_path: Path, server: StandInPortal) -> None:
    """Submitted there, taken in here, told there, compared; what was wrong stands in the list; doctor is content."""

    def run(*arguments: object, expect: int = 0) -> Said:
        said = motcua(
            *arguments,
            "--db",
            tmp_path / "motcua.db",
            "--json",
            MOTCUA_HOME=str(tmp_path),
            MOTCUA_PORTAL=server.url,
            MOTCUA_PORTAL_UNIT="H99",
        )
        assert expect == said.code, said
        return said

    run("db", "upgrade", "--virtual-time", "2026-03-02T07:00")
    digest = run("publish", PROCEDURE, "--by", "an").json["digest"]
    run("publish", "--approve", digest, "--by", "binh")
    for id, agency in (("QG-1", "H99.05"), ("QG-2", "H12")):
        server.ledger.submit(submitted(id, agency))
    pulled = run("portal", "pull").json
    told = run("portal", "tell").json
    found = run("portal", "reconcile", "--mend").json
    late = run("portal", "lag").json
    [line] = run("portal", "refused").json
    checks = {check["name"]: check["status"] for check in run("doctor").json["checks"]}
    code = pulled["taken"]["QG-1"]

    assert {"QG-2": "AgencyNotFound"} == pulled["refused"]
    assert (1, 0, "") == (told["sent"], told["dead"], told["outage"])
    assert ([], []) == (found["differences"], found["mended"])
    assert (10, "nd-301-2026", 1.0, []) == tuple(
        late[name] for name in ("within_minutes", "source", "share", "behind")
    )
    assert ("QG-2", "AgencyNotFound") == (line["submission"], line["reason"])
    assert ("1", "An") == tuple(server.ledger.dossiers[code][k] for k in ("TrangThaiHoSo", "ChuHoSo"))
    assert "ok" == checks["portal"]


def test_the_portal_must_be_named(tmp_path: Path) -> None:
    """Without the setting the command says which one is missing; a kind of mischief must be one."""
    motcua("db", "upgrade", "--db", tmp_path / "motcua.db")
    pull = motcua("portal", "pull", "--db", tmp_path / "motcua.db", "--json", MOTCUA_HOME=str(tmp_path))
    stand_in = motcua("stand-in", "portal", "--misbehave", "rude", "--json")

    assert (8, "PortalNotReady") == (pull.code, pull.error)
    assert (3, "UnknownMischief") == (stand_in.code, stand_in.error)

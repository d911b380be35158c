"""`motcua peer`: a key is made once, peers are listed, and what is wrong with their file is said."""

import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import motcua

from motcua.adapters.peer_files import InvalidPeers, read_peers
from motcua.adapters.standard_webhooks import InvalidKey, generate, read_private, read_public

PUBLIC = generate()[1]
PEER = f'log = "tax.example"\nurl = "http://127.0.0.1:9/peer"\nkeys = ["{PUBLIC}"]\nagencies = ["H99.07"]\n'


def written(folder: Path, text: str) -> Path:
    """A file of peers."""
    file = folder / "peers.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """The key lies in a file of its owner's, its public part is printed, and it is never overwritten."""
    file = tmp_path / "key"
    made = motcua("peer", "key", "--json", MOTCUA_WEBHOOK_KEY_FILE=str(file))
    again = motcua("peer", "key", "--json", MOTCUA_WEBHOOK_KEY_FILE=str(file))
    read_public(made.json["public"])
    read_private(file.read_text(encoding="ascii"))
    assert 0o600 == file.stat().st_mode & 0o777
    assert "KeyExists" == again.error
    assert "NoKey" == motcua("peer", "key", "--json").error


def test_peers_are_listed_with_what_they_are_owed(tmp_path: Path) -> None:
    """Who is known is listed; whoever nobody answers for cannot be reached."""
    given = {
        "MOTCUA_HOME": str(tmp_path),
        "MOTCUA_PEERS": str(written(tmp_path, f"[tax]\n{PEER}")),
    }
    assert 0 == motcua("db", "upgrade", **given).code
    listed = motcua("peer", "list", "--json", **given).json["peers"]
    assert [("tax", ["H99.07"])] == [(peer["peer"], peer["agencies"]) for peer in listed]
    [status] = motcua("peer", "status", "--json", **given).json["peers"]
    assert (False, 0, 0) == (status["reachable"], status["undelivered"], status["lag_seconds"])
    statuses = tmp_path / "statuses.csv"
    statuses.write_text("H99.07-260302-0001,eaten\n", encoding="utf-8")
    assert "UnknownStatus" == motcua("peer", "reconcile", "tax", statuses, "--json", **given).error
    statuses.write_text("one column\n", encoding="utf-8")
    assert "UnreadableStatuses" == motcua("peer", "reconcile", "tax", statuses, "--json", **given).error


@pytest.mark.parametrize(
    "text",
    [
        "tax = 1",
        "[tax]\nlog = 'x'\nkeys = []",
        f"[tax]\n{PEER}colour = 'red'",
        f"[tax]\n{PEER}may = 'all'",
        f"[tax]\n{PEER}most_bytes = -1",
        f"[tax]\n{PEER}most_bytes = 'all'",
        f"[tax]\n{PEER}[tax.opens]\na = 1",
        f"[tax]\n{PEER}[other]\n{PEER}",
        "[tax",
    ],
)
def test_files_that_are_refused(tmp_path: Path, text: str) -> None:
    """A file that is no list of peers is refused as a whole."""
    with pytest.raises(InvalidPeers):
        read_peers(written(tmp_path, text))


def test_a_key_that_is_none(tmp_path: Path) -> None:
    """A public key must be one."""
    with pytest.raises(InvalidKey):
        read_peers(written(tmp_path, f"[tax]\n{PEER}".replace(PUBLIC, "whpk_x")))


def test_the_door_is_open_until_it_is_shut(tmp_path: Path) -> None:
    """`peer serve` answers what nobody signed with a status and a code, and ends in peace when it is asked to."""
    home = {
        "MOTCUA_HOME": str(tmp_path),
        "MOTCUA_PEERS": str(written(tmp_path, f"[tax]\n{PEER}")),
        "MOTCUA_WEBHOOK_KEY_FILE": str(tmp_path / "key"),
    }
    assert 0 == motcua("db", "upgrade", **home).code
    assert 0 == motcua("peer", "key", **home).code
    command = [sys.executable, "-m", "motcua", "peer", "serve", "--port", "0", "--lang", "en"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    with subprocess.Popen(command, env={**kept, **home}, stderr=subprocess.PIPE, text=True) as door:
        try:
            assert door.stderr is not None
            port = int(door.stderr.readline().rpartition(":")[2])
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("POST", "/peer", b"{}", {"motcua-log": "tax.example"})
            answer = connection.getresponse()
            assert (401, "UnsignedMessage") == (answer.status, json.loads(answer.read())["error"]["code"])
            connection.close()
        finally:
            door.send_signal(signal.SIGTERM)
        assert 0 == door.wait(20)

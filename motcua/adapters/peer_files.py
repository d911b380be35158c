"""The file of peers: who they are, by which keys they are known, and which agencies act there."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from motcua.adapters.http_gateway import read_gateway
from motcua.adapters.standard_webhooks import read_public
from motcua.services.ports import MOST_BYTES, Peer
from states.errors import DomainError

_TEXTS, _LISTS = ("log", "url"), ("keys", "agencies", "may")


class InvalidPeers(DomainError):
    """The peers of {file} are not understood: {reason}. Each needs a table with log, url, keys and agencies."""

    vi = "Không hiểu tệp peers {file}: {reason}. Mỗi hệ thống cần một bảng gồm log, url, keys và agencies."


def read_peers(file: Path) -> tuple[Peer, ...]:
    """Read a file of peers, a table for each.

    Raises:
        InvalidPeers: No such file, no TOML, an entry that is unknown, missing or of another form, or an agency or a
            log that two of them have.
        InvalidKey, InvalidGateway: A key or an address is not understood.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidPeers(file=file.name, reason=error) from error
    peers = tuple(_peer(file, name, table) for name, table in found.items())
    _apart(file, [peer.log for peer in peers])
    _apart(file, [code for peer in peers for code in peer.agencies])
    return peers


def _peer(file: Path, name: str, table: Any) -> Peer:
    if not isinstance(table, dict):
        raise InvalidPeers(file=file.name, reason=f"{name} is no table")
    known = {*_TEXTS, *_LISTS, "opens", "statuses", "most_bytes"}
    if unknown := sorted(set(table) - known):
        raise InvalidPeers(file=file.name, reason=f"{name}.{unknown[0]} is unknown")
    texts = {key: _text(file, name, table, key) for key in _TEXTS}
    lists = {key: _list(file, name, table, key) for key in _LISTS}
    if not lists["keys"]:
        raise InvalidPeers(file=file.name, reason=f"{name} has no keys")
    for key in lists["keys"]:
        read_public(key)
    if texts["url"]:
        read_gateway(texts["url"])
    opens = {key: _text(file, f"{name}.opens", table["opens"], key) for key in table.get("opens", {})}
    statuses = {
        key: _list(file, f"{name}.statuses", table["statuses"], key) for key in table.get("statuses", {})
    }
    said = lists["keys"], lists["agencies"], opens, lists["may"], statuses
    return Peer(name, texts["log"], texts["url"], *said, _most(file, name, table))


def _most(file: Path, name: str, table: Mapping[str, Any]) -> int:
    value = table.get("most_bytes", MOST_BYTES)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidPeers(file=file.name, reason=f"{name}.most_bytes must be a number of bytes")
    return value


def _text(file: Path, name: str, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "" if key == "url" else None)
    if not isinstance(value, str):
        raise InvalidPeers(file=file.name, reason=f"{name}.{key} must be a text")
    return value


def _list(file: Path, name: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise InvalidPeers(file=file.name, reason=f"{name}.{key} must be a list of texts")
    return tuple(value)


def _apart(file: Path, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InvalidPeers(file=file.name, reason=f"{name} belongs to two of them")

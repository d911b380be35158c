"""JSON as it is meant: UTF-8, every name once, no number that is none, no depth that nothing needs."""

import json
from typing import Any

import orjson
from starlette.requests import Request


class StrictRequest(Request):
    """A request whose JSON means the same to everybody who reads it."""

    async def json(self) -> Any:
        """Return the body as plain values.

        Raises:
            JSONDecodeError: It is no JSON, or JSON that others read differently: a name that comes twice, NaN, half
                of a pair of surrogates, nested too deep.
        """
        return strictly(await self.body())


def strictly(body: bytes) -> Any:
    """Read JSON. Raises: JSONDecodeError."""
    orjson.loads(body)  # UTF-8, surrogates, numbers, depth
    return json.loads(body, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise json.JSONDecodeError("a name comes twice", "", 0)
    return found

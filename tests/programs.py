"""A client system of some agencies, as tests let it call the API."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from fastapi.testclient import TestClient

from motcua.services.clients import ACT, FOLLOW, READ, TAKE_IN, Terms, add_client
from motcua.services.desk import asked
from motcua.services.ports import Client
from motcua.web.app import create_app
from motcua.web.site import Site

V1 = "/api/v1"
HOUSEHOLD = "1.001612"
EVERYTHING = (READ, TAKE_IN, ACT, FOLLOW)
_numbers = count(1)


@dataclass
class Program:
    """A client system with its token; each POST has a key of its own unless one is given."""

    site: Site
    client: Client
    token: str
    http: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.http = TestClient(create_app(self.site), base_url="https://testserver", follow_redirects=False)

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        """Ask for a path below `/api/v1`."""
        return self.http.get(f"{V1}{path}", params=query, headers=self._headers(headers))

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> Any:
        """Post JSON; `if_match` becomes the header If-Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["idempotency-key"] = f"key-{next(_numbers)}" if key is None else key
        return self.http.post(f"{V1}{path}", json=body, headers=self._headers(named))

    def _headers(self, more: dict[str, str] | None) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}", **(more or {})}


def program(
    site: Site,
    agencies: Sequence[str],
    positions: Sequence[str] = ("one_stop_officer", "officer", "unit_head", "head"),
    scopes: Sequence[str] = EVERYTHING,
    name: str | None = None,
) -> Program:
    """A new client system of some agencies."""
    id = name or f"sys-{next(_numbers)}"
    terms = Terms(id, f"Hệ thống {id}", tuple(agencies), tuple(positions), tuple(scopes))
    return Program(site, *add_client(site.house, terms))


def commune_of(site: Site) -> str:
    """The first agency that may decide on a household business."""
    return asked(site.house, HOUSEHOLD).agencies[0][0]


def new_household(site: Site, **changes: Any) -> dict[str, Any]:
    """A complete dossier of a household business, as the API takes it."""
    wanted = asked(site.house, HOUSEHOLD)
    body = {
        "procedure": HOUSEHOLD,
        "channel": "online",
        "agency": commune_of(site),
        "facts": dict.fromkeys(wanted.facts, False),
        "documents": [paper.id for paper in wanted.procedure.documents],
        "applicant": {"name": "Hoàng Thị Mận", "id_number": "001188000321"},
    }
    return {**body, **changes}

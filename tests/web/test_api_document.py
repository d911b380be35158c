"""The OpenAPI document is true: what is generated from it is answered as it says, never with a fault of ours."""

import warnings
from typing import Any

import pytest
import schemathesis
from browsing import CLEAN, look_at
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Browser
from programs import V1, Program, commune_of, new_household, program
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from motcua.web.api.callers import DOCUMENT
from motcua.web.api.document import ROUTERS, document
from motcua.web.site import Site

TRUE = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
EXAMPLES = 6


def tried(operation: Any, system: Program, code: str, mode: GenerationMode) -> None:
    """Ask one operation with generated requests; in every second one the dossier is one that there is."""
    numbers = iter(range(10_000))
    headers = {"authorization": f"Bearer {system.token}"}

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        number = next(numbers)
        if "code" in (case.path_parameters or {}) and number % 2 == 0:
            case.path_parameters["code"] = code
        case.headers = {**(case.headers or {}), **headers}
        case.validate_response(case.call(), checks=[schemathesis.checks.not_a_server_error, *TRUE])

    ask()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_generated_requests_are_answered_as_the_document_says(province: Site, mode: GenerationMode) -> None:
    """Fitting ones and others: no fault of ours, no status, header, type or shape that is not described."""
    system = program(province, [commune_of(province)])
    code = system.post("/dossiers", new_household(province)).json()["code"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the generator warns of is its own way of working
        schema = schemathesis.openapi.from_asgi(DOCUMENT, system.http.app)
        asked = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
        for operation in asked:
            tried(operation, system, code, mode)

    assert sum(len(methods) for methods in document()["paths"].values()) == len(asked)


def test_the_document_describes_every_route_and_every_error(province: Site) -> None:
    """Version 3.1; each route of the API is in it, with its scope, and each error has the shape of a problem."""
    made = TestClient(program(province, [commune_of(province)]).http.app).get(DOCUMENT).json()
    routes = {
        (getattr(route, "path", ""), method.lower())
        for router in ROUTERS
        for route in router.routes
        for method in getattr(route, "methods", ())
        if getattr(route, "include_in_schema", False)
    }
    described = {(path, method) for path, methods in made["paths"].items() for method in methods}
    errors = [
        (path, status, list(answer.get("content", ())))
        for path, methods in made["paths"].items()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if status >= "400"
    ]

    assert ("3.1.0", routes) == (made["openapi"], described)
    assert [] == [error for error in errors if error[2] != ["application/problem+json"]]
    assert all(path.startswith(f"{V1}/") for path, _ in described)


def test_every_post_requires_a_key_and_every_transition_a_condition() -> None:
    """The document says so of the headers, as the API does."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            required = {one["name"] for one in operation.get("parameters", ()) if one.get("required")}
            assert (method == "post") is ("Idempotency-Key" in required), path
            assert path.endswith("/transitions") is ("If-Match" in required), path


def test_people_read_the_operations_on_a_page(browser: Browser, address: str) -> None:
    """In both themes and widths axe-core finds nothing, and nothing is asked of another host."""
    assert CLEAN == look_at(browser, f"{address}/api")

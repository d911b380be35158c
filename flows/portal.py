"""Prefect flow over the national portal: what it is owed, and what citizens submitted there."""

from dataclasses import asdict
from typing import Any

from prefect import flow

from flows.errand import errand
from motcua.bootstrap import national_portal
from motcua.services.installation import Installation
from motcua.services.portal import pull, tell_portal
from motcua.settings import Settings


@flow(name="portal", persist_result=False, result_serializer="json")
async def turn_to_portal() -> dict[str, Any]:
    """Take in what was submitted, and tell what is owed; nothing where no portal is set.

    Returns:
        `pulled` and `told`, as `motcua.services.portal` has them.
    """
    return await errand(_turn)


def _turn(house: Installation, settings: Settings) -> dict[str, Any]:
    portal = national_portal(settings)
    if portal is None:
        return {}
    return {"pulled": asdict(pull(house, portal)), "told": asdict(tell_portal(house, portal))}

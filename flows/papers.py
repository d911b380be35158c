"""Prefect flow over the drafting of papers: apology drafts, receipts and whatever else messages owe."""

from typing import Any

from prefect import flow

from flows.errand import errand
from motcua.bootstrap import paper_press
from motcua.services.papers import draft_owed


@flow(name="papers", persist_result=False, result_serializer="json")
async def draft_papers() -> dict[str, Any]:
    """Draft every paper that is owed and that nobody has drafted, once for each message; a person signs.

    Returns:
        How many were drafted, and by message why one could not be.
    """
    done = await errand(lambda house, settings: draft_owed(house, paper_press(settings)))
    return {
        "drafted": done.drafted,
        "failed": {message: error.message("en") for message, error in done.failed.items()},
    }

"""Prefect flow over the nightly drill: a random sample of dossiers is verified and replayed."""

import logging
import secrets
from dataclasses import asdict
from typing import Any

from prefect import flow

from flows.errand import errand
from motcua.services.drilling import drill

log = logging.getLogger("motcua.worker")


@flow(name="drill", persist_result=False, result_serializer="json")
async def replay_sample(size: int = 200, seed: int | None = None) -> dict[str, Any]:
    """Verify and replay *size* dossiers; the seed is logged first, so that the same sample can be drawn again.

    Raises:
        UnsoundSample: Something is wrong with the trail; the run fails.
    """
    drawn_with = secrets.randbits(32) if seed is None else seed
    log.warning("the drill draws %d dossiers with the seed %d", size, drawn_with)
    return asdict(await errand(lambda house, _: drill(house, size, drawn_with)))

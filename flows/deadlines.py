"""Prefect flows over the sweep of deadlines and the mending of wake-ups; they decide nothing."""

from dataclasses import asdict
from typing import Any

from prefect import flow

from flows.errand import errand
from motcua.services.deadlines import Swept, mend_timers, pass_deadlines
from motcua.services.installation import Installation
from motcua.services.ordering import continue_orders
from motcua.services.ports import Shard
from motcua.services.reorganising import take_effect


@flow(name="deadlines", persist_result=False, result_serializer="json")
async def sweep_deadlines(shard: int = 0, shards: int = 1) -> dict[str, Any]:
    """Let everything that fell due in part *shard* of *shards* take effect, and reorganisations whose day has come.

    Returns:
        What the sweep did, as `motcua.services.deadlines.Swept` has it.
    """
    part = Shard(shard, shards)
    return asdict(await errand(lambda house, _: _swept(house, part)))


def _swept(house: Installation, part: Shard) -> Swept:
    if part.index == 0:
        take_effect(house)
    return pass_deadlines(house, shard=part)


@flow(name="wake-ups", persist_result=False, result_serializer="json")
async def mend_wake_ups() -> int:
    """Let mass orders reach what they have not, then set anew the wake-ups that are missing or wrong; count these."""
    return await errand(lambda house, _: _carry_on(house))


def _carry_on(house: Installation) -> int:
    continue_orders(house)
    return mend_timers(house)

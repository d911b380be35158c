"""Prefect flow over the relay of the outbox: escalations and notices are all its messages."""

from dataclasses import asdict
from typing import Any

from prefect import flow

from flows.errand import errand
from motcua.bootstrap import notice_channel
from motcua.services.outbox import deliver_pending


@flow(name="outbox", persist_result=False, result_serializer="json")
async def relay_outbox() -> dict[str, Any]:
    """Send what can be sent now; at least once, in order within each dossier.

    Returns:
        What the relay did, as `motcua.services.outbox.Relayed` has it.
    """
    return asdict(
        await errand(lambda house, settings: deliver_pending(house, notice_channel(house, settings)))
    )

"""Prefect flow over the relay of the outbox: escalations and notices are all its messages."""

from dataclasses import asdict
from typing import Any

from prefect import flow

from flows.errand import errand
from motcua.bootstrap import hook_wire, notice_channel
from motcua.services.installation import Installation
from motcua.services.outbox import deliver_pending
from motcua.services.webhooks import tell_webhooks
from motcua.settings import Settings


@flow(name="outbox", persist_result=False, result_serializer="json")
async def relay_outbox() -> dict[str, Any]:
    """Send what can be sent now; at least once, in order within each dossier.

    Returns:
        What the relay did, as `motcua.services.outbox.Relayed` has it, and what webhooks were told, as `Hooked` has it.
    """
    return await errand(_relay)


def _relay(house: Installation, settings: Settings) -> dict[str, Any]:
    relayed = deliver_pending(house, notice_channel(house, settings))
    return {**asdict(relayed), "webhooks": asdict(tell_webhooks(house, hook_wire(settings)))}

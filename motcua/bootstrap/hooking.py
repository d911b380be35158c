"""Puts the way to the addresses of webhooks together."""

from motcua.adapters.clock import SystemClock
from motcua.services.ports import HookWire
from motcua.settings import Settings


def hook_wire(settings: Settings) -> HookWire:
    """Return the way that the settings describe; nothing is opened yet."""
    from motcua.adapters.webhook_wire import HttpHooks

    return HttpHooks(settings.webhook_hosts, SystemClock().now)

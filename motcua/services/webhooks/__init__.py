"""Webhooks: addresses that are told what happens to dossiers of an agency, signed, at least once."""

from motcua.services.webhooks.keeping import (
    Subscription,
    UnfitWebhook,
    WebhookNotFound,
    add_webhook,
    disable_webhook,
    listed_deliveries,
    listed_webhooks,
    replay,
    rotate,
)
from motcua.services.webhooks.sending import Hooked, tell_webhooks

__all__ = [
    "Hooked",
    "Subscription",
    "UnfitWebhook",
    "WebhookNotFound",
    "add_webhook",
    "disable_webhook",
    "listed_deliveries",
    "listed_webhooks",
    "replay",
    "rotate",
    "tell_webhooks",
]

"""The memory of the platform, as use cases see it.

Every writing method is one transaction: all of it is durable when it returns, or none of it is.
"""

from typing import Protocol

from motcua.services.ports.clients import KeepsClients
from motcua.services.ports.ratings import KeepsRatings
from motcua.services.ports.store.accounts import KeepsAccounts
from motcua.services.ports.store.clock import KeepsTime
from motcua.services.ports.store.delegations import KeepsDelegations
from motcua.services.ports.store.dossiers import KeepsDossiers
from motcua.services.ports.store.figures import KeepsFigures
from motcua.services.ports.store.identities import KeepsIdentities
from motcua.services.ports.store.narrowing import KeepsApart
from motcua.services.ports.store.outbox import KeepsOutbox
from motcua.services.ports.store.pages import ServesPages
from motcua.services.ports.store.papers import KeepsPapers
from motcua.services.ports.store.records import KeepsRecords
from motcua.services.ports.store.rules import KeepsRules
from motcua.services.ports.store.shares import KeepsShares
from motcua.services.ports.store.waits import KeepsWaits
from motcua.services.ports.webhooks import KeepsWebhooks


class Store(
    KeepsDossiers,
    KeepsWaits,
    KeepsFigures,
    KeepsOutbox,
    KeepsRecords,
    KeepsRules,
    KeepsPapers,
    KeepsTime,
    KeepsAccounts,
    KeepsDelegations,
    KeepsIdentities,
    KeepsRatings,
    KeepsShares,
    KeepsClients,
    KeepsWebhooks,
    ServesPages,
    KeepsApart,
    Protocol,
):
    """The memory of the platform."""

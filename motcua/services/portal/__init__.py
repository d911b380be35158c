"""The national portal: it is kept informed, compared with what is true here, and asked for what citizens submit."""

from motcua.services.portal.lagging import Behind, Lag, lag
from motcua.services.portal.reconciling import Difference, Reconciled, mend, reconcile
from motcua.services.portal.taking import Pulled, Refused, pull, refused
from motcua.services.portal.telling import Told, tell_portal

__all__ = [
    "Behind",
    "Difference",
    "Lag",
    "Pulled",
    "Reconciled",
    "Refused",
    "Told",
    "lag",
    "mend",
    "pull",
    "reconcile",
    "refused",
    "tell_portal",
]

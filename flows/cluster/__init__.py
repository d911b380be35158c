"""A whole installation on one machine, for trial and tests: PostgreSQL, a Prefect server and two process workers."""

from flows.cluster.errors import NoPostgres, NotStarted
from flows.cluster.trial import PARTS, Cluster, Part

__all__ = ["PARTS", "Cluster", "NoPostgres", "NotStarted", "Part"]

"""`python -m flows.prefect_server` is `prefect server start`, able to schedule with the SQLAlchemy that we need.

Prefect 3.8 hands whole flow runs to a bulk insert, with a `state` that is no column. SQLAlchemy 2.0 passes over it;
2.1 refuses unless the attribute says what to do, and then not one scheduled run is ever made. The workers do not mind.
"""

import sys
from collections.abc import MutableMapping
from typing import Any

from prefect.cli import app
from prefect.server.database.orm_models import FlowRun


def leave_state_alone() -> None:
    """Let a flow run's `state` pass through a bulk insert; the server writes it by itself right after."""

    def leave(cls: type[Any], mapping: MutableMapping[str, Any], value: Any) -> None:
        """Do nothing, as SQLAlchemy 2.0 does."""

    attribute: Any = vars(FlowRun)["state"]
    attribute.inplace.bulk_dml(leave)


if __name__ == "__main__":
    leave_state_alone()
    sys.argv[1:] = ["server", "start", *sys.argv[1:]]
    app()

"""The Prefect orchestrator: registers the deployments of prefect.yaml and works for the server as a process worker."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, PrefectHTTPStatusError
from prefect.schedules import Cron, Interval, Schedule
from prefect.workers.process import ProcessWorker
from ruamel.yaml import YAML

from states.errors import DomainError, Kind

POOL = "motcua"
RUNS_AT_ONCE = 1
"""A run is busy starting for most of its time, so that two at once on a machine only wait for each other."""
PATIENCE_SECONDS = 5
REFUSED = (401, 403)
COMMAND = "python -m prefect.engine"
"""Starts a run. Without it Prefect first copies the folder in which a worker registered, whole, for each run."""

ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)
"""What intervals are counted from; counted from now, they would begin anew whenever a worker registers."""

log = logging.getLogger("motcua.worker")


class ServerRefused(DomainError):
    """The Prefect server does not let this worker in ({status}). Set PREFECT_API_AUTH_STRING to its user:password."""

    kind = Kind.NOT_AUTHORISED
    vi = "Máy chủ Prefect không cho tiến trình này vào ({status}). Hãy đặt PREFECT_API_AUTH_STRING đúng user:password."


def deployments_file() -> Path:
    """Return prefect.yaml as it came with the program: the wheel's own, or the checkout's."""
    import motcua

    package = Path(motcua.__file__).resolve().parent
    packaged = package / "_data" / "prefect.yaml"
    return packaged if packaged.is_file() else package.parent / "prefect.yaml"


def read_deployments(file: Path) -> list[RunnerDeployment]:
    """Read the deployments of a prefect.yaml; entry points are dotted names of flows."""
    text: Mapping[str, Any] = YAML(typ="safe").load(file)
    return [
        RunnerDeployment.from_entrypoint(
            given["entrypoint"],
            given["name"],
            description=given.get("description"),
            parameters=given.get("parameters", {}),
            schedules=[_schedule(item) for item in given["schedules"]],
            work_pool_name=given["work_pool"]["name"],
            job_variables={"command": COMMAND},
        )
        for given in text["deployments"]
    ]


def _schedule(given: Mapping[str, Any]) -> Schedule:
    if "cron" in given:
        return Cron(given["cron"], timezone=given["timezone"])
    return Interval(given["interval"], anchor_date=ANCHOR)


async def register(deployments: list[RunnerDeployment]) -> None:
    """Bring the server's work pool and deployments to what is given; others of the server stay as they are.

    Raises:
        httpx.HTTPError: The server does not answer, or refuses.
    """
    async with get_client() as client:
        try:
            await client.create_work_pool(WorkPoolCreate(name=POOL, type=ProcessWorker.type))
        except ObjectAlreadyExists:
            log.debug("the work pool is there already")
    for deployment in deployments:
        await deployment.aapply()


def work_until_stopped(name: str | None = None, deployments: Path | None = None) -> None:
    """Work for the server that PREFECT_API_URL names until SIGTERM or SIGINT; waits for it while it is away.

    Args:
        name: What the server knows this worker by; machine and process number when None.
        deployments: A prefect.yaml; the one that came with the program when None.

    Raises:
        ServerRefused: The server does not accept our credentials; waiting would not help.
    """
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    known_by = name or f"{os.uname().nodename}-{os.getpid()}"
    asyncio.run(_work(read_deployments(deployments or deployments_file()), known_by))


async def _work(deployments: list[RunnerDeployment], name: str) -> None:
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    assert me is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, me.cancel)
    try:
        while True:
            await _work_while_it_answers(deployments, name)
            await asyncio.sleep(PATIENCE_SECONDS)
    except asyncio.CancelledError:
        log.debug("told to stop")


async def _work_while_it_answers(deployments: list[RunnerDeployment], name: str) -> None:
    try:
        await register(deployments)
        await ProcessWorker(POOL, name=name, limit=RUNS_AT_ONCE).start(printer=log.info)
    except PrefectHTTPStatusError as error:
        if error.response.status_code in REFUSED:
            raise ServerRefused(status=error.response.status_code) from error
        log.warning("the Prefect server is not well: %s", error)
    except (
        Exception
    ) as error:  # a worker outlives its server, in whatever way the client reports that it is gone
        log.warning("the Prefect server does not answer, trying again: %s", error)

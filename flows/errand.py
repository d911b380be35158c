"""What every flow does: open the house, let one service function work in a thread, close the house again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from motcua.bootstrap import open_house, read_settings
from motcua.services.installation import Installation
from motcua.settings import Settings

T = TypeVar("T")


async def errand(work: Callable[[Installation, Settings], T]) -> T:
    """Do *work* in the house that this process's settings name; the event loop goes on meanwhile.

    Raises:
        DomainError: The database is not usable, or the work is refused.
    """

    def run() -> T:
        settings = read_settings()
        with open_house(settings=settings) as house:
            return work(house, settings)

    return await asyncio.to_thread(run)

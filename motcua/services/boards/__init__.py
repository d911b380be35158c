"""What those who lead look at: work by step and officer, how appointments were kept, where dossiers stand."""

from motcua.services.boards.chart import chart
from motcua.services.boards.desks import Narrowing, desk_tasks, desks
from motcua.services.boards.handing import Choice, hand_out
from motcua.services.boards.listing import listed
from motcua.services.boards.overview import overview
from motcua.services.boards.period import Period, UnreadableMonth, period_of
from motcua.services.boards.scope import scope_of
from motcua.services.boards.waiting import unacknowledged

__all__ = [
    "Choice",
    "Narrowing",
    "Period",
    "UnreadableMonth",
    "chart",
    "desk_tasks",
    "desks",
    "hand_out",
    "listed",
    "overview",
    "period_of",
    "scope_of",
    "unacknowledged",
]

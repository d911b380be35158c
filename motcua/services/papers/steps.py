"""The control slip: who held the dossier, from when to when, in working minutes planned against working minutes taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.services.notices import local_text
from states import events as happened
from states.calendar import BusinessCalendar
from states.deadline import STEP_UNITS
from states.dossier import Dossier
from states.events import Event
from states.procedure import APPLICANT, SYSTEM
from states.world import World

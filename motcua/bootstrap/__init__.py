"""The composition root: puts one installation together, and is alone in knowing the concrete classes."""

from typing import TYPE_CHECKING

from motcua.adapters.clock import SystemClock, VirtualClock
from motcua.bootstrap.entrance import doors
from motcua.bootstrap.hooking import hook_wire
from motcua.bootstrap.house import (
    ClockNotVirtual,
    build,
    close,
    config_folder,
    environment_of,
    mailbox,
    open_house,
    operating_system_user,
    paper_press,
    read_settings,
)
from motcua.bootstrap.naming import words
from motcua.bootstrap.portal import national_portal, needed_portal
from motcua.bootstrap.providing import identity_provider
from motcua.bootstrap.scanning import scan_room
from motcua.bootstrap.sending import notice_channel
from motcua.bootstrap.status_names import citizens_desk, public_statuses
from motcua.bootstrap.surveying import surroundings, survey
from motcua.bootstrap.upgrading import NotFresh, Upgraded, status, upgrade

if TYPE_CHECKING:
    from motcua.adapters.config_folder import ConfigFolder, ProcedureSource
    from motcua.adapters.yaml_files import LocatedProblem

__all__ = [
    "ClockNotVirtual",
    "ConfigFolder",
    "LocatedProblem",
    "NotFresh",
    "ProcedureSource",
    "SystemClock",
    "Upgraded",
    "VirtualClock",
    "build",
    "citizens_desk",
    "close",
    "config_folder",
    "doors",
    "environment_of",
    "hook_wire",
    "identity_provider",
    "mailbox",
    "national_portal",
    "needed_portal",
    "notice_channel",
    "open_house",
    "operating_system_user",
    "paper_press",
    "public_statuses",
    "read_settings",
    "scan_room",
    "status",
    "surroundings",
    "survey",
    "upgrade",
    "words",
]

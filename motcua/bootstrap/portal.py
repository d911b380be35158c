"""Puts the way to the national portal together, and the server that stands in for it."""

from datetime import timedelta

from motcua.services.ports import Portal, PortalTable
from motcua.settings import Settings
from states.errors import DomainError, Kind


class PortalNotReady(DomainError):
    """The national portal needs the setting {name}: {reason}."""

    kind = Kind.NOT_READY
    vi = "Cổng dịch vụ công cần thiết lập {name}: {reason_vi}."


def national_portal(settings: Settings, patience: timedelta | None = None) -> Portal | None:
    """Return what the settings name; nothing is opened yet. None where they name no portal.

    Args:
        settings: Where it is, and who we are there.
        patience: How long one answer may take; else ten seconds.

    Raises:
        PortalNotReady: A setting is missing, or its file cannot be read.
        InvalidPortal, InvalidFile: The URL, or the table of its language, is not understood.
    """
    if not settings.portal_url:
        return None
    from motcua.adapters.file_folder import HashedFolder
    from motcua.adapters.portal_http import PATIENCE, PortalHttp, read_portal
    from motcua.adapters.portal_table import NAME, read_portal_table

    if not settings.portal_unit:
        raise PortalNotReady(name="portal_unit", reason="it is not set", reason_vi="chưa có giá trị")
    gateway = read_portal(settings.portal_url, _token(settings))
    table = read_portal_table(settings.config_dir / NAME)
    line = PortalHttp(gateway, settings.portal_unit, patience=patience or PATIENCE)
    return Portal(line, table, HashedFolder(settings.files_dir))


def needed_portal(settings: Settings, patience: timedelta | None = None) -> Portal:
    """Return the portal that the settings name. Raises: PortalNotReady, when they name none."""
    portal = national_portal(settings, patience)
    if portal is None:
        raise PortalNotReady(name="portal_url", reason="it is not set", reason_vi="chưa có giá trị")
    return portal


def _token(settings: Settings) -> str:
    if settings.portal_token_file is None:
        return ""
    try:
        return settings.portal_token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise PortalNotReady(
            name="portal_token_file", reason="its file cannot be read", reason_vi="không đọc được tệp"
        ) from None


def portal_table(settings: Settings) -> PortalTable | None:
    """Return the table of the portal's language and terms; None where there is no portal."""
    portal = national_portal(settings)
    return None if portal is None else portal.table

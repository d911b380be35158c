"""Puts the channels together that the settings name."""

from pathlib import Path

from motcua.adapters.clock import SystemClock
from motcua.bootstrap.house import mailbox
from motcua.services.installation import Installation
from motcua.services.ports import Channel
from motcua.settings import Settings
from states.errors import DomainError, Kind

MAILBOX = "mailbox"


class ChannelNotReady(DomainError):
    """The channel {channel} needs the setting {name}: {reason}. Add it, or take {channel} out of the channels."""

    kind = Kind.NOT_READY
    vi = "Kênh {channel} cần thiết lập {name}: {reason_vi}. Hãy bổ sung hoặc bỏ kênh {channel} khỏi channels."


def notice_channel(house: Installation, settings: Settings) -> Channel:
    """Return the way out of the house that the settings describe; nothing is opened yet.

    Raises:
        ChannelNotReady: A setting is missing, or its file cannot be read.
        InvalidMailServer, InvalidGateway, InvalidContacts: A setting is not understood.
    """
    if settings.channels == (MAILBOX,):
        return mailbox(settings)
    from motcua.adapters.contacts import AddressBook, read_contacts
    from motcua.adapters.routing import Routing, Way

    known = {} if settings.contacts is None else read_contacts(settings.contacts)
    book = AddressBook(house.store.personal, known, settings.mail_domain)
    finders = {MAILBOX: _itself, "smtp": book.email, "http": book.phone}
    return Routing([Way(_channel(name, settings), finders[name]) for name in settings.channels])


def _itself(message: str, recipient: str) -> str:
    """Everybody has a folder of their own name."""
    return recipient


def _channel(name: str, settings: Settings) -> Channel:
    if name == "smtp":
        return _smtp(settings)
    if name == "http":
        return _http(settings)
    return mailbox(settings)


def _smtp(settings: Settings) -> Channel:
    from motcua.adapters.smtp import SmtpChannel, read_mail_server

    _need("smtp", "smtp_url", settings.smtp_url)
    _need("smtp", "smtp_from", settings.smtp_from)
    secret = _secret("smtp", "smtp_password_file", settings.smtp_password_file)
    return SmtpChannel(read_mail_server(settings.smtp_url, secret), settings.smtp_from, SystemClock())


def _http(settings: Settings) -> Channel:
    from motcua.adapters.http_gateway import HttpChannel, read_gateway

    _need("http", "http_url", settings.http_url)
    token = _secret("http", "http_token_file", settings.http_token_file) or ""
    return HttpChannel(read_gateway(settings.http_url, token), settings.http_via)


def _need(channel: str, name: str, value: str) -> None:
    if not value:
        raise ChannelNotReady(channel=channel, name=name, reason="it is not set", reason_vi="chưa có giá trị")


def _secret(channel: str, name: str, file: Path | None) -> str | None:
    """Return what a file holds, without the line's end; None when no file is named."""
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ChannelNotReady(
            channel=channel, name=name, reason="its file cannot be read", reason_vi="không đọc được tệp"
        ) from None

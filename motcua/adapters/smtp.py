"""A way out of the house: electronic mail, one letter for each address, through the agency's own mail server."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from motcua.services.ports import Clock, Deferred, Undeliverable
from states.errors import DomainError

PATIENCE = timedelta(seconds=10)
PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}

ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_TITLE_LENGTH = 160


class InvalidMailServer(DomainError):
    """The setting smtp_url is not understood: {reason}. Write it like smtp://user@mail.example:587."""

    vi = "Không hiểu thiết lập smtp_url: {reason_vi}. Hãy viết như smtp://người.dùng@mail.example:587."


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in.

    Attributes:
        security: `smtps` TLS from the start, `smtp` STARTTLS or nothing is sent, `smtp+plain` no TLS at all.
        user: Who logs in; empty: nobody does.
    """

    security: str
    host: str
    port: int
    user: str = ""
    password: str = ""


def read_mail_server(url: str, password: str | None = None) -> MailServer:
    """Read `scheme://user:password@host:port`; a *password* from elsewhere goes before the URL's.

    Raises:
        InvalidMailServer: Another scheme, no host, no port number, a password for nobody, or one that is not ASCII.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InvalidMailServer(reason="the port is no number", reason_vi="cổng không phải là số") from None
    if parts.scheme not in PORTS or not parts.hostname:
        known = ", ".join(PORTS)
        raise InvalidMailServer(reason=f"one of {known} and a host", reason_vi=f"cần {known} và tên máy chủ")
    user = unquote(parts.username or "")
    secret = unquote(parts.password or "") if password is None else password
    if secret and not user:
        raise InvalidMailServer(
            reason="a password but no user", reason_vi="có mật khẩu nhưng không có người dùng"
        )
    if not (user + secret).isascii():
        raise InvalidMailServer(reason="user and password must be ASCII", reason_vi="chỉ dùng ký tự ASCII")
    return MailServer(parts.scheme, parts.hostname, port or PORTS[parts.scheme], user, secret)


class SmtpChannel:
    """Hands letters to a mail server; the same message twice has the same Message-ID."""

    name = "smtp"

    def __init__(
        self,
        server: MailServer,
        sender: str,
        clock: Clock,
        *,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Prepare the way; nothing is opened yet.

        Args:
            server: Where to.
            sender: The address that letters come from; answers and complaints of servers go there.
            clock: Dates the letters.
            trust: Makes the rules by which the server's certificate is judged; the system's by default.
            patience: How long one answer of the server may take.

        Raises:
            InvalidMailServer: The sender is no address.
        """
        if not ADDRESS.fullmatch(sender):
            raise InvalidMailServer(
                reason="smtp_from is no address", reason_vi="smtp_from không phải địa chỉ"
            )
        self._server, self._sender, self._clock = server, sender, clock
        self._trust, self._patience = trust, patience

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Hand in a letter for each of *recipients*, which are addresses; all are tried.

        No error repeats what the server said, for that may hold the address of a person.

        Raises:
            OSError: The server is not to be had, or does not let us in.
            Deferred: It does not take one of the letters now.
            Undeliverable: It never will take one of them, and took the others.
        """
        addresses = list(dict.fromkeys(recipients))
        letters = [self._letter(message, each, text) for each in addresses if ADDRESS.fullmatch(each)]
        refusals = sorted(self._hand_in_all(letters)) if letters else []
        if refusals:
            code = refusals[0]  # what may pass goes before what never will
            said = {"reason": f"the mail server answers {code}", "reason_vi": f"máy chủ thư trả lời {code}"}
            raise (Deferred if code < 500 else Undeliverable)(channel=self.name, message=message, **said)
        if len(letters) < len(addresses):
            said = {"reason": "the address is not understood", "reason_vi": "không hiểu địa chỉ"}
            raise Undeliverable(channel=self.name, message=message, **said)

    def _letter(self, message: str, address: str, text: str) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self._sender
        letter["To"] = address
        letter["Subject"] = subject_of(text)
        letter["Date"] = format_datetime(self._clock.now())
        letter["Message-ID"] = message_id(message, self._sender)
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text, charset="utf-8", cte="quoted-printable")
        return letter

    def _hand_in_all(self, letters: Sequence[EmailMessage]) -> list[int]:
        """Return the codes of refusals, which name no address: people may read them who need not know it."""
        with self._connected() as connection:
            return [code for letter in letters for code in self._hand_in(connection, letter)]

    def _hand_in(self, connection: smtplib.SMTP, letter: EmailMessage) -> list[int]:
        """Return the code of a refusal, or nothing."""
        try:
            connection.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            return [code for code, _ in refused.recipients.values()]
        except smtplib.SMTPResponseException as refused:
            return [refused.smtp_code]
        return []

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Lend a connection that is encrypted and logged in as the settings want it."""
        try:
            connection = self._open()
        except smtplib.SMTPResponseException as error:
            raise ConnectionError(f"the mail server does not let us in: {error.smtp_code}") from None
        try:
            yield connection
        except smtplib.SMTPServerDisconnected:
            raise ConnectionError("the mail server hung up") from None
        finally:
            _leave(connection)

    def _open(self) -> smtplib.SMTP:
        server, seconds = self._server, self._patience.total_seconds()
        if server.security == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=seconds, context=self._trust()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=seconds)
        try:
            if server.security == "smtp":
                connection.starttls(context=self._trust())
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _leave(connection: smtplib.SMTP) -> None:
    """Say goodbye where that is still possible; the letters are settled by now."""
    try:
        connection.quit()
    except OSError:
        connection.close()


def subject_of(text: str) -> str:
    """Return the title of a notice, with the dossier it is about: its second paragraph and its second line.

    A text of another shape gives its first line; control characters become spaces.
    """
    paragraphs = [part.split("\n") for part in re.split(r"\n\s*\n", text.strip())]
    head, title = paragraphs[0], (paragraphs[1] if len(paragraphs) > 1 else paragraphs[0])[0]
    about = head[1].rpartition(": ")[2] if len(paragraphs) > 1 and len(head) > 1 else ""
    line = f"{title} – {about}" if about else title
    return " ".join("".join(c if c.isprintable() else " " for c in line).split())[:_TITLE_LENGTH]


def message_id(message: str, sender: str) -> str:
    """Return the Message-ID of a message: always the same for the same id, never the same for two."""
    plain = "".join(c if c.isascii() and c.isalnum() else f"={ord(c):x}=" for c in message)
    return f"<{plain}@{sender.rpartition('@')[2]}>"

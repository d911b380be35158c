"""What one run needs to know about its installation."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run needs to know about its installation. All folders are absolute.

    Attributes:
        home: Where this installation writes; it may not exist yet.
        config_dir: What the designer writes; read only.
        templates_dir: What people read; read only.
        database_url: URL of the database; `sqlite:///` with an absolute path, or PostgreSQL.
        mailbox_dir: Where the local mailbox channel drops messages; it may not exist yet.
        log_origin: Name of this installation's audit log, as its checkpoints will carry it.
        engine: What wakes the services by the clock, one of `ENGINES`.
        channels: Names of `CHANNELS`; a message goes by the first that has an address of its recipient.
        contacts: File with the addresses of officers and agencies; None when there is none.
        mail_domain: Who is not in that file has an address of this domain; empty: none.
        smtp_url: `smtps://`, `smtp://` (STARTTLS) or `smtp+plain://`, with a user where one is needed.
        smtp_password_file: Holds the password of that user; None: it is in the URL, or none is needed.
        smtp_from: The address that messages come from.
        http_url: Where messages are posted to.
        http_token_file: Holds the bearer token of the gateway; None: none is needed.
        http_via: What the gateway is asked to send by, the preferred one first.
        clock_step_minutes: A step of the clock by more is recorded, and holds escalations if it goes forward.
        session_idle_minutes: Who does nothing on the pages for longer is signed out.
        session_minutes: Nobody stays signed in for longer.
        site_url: Where browsers find the pages, as `https://motcua.example`; needed for the identity provider.
        oidc_issuer: The identity provider, exactly as it writes its name; empty: only passwords let people in.
        oidc_client: The name by which it knows this installation.
        oidc_secret_file: Holds the secret that goes with that name.
        oidc_acr: Classes of authentication that are enough, divided by spaces; empty: any.
        dispatch_procedure: Code of the procedure in which dossiers without a known agency wait; empty: none.
        portal_url: Where the national portal is; empty: it is told nothing.
        portal_unit: The code by which the portal knows this installation.
        portal_token_file: Holds the bearer token of the portal; None: none is needed.
        clamd_url: Where ClamAV listens, `tcp://host:3310` or `unix:///path`; empty: files are not scanned, and told so.
        peers: File of other installations that dossiers are handed over to; None: there are none.
        webhook_key_file: Holds the private key by which they know this one.
        webhook_hosts: Hosts of our own network that webhooks may go to, also without TLS; all others must be public.
        trusted_proxies: Addresses and networks of our proxies, which are believed about whom they speak for.
    """

    home: Path
    config_dir: Path
    templates_dir: Path
    database_url: str
    mailbox_dir: Path
    log_origin: str
    engine: str = "embedded"
    channels: tuple[str, ...] = ("mailbox",)
    contacts: Path | None = None
    mail_domain: str = ""
    smtp_url: str = ""
    smtp_password_file: Path | None = None
    smtp_from: str = ""
    http_url: str = ""
    http_token_file: Path | None = None
    http_via: tuple[str, ...] = ("sms",)
    clock_step_minutes: int = 5
    session_idle_minutes: int = 15
    session_minutes: int = 480
    site_url: str = ""
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret_file: Path | None = None
    oidc_acr: str = ""
    dispatch_procedure: str = ""
    peers: Path | None = None
    webhook_key_file: Path | None = None
    webhook_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    portal_url: str = ""
    portal_unit: str = ""
    portal_token_file: Path | None = None
    clamd_url: str = ""

    @property
    def files_dir(self) -> Path:
        """Where files that came with submissions, or from other installations, are kept, by their hash."""
        return self.home / "files"

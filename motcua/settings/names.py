"""What settings are called: keys of the file, variables of the environment, and the choices there are."""

HOME = "MOTCUA_HOME"
FOLDERS = {"config": "MOTCUA_CONFIG", "templates": "MOTCUA_TEMPLATES"}
KEYS = {
    "database_url": "MOTCUA_DB",
    "mailbox_dir": "MOTCUA_MAILBOX",
    "log_origin": "MOTCUA_LOG_ORIGIN",
    "engine": "MOTCUA_ENGINE",
    "channels": "MOTCUA_CHANNELS",
    "contacts": "MOTCUA_CONTACTS",
    "mail_domain": "MOTCUA_MAIL_DOMAIN",
    "smtp_url": "MOTCUA_SMTP",
    "smtp_password_file": "MOTCUA_SMTP_PASSWORD_FILE",
    "smtp_from": "MOTCUA_SMTP_FROM",
    "http_url": "MOTCUA_HTTP",
    "http_token_file": "MOTCUA_HTTP_TOKEN_FILE",
    "http_via": "MOTCUA_HTTP_VIA",
    "clock_step_minutes": "MOTCUA_CLOCK_STEP_MINUTES",
    "site_url": "MOTCUA_SITE_URL",
    "oidc_issuer": "MOTCUA_OIDC_ISSUER",
    "oidc_client": "MOTCUA_OIDC_CLIENT",
    "oidc_secret_file": "MOTCUA_OIDC_SECRET_FILE",
    "oidc_acr": "MOTCUA_OIDC_ACR",
    "session_idle_minutes": "MOTCUA_SESSION_IDLE_MINUTES",
    "session_minutes": "MOTCUA_SESSION_MINUTES",
    "dispatch_procedure": "MOTCUA_DISPATCH_PROCEDURE",
    "portal_url": "MOTCUA_PORTAL",
    "portal_unit": "MOTCUA_PORTAL_UNIT",
    "portal_token_file": "MOTCUA_PORTAL_TOKEN_FILE",
    "clamd_url": "MOTCUA_CLAMD",
    "peers": "MOTCUA_PEERS",
    "webhook_key_file": "MOTCUA_WEBHOOK_KEY_FILE",
    "webhook_hosts": "MOTCUA_WEBHOOK_HOSTS",
    "trusted_proxies": "MOTCUA_TRUSTED_PROXIES",
}
_FACE = ("MOTCUA_LANG", "MOTCUA_DEBUG")
KNOWN_VARIABLES = frozenset({HOME, *FOLDERS.values(), *KEYS.values(), *_FACE})
TEST_PREFIX = "MOTCUA_TEST_"

ENGINES = ("embedded", "prefect")
CHANNELS = ("mailbox", "smtp", "http")
MINUTES_OF_A_DAY = 1440

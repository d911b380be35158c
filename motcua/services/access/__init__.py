"""Who may come in, what they may see and do: accounts, sessions, and the one place that says yes or no."""

from motcua.services.access.accounts import (
    DUTIES,
    AccountNotFound,
    UnfitAccount,
    UnfitPassword,
    account_of,
    add_account,
    change_password,
    disable,
    listed_accounts,
)
from motcua.services.access.deciding import Decision, authorize, concerned, may_see, record_denial, seen
from motcua.services.access.own import (
    PasswordsDiffer,
    WrongPassword,
    change_own_password,
    end_own_session,
    own_account,
)
from motcua.services.access.playing import PARTS, Part, UnknownPart, cast, play
from motcua.services.access.sessions import (
    Doors,
    Entered,
    Position,
    SignInRefused,
    begin,
    recognise,
    sign_in,
    sign_out,
    visitor_of,
)
from motcua.services.access.visitor import Visitor

__all__ = [
    "DUTIES",
    "PARTS",
    "AccountNotFound",
    "Decision",
    "Doors",
    "Entered",
    "Part",
    "PasswordsDiffer",
    "Position",
    "SignInRefused",
    "UnfitAccount",
    "UnfitPassword",
    "UnknownPart",
    "Visitor",
    "WrongPassword",
    "account_of",
    "add_account",
    "authorize",
    "begin",
    "cast",
    "change_own_password",
    "change_password",
    "concerned",
    "disable",
    "end_own_session",
    "listed_accounts",
    "may_see",
    "own_account",
    "play",
    "recognise",
    "record_denial",
    "seen",
    "sign_in",
    "sign_out",
    "visitor_of",
]

"""Who may come in by the pages, and who is in: accounts and sessions as the services see them."""

from dataclasses import dataclass
from datetime import datetime

from states.errors import DomainError, Kind


class LoginTaken(DomainError):
    """There is an account {login} already. Choose another name to sign in by."""

    kind = Kind.CONFLICT
    vi = "Đã có tài khoản {login}. Hãy chọn tên đăng nhập khác."


@dataclass(frozen=True, slots=True)
class Account:
    """One way for a person to sign in; a person may have several, and what counts is the person.

    Attributes:
        login: Name to sign in by, in small letters.
        person: Opaque id of the person, as posts name officers.
        name: What pages call them.
        password: Hash by argon2id; None where no password opens it.
        duties: `auditor`, `designer`, `admin`; what follows from posts is not among them.
        disabled: Whether it opens nothing any more.
        once_until: Of real time. Until then the password, which an administrator issued, opens the account to choose
            another one; None where its holder chose it.
    """

    login: str
    person: str
    name: str
    password: str | None
    duties: tuple[str, ...]
    disabled: bool
    created_at: datetime
    once_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One stay of a signed-in person; instants are of real time, also where the database's time is virtual.

    Attributes:
        id: SHA-256 of the token that the browser holds; the token itself is stored nowhere.
        idp: Who vouched for the person: `local`, `oidc`, or `demo` for the role picker.
        acr: How surely, where an identity provider said so.
    """

    id: str
    login: str
    idp: str
    acr: str | None
    began_at: datetime
    seen_at: datetime

"""Where people can be reached: officers and agencies by a file or a mail domain, applicants by what they gave."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from motcua.adapters.smtp import ADDRESS
from motcua.services.ports import PersonalValue
from states.errors import DomainError
from states.procedure import APPLICANT

_KINDS = ("email", "phone")
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_FORMS = {"email": ADDRESS, "phone": _PHONE}
_SPACING = re.compile(r"[\s().-]")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:@[A-Za-z0-9._-]+)?")


class InvalidContacts(DomainError):
    """The contacts {file} are not understood: {reason}. Write [email] and [phone], with lines "officer" = "address"."""

    vi = (
        "Không hiểu tệp danh bạ liên hệ {file}: {reason_vi}. "
        "Hãy ghi [email] và [phone], mỗi dòng «cán bộ» = «địa chỉ»."
    )


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Finds addresses; keeps and tells none of an applicant's.

    Attributes:
        personal: Looks up the personal values of a dossier by its id.
        known: By kind (`email`, `phone`), then by officer, `position@agency`, or agency.
        domain: Officers who are not known have a mailbox of this domain; empty: they have none.
    """

    personal: Callable[[str], Sequence[PersonalValue]]
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    domain: str = ""

    def email(self, message: str, recipient: str) -> str | None:
        """Return the mail address of a recipient of a message, None when there is no usable one."""
        if recipient == APPLICANT:
            return self._applicant(message, "email")
        known = self.known.get("email", {}).get(recipient)
        if known is None and self.domain and _NAME.fullmatch(recipient):
            known = f"{recipient.replace('@', '.')}@{self.domain}"
        return _usable("email", known)

    def phone(self, message: str, recipient: str) -> str | None:
        """Return the telephone number of a recipient of a message, None when there is no usable one."""
        if recipient == APPLICANT:
            return self._applicant(message, "phone")
        return _usable("phone", self.known.get("phone", {}).get(recipient))

    def _applicant(self, message: str, kind: str) -> str | None:
        """The newest value counts: a later record may have corrected it. Messages are named after their dossier."""
        dossier_id = message.partition(":")[0]
        given = [value for value in self.personal(dossier_id) if value.field == f"{APPLICANT}.{kind}"]
        try:
            return _usable(kind, json.loads(given[-1].value)) if given else None
        except ValueError:
            return None


def read_contacts(file: Path) -> dict[str, dict[str, str]]:
    """Read a contacts file.

    Raises:
        InvalidContacts: No such file, no TOML, another table, or something that is no address.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not TOML in UTF-8"
        raise InvalidContacts(file=file.name, reason=reason, reason_vi="không đọc được") from error
    for kind, entries in found.items():
        if kind not in _KINDS or not isinstance(entries, dict):
            raise InvalidContacts(file=file.name, reason=f'"{kind}" is unknown', reason_vi=f"lạ: «{kind}»")
        for name, given in entries.items():
            if _usable(kind, given) is None:
                raise InvalidContacts(
                    file=file.name, reason=f'"{name}" has no {kind}', reason_vi=f"«{name}» không có {kind}"
                )
    return found


def _usable(kind: str, given: object) -> str | None:
    """Return an address as it is sent to; None for what is none."""
    if not isinstance(given, str):
        return None
    plain = _SPACING.sub("", given) if kind == "phone" else given.strip()
    return plain if _FORMS[kind].fullmatch(plain) else None

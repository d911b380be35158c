"""Take in what citizens submit at the portal: once each, with its files by hash; what is wrong is said, and kept."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.record import Auth, RecordType
from motcua.services.idempotency import once
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.ports import Busy, Element, Portal, Stored, WrongFile
from motcua.services.system_records import next_record
from states.commands import APPLICANT_ACTOR
from states.errors import DomainError, Kind
from states.kin import Filed

STREAM = "registry:portal"
ACCEPTED, REFUSED = "accepted", "refused"
_PORTAL = Auth(idp="portal", user="")
_LATER = (Kind.NOT_READY, Kind.UNSOUND)
_HASH = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[!-~]{1,100}")


class MalformedSubmission(DomainError):
    """The submission {submission} cannot be read: {reason}. It must be submitted again."""

    vi = "Không đọc được hồ sơ nộp {submission}: {reason_vi}. Cần nộp lại."


@dataclass(slots=True)
class Pulled:
    """What a pull did.

    Attributes:
        taken: By submission, the code of its dossier, opened now or before.
        refused: By submission, the code of the reason.
        later: Submissions that could not be decided now, and why.
        outage: Why the portal could not be asked, or told; empty when it could.
    """

    taken: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    outage: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A submission that was not taken in, with the reason that the portal was told."""

    submission: str
    at: datetime
    reason: str
    vi: str
    en: str


def pull(house: Installation, portal: Portal) -> Pulled:
    """Take in every submission that the portal has no answer for, and answer it: one dossier each, however often."""
    pulled = Pulled()
    try:
        for given in portal.gateway.submissions():
            _take(house, portal, given, pulled)
    except OSError as trouble:
        pulled.outage = str(trouble) or type(trouble).__name__
    return pulled


def refused(house: Installation) -> list[Refused]:
    """Return what was refused and not taken in since, the newest reason of each, oldest first."""
    found: dict[str, Refused] = {}
    for row in house.store.records(STREAM):
        for event in json.loads(row.raw)["events"]:
            found[event["submission"]] = Refused(
                event["submission"], row.at, event["reason"], event["vi"], event["en"]
            )
    return [item for item in found.values() if not _known(house, item.submission)]


def _take(house: Installation, portal: Portal, given: Element, pulled: Pulled) -> None:
    submission = str(given.get("id", ""))[:100]
    try:
        stored = _opened(house, portal, given)
    except Busy as trouble:
        pulled.later[submission] = trouble.message("en")
    except DomainError as trouble:
        if trouble.kind in _LATER:
            pulled.later[submission] = trouble.message("en")
            return
        pulled.refused[submission] = trouble.code
        _note(house, submission, trouble)
        said = {"status": REFUSED, "reason": trouble.code, "message": trouble.message("vi")}
        portal.gateway.answer(submission, said)
    else:
        pulled.taken[submission] = stored.dossier.code
        portal.gateway.answer(submission, {"status": ACCEPTED, "MaHoSo": stored.dossier.code})


def _opened(house: Installation, portal: Portal, given: Element) -> Stored:
    read = _read(given)
    files = {name: _kept(portal, file) for name, file in _announced(given).items()}
    wanted = Submission(**{**read, "files": files})
    return submit(house, wanted, APPLICANT_ACTOR, _PORTAL, _key(str(given["id"])))


def _key(submission: str) -> str:
    return f"portal:{hashlib.sha256(submission.encode()).hexdigest()}"


def _known(house: Installation, submission: str) -> bool:
    asked = once(_key(submission), APPLICANT_ACTOR, _PORTAL, None)
    return asked is not None and house.store.answer(asked.idem) is not None


def _read(given: Element) -> dict[str, Any]:
    """Read what a dossier is opened with. Raises: MalformedSubmission."""
    submission = given.get("id")
    if not isinstance(submission, str) or not _ID.fullmatch(submission):
        raise MalformedSubmission(submission="-", reason="it has no id", reason_vi="không có mã")
    try:
        filed_at = datetime.fromisoformat(given["submitted_at"])
        if filed_at.tzinfo is None:
            raise ValueError
        return {
            "procedure": _text(given["procedure"]),
            "channel": "online",
            "agency": None if given.get("agency") is None else _text(given["agency"]),
            "facts": _mapping(given.get("facts", {})),
            "documents": tuple(map(_text, given.get("documents", []))),
            "applicant": _mapping(given.get("applicant", {})),
            "filed": Filed(submission, filed_at),
        }
    except (KeyError, TypeError, ValueError) as fault:
        what = f"{type(fault).__name__} {fault}"[:100]
        raise MalformedSubmission(submission=submission, reason=what, reason_vi=what) from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or any(isinstance(held, dict | list) for held in value.values()):
        raise TypeError("a mapping of plain values is wanted")
    return value


def _announced(given: Element) -> dict[str, Mapping[str, Any]]:
    """Return the files by a name that may stand in a record: the document that each is, and its number."""
    files = given.get("files", [])
    if not isinstance(files, list) or not all(isinstance(file, dict) for file in files):
        raise MalformedSubmission(submission=given["id"], reason="its files", reason_vi="danh sách tệp")
    return {f"{file.get('document') or 'other'}_{number}": file for number, file in enumerate(files, 1)}


def _kept(portal: Portal, file: Mapping[str, Any]) -> dict[str, Any]:
    """Fetch a file, unless it is kept here, and return what the record holds of it.

    Raises:
        WrongFile: It is bigger than is allowed, or not what its hash says.
        OSError: It cannot be fetched or written now.
    """
    sha256 = str(file.get("sha256", ""))
    if not _HASH.fullmatch(sha256):
        raise WrongFile(sha256=sha256[:64] or "-", reason="no SHA-256", reason_vi="không có mã băm SHA-256")
    if not portal.files.has(sha256):
        most = portal.table.most_bytes
        held = portal.gateway.file(sha256, most)
        if len(held) > most:
            size = f"{most} byte"
            raise WrongFile(
                sha256=sha256, reason=f"it has more than {size}", reason_vi=f"dung lượng quá {size}"
            )
        if hashlib.sha256(held).hexdigest() != sha256:
            raise WrongFile(
                sha256=sha256, reason="its hash is another", reason_vi="mã băm của nội dung khác mã đã khai"
            )
        portal.files.keep(sha256, held)
    return {"sha256": sha256, "name": str(file.get("name", ""))[:200]}


def _note(house: Installation, submission: str, trouble: DomainError) -> None:
    """Keep the reason on the record, once for as long as it is the same; somebody else may keep it meanwhile."""
    event = {
        "kind": "submission_refused",
        "submission": submission,
        "reason": trouble.code,
        "vi": trouble.message("vi"),
        "en": trouble.message("en"),
    }
    known = [json.loads(row.raw)["events"][0] for row in house.store.records(STREAM)]
    last = next((said for said in reversed(known) if said["submission"] == submission), None)
    if last != event:
        house.store.append(
            [next_record(house, STREAM, RecordType.REGISTRY, event=event, at=house.now(), auth=_PORTAL)]
        )

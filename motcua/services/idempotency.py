"""A command that may be asked again: its key, what was asked under it, and the answer it once got.

A key belongs to whoever asked: two officers, or two partner systems, may use the same one. It is not bound to a
dossier, because the request that needs one most, to take a dossier in, has none yet.
"""

import hashlib
import hmac
import json
import re
from collections import deque
from dataclasses import dataclass

from audit.record import Auth, from_raw
from audit.replay import turns
from motcua.services.ports import AlreadyWritten, Answer, DatabaseNotReady, OutcomeUnknown, Store, Stored
from states.commands import Actor
from states.errors import DomainError, Kind

_KEY = re.compile(r"[!-~]{1,200}")


class MalformedKey(DomainError):
    """No idempotency key: it must be 1 to 200 printable ASCII characters without spaces. A UUID will do."""

    vi = "Khóa idempotency không hợp lệ: cần từ 1 đến 200 ký tự ASCII in được, không có dấu cách. Có thể dùng UUID."


class KeyReused(DomainError):
    """The idempotency key was used before for something else. Take a new key, or open the page of the form again."""

    kind = Kind.CONFLICT
    vi = (
        "Biểu mẫu (khóa yêu cầu) này đã gửi một lần với nội dung khác, và lần đó đã có kết quả. "
        "Hãy mở lại trang để xem; yêu cầu mới cần biểu mẫu (khóa) mới."
    )


@dataclass(frozen=True, slots=True)
class Once:
    """What makes a request one that is done once.

    Attributes:
        idem: SHA-256 of who asks and of the key; what the record and the database hold of it.
        fingerprint: What is asked, keyed with the key, so that it tells nothing of personal values to who has
            no key.
    """

    idem: str
    fingerprint: str


def once(key: str | None, actor: Actor, auth: Auth | None, asked: object) -> Once | None:
    """Return what makes a request one that is done once; None without a key.

    Args:
        key: Chosen by whoever asks, the same when they ask again.
        actor: Who acts; for one without an id of their own, *auth* tells them apart.
        auth: How they were identified.
        asked: Everything the request says, as plain values.

    Raises:
        MalformedKey: The key is none.
    """
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise MalformedKey
    who = [actor.kind, actor.person] if actor.person or auth is None else [actor.kind, auth.idp, auth.user]
    idem = hashlib.sha256(json.dumps([*who, key]).encode()).hexdigest()
    said = json.dumps(asked, sort_keys=True, default=str).encode()
    return Once(idem, hmac.new(key.encode(), said, hashlib.sha256).hexdigest())


def answered(store: Store, asked: Once | None, trouble: DomainError) -> Stored | None:
    """Return the answer that a request got before, where trouble with asking it again comes from that.

    Args:
        store: Where answers stand.
        asked: The request; None: it has no key.
        trouble: Why it could not be carried out now.

    Returns:
        The dossier as it was when the request was carried out; None when nobody knows whether it was, and it
        must be asked again: the key keeps it from being done twice.

    Raises:
        DomainError: *trouble*, when the request was never carried out.
        KeyReused: The key stands for another request.
    """
    found = None if asked is None else _look(store, asked.idem, trouble)
    if asked is None or (found is None and not isinstance(trouble, OutcomeUnknown)):
        raise trouble
    if found is None:
        return None
    if found.fingerprint != asked.fingerprint:
        raise KeyReused from trouble
    return _as_it_was(store, found)


def _look(store: Store, idem: str, trouble: DomainError) -> Answer | None:
    try:
        return store.answer(idem)
    except DatabaseNotReady:
        raise trouble from None


def _as_it_was(store: Store, answer: Answer) -> Stored:
    """Replay the dossier up to the record that answered."""
    rows = store.records(f"dossier:{answer.dossier_id}")[: answer.seq]
    last = next(iter(deque(turns(from_raw(row.raw) for row in rows), maxlen=1)), None)
    if last is None or (last.record.seq, last.record.idem) != (answer.seq, answer.idem):
        raise AlreadyWritten(table="answers", what=answer.dossier_id)
    return Stored(answer.dossier_id, last.after, answer.seq, rows[-1].leaf_hash, last.record.at)

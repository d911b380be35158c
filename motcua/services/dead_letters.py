"""Messages that were given up, as an administrator sees them; that somebody lets them be tried anew is a record."""

from typing import Any

from audit.record import Auth, RecordType
from motcua.services.identity import calendar_of_province
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.outbox import retry, retry_all
from motcua.services.system_records import next_record

SHOWN = 100


def dead_letters(house: Installation, most: int = SHOWN) -> list[dict[str, Any]]:
    """Return messages that were given up, without what they say and to whom: that is for those of the dossier."""
    calendar = calendar_of_province(house)
    return [
        {
            "id": letter.notice.id,
            "code": letter.notice.payload.get("code"),
            "template": letter.notice.template,
            "created_at": local_text(calendar, letter.notice.created_at),
            "attempts": letter.attempts,
            "error": letter.error,
        }
        for letter in house.store.dead(most)
    ]


def try_again(house: Installation, message: str, by: str, auth: Auth | None = None) -> int:
    """Let a message be tried anew, or every one where none is named; return how many. Raises: NoDeadLetter."""
    revived = retry(house, [message]) if message else retry_all(house)
    event = {"kind": "messages_retried", "count": len(revived), "messages": revived[:SHOWN]}
    house.store.append(
        [
            next_record(
                house,
                f"access:{by}",
                RecordType.ACCESS,
                event=event,
                at=house.now(),
                actor=by,
                auth=auth,
            )
        ]
    )
    return len(revived)

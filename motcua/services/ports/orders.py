"""Mass orders as the services see them: the text, who proposed it, who approved it."""

from dataclasses import dataclass
from datetime import datetime

from states.errors import DomainError, Kind


class OrderTaken(DomainError):
    """There is an order {id} with another text. Give the new one an id of its own; an order is never rewritten."""

    kind = Kind.CONFLICT
    vi = "Đã có lệnh {id} với nội dung khác. Hãy đặt mã khác cho lệnh mới; lệnh đã lập không sửa được."


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order; insert-only, and so is its approval.

    Attributes:
        digest: SHA-256 of the body, the order's canonical text.
    """

    id: str
    digest: str
    body: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None

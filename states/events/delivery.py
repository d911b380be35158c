"""How the applicant wants to get the result."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DeliveryChosen:
    """The applicant chose to get the result at the `counter` or by `post`; the address stays outside."""

    kind: ClassVar[str] = "delivery_chosen"
    way: str
    at: datetime

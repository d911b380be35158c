"""What guards may read: declared facts and those the platform keeps."""

from collections.abc import Mapping
from dataclasses import dataclass

from states.guards import FactSpec, FactType
from states.procedure.law import Label


@dataclass(frozen=True, slots=True)
class Fact:
    """A non-personal value that guards may read."""

    id: str
    label: Label
    type: FactType
    values: tuple[str, ...]


CHANNELS = ("counter", "postal", "online", "kiosk", "mobile")

PLATFORM_FACTS: Mapping[str, FactSpec] = {
    "channel": FactSpec(FactType.TEXT, CHANNELS),
    "docs_complete": FactSpec(FactType.BOOLEAN, ()),
    "fee_paid": FactSpec(FactType.BOOLEAN, ()),
    "extension_count": FactSpec(FactType.INTEGER, ()),
}

"""What people call things that files and records name by an id alone."""

from collections.abc import Mapping
from dataclasses import dataclass

Named = Mapping[str, str]
"""A name by language, `vi` and `en`."""


@dataclass(frozen=True, slots=True)
class Words:
    """Names by kind and id, such as `position` and `head`, or `values.proposal` and `grant`."""

    named: Mapping[str, Mapping[str, Named]]

    def of(self, kind: str, id: str) -> Named:
        """Return the name of an id; the id itself where nobody gave it one."""
        return self.named.get(kind, {}).get(id) or {"vi": id, "en": id}


NO_WORDS = Words({})

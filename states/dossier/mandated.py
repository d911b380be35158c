"""What acting with somebody else's authority leaves on a dossier: both acted, as far as keeping roles apart goes."""

from collections.abc import Callable, Mapping
from typing import Any

from states.dossier.revision import revise
from states.dossier.snapshot import Dossier
from states.events import AuthorityUsed, Event


def authority_used(dossier: Dossier, event: AuthorityUsed) -> Dossier:
    """Return the dossier on which the giver of the mandate counts as having acted too."""
    if event.role is None:
        return dossier
    seen = dossier.acted.get(event.role, ())
    people = (*seen, *(one for one in (event.officer, event.on_behalf) if one not in seen))
    return revise(dossier, acted={**dossier.acted, event.role: people})


MANDATED: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {AuthorityUsed: authority_used}

"""Names for sums: each carries one dossier as an example, whose pinned version says what its states are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.presenting_clocks import words_of
from states.directory import Directory
from states.world import World

Plain = dict[str, Any]
_ASKED = {"vi": "trả lời lấy ý kiến", "en": "an opinion asked for"}


@dataclass(frozen=True)
class Names:
    """What is called how on a local day, in both languages."""

    directory: Directory
    day: date
    worlds: dict[str, World]

    def procedure(self, example: str) -> Plain:
        """Return the name of an example's procedure."""
        return words_of(self.worlds[example].procedure.name)

    def state(self, example: str, state: str, asked: bool = False) -> Plain:
        """Return what a state is called; of a question that is asked in it, that too."""
        label = words_of(self.worlds[example].procedure.state[state].label)
        return {lang: f"{text} ({_ASKED[lang]})" for lang, text in label.items()} if asked else label

    def agency(self, code: str) -> str:
        """Return what an agency is called on that day."""
        return self.directory.name_of(code, self.day)


def names_of(house: Installation, examples: Iterable[str]) -> Names:
    """Read the versions of some dossiers."""
    pins = house.store.pins(list(dict.fromkeys(examples)))
    worlds = {id: house.worlds.of(pin.cfg) for id, pin in pins.items()}
    return Names(house.worlds.directory, today(house), worlds)

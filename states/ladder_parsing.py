"""From the plain values of a ladder file to a `Ladder`."""

from states.plain_values import Raw, label, term
from states.procedure import ASSIGNEE, Ladder, Recipient, Rung, RungAction, Side

HOLDER = "holder"
"""`Recipient.at` of a bare position: the agency that holds the task or the dossier."""


def parse_ladder(mapping: Raw) -> Ladder:
    """Read a ladder file whose shape is right; its id is `name@version`, its rungs stay in their order."""
    head = mapping["ladder"]
    return Ladder(
        f"{head['id']}@{head['version']}", label(head["label"]), tuple(map(_rung, mapping["rungs"]))
    )


def _rung(raw: Raw) -> Rung:
    at = raw["at"]
    side = Side.DUE if at == "due" else Side(next(iter(at)))
    acknowledge = raw.get("acknowledge") or {}
    return Rung(
        id=raw["id"],
        side=side,
        offset=None if at == "due" else term(at[side.value]),
        actions=tuple(map(RungAction, raw["do"])),
        to=tuple(map(_recipient, raw["to"])),
        acknowledge=term(acknowledge.get("within")),
        unacknowledged=tuple(map(_recipient, acknowledge.get("else", ()))),
    )


def _recipient(text: str) -> Recipient:
    position, _, at = text.partition("@")
    return Recipient(position, at or ("" if position == ASSIGNEE else HOLDER))

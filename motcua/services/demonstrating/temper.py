"""How likely what is in the fictional province, and what one dossier is fated to meet: drawn once, from the seed."""

from dataclasses import dataclass
from random import Random

GRANTED = "granted"
REFUSED = "refused"
NOT_ACCEPTED = "not_accepted"
WITHDRAWN = "withdrawn"
STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Odds:
    """Shares between 0 and 1, of dossiers or of tasks.

    Attributes:
        slow: Dossiers that somebody leaves lying past the appointment.
        apology: Slow dossiers whose leader signs the letter that a rung drafted.
        late_letter: Signed letters that leave after their last day.
        overrun: Tasks that take longer than their budget, opinions than their term, handoffs than their allowance.
        mute: Opinions that never come, where the law makes something of silence.
        returned: Handoffs that the receiver returns at first.
    """

    refused: float = 0.05
    not_accepted: float = 0.02
    withdrawn: float = 0.04
    stopped: float = 0.006
    incomplete: float = 0.07
    supplement: float = 0.17
    silent: float = 0.13
    slow: float = 0.11
    apology: float = 0.45
    late_letter: float = 0.12
    overrun: float = 0.05
    claimed: float = 0.25
    released: float = 0.2
    reassigned: float = 0.03
    returned: float = 0.08
    acknowledged: float = 0.8
    uncollected: float = 0.05
    mute: float = 0.12


ODDS = Odds()


@dataclass(frozen=True, slots=True)
class Temper:
    """What one dossier is fated to meet, as far as its procedure allows.

    Attributes:
        outcome: What it is heading for.
        leaving: `withdrawn` or `stopped`, where it ends before that; else None.
        leaves_after: How many states it passes before it does.
        incomplete: Whether a paper is missing at intake.
        supplement: Whether an officer asks for a supplement.
        silent: Whether the applicant never answers one.
        slow: Whether somebody leaves it lying past its appointment.
        letter: `signed` or `late` where a drafted apology is signed; else None.
    """

    outcome: str
    leaving: str | None
    leaves_after: int
    incomplete: bool
    supplement: bool
    silent: bool
    slow: bool
    letter: str | None


def draw_temper(dice: Random) -> Temper:
    """Draw what a dossier is fated to meet; always the same number of throws."""
    throws = [dice.random() for _ in range(8)]
    ways = ((NOT_ACCEPTED, ODDS.not_accepted), (REFUSED, ODDS.refused))
    exits = ((WITHDRAWN, ODDS.withdrawn), (STOPPED, ODDS.stopped))
    slow = throws[5] < ODDS.slow
    letter = "late" if throws[7] < ODDS.late_letter else "signed"
    return Temper(
        outcome=_one_of(ways, throws[0]) or GRANTED,
        leaving=_one_of(exits, throws[1]),
        leaves_after=dice.randint(1, 4),
        incomplete=throws[2] < ODDS.incomplete,
        supplement=throws[3] < ODDS.supplement,
        silent=throws[4] < ODDS.silent,
        slow=slow,
        letter=letter if slow and throws[6] < ODDS.apology else None,
    )


def _one_of(ways: tuple[tuple[str, float], ...], throw: float) -> str | None:
    for name, share in ways:
        if throw < share:
            return name
        throw -= share
    return None

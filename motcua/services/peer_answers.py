"""Whether what another installation answers fits what was offered to it, and for which agency it speaks then."""

from motcua.services.peer_messages import Told
from states.dossier import Dossier
from states.handoff import HandoffNotFound
from states.replying import NeverAsked
from states.speaking import WrongAgency


def answering(dossier: Dossier, told: Told) -> str:
    """Return for which agency the peer answers.

    Raises:
        HandoffNotFound, NeverAsked: This was never offered, or asked.
        WrongAgency: It was put to an agency that another one serves.
    """
    state, number = told.told["state"], told.told["number"]
    if "/" in state:
        return _asked(dossier, told)
    passage = dossier.handoffs.get(state)
    if passage is None or passage.number != number:
        waiting = ", ".join(name for name in dossier.handoffs if dossier.offered(name)) or "-"
        raise HandoffNotFound(code=dossier.code, state=f"{state}#{number}", open=waiting)
    if not told.peer.serves(passage.receiver):
        raise WrongAgency(code=dossier.code, state=state, agency=passage.receiver, actor=told.peer.name)
    return passage.receiver


def _asked(dossier: Dossier, told: Told) -> str:
    """A question is named `<consultation>/<question>`, and counted by its rounds."""
    name, number = told.told["state"], told.told["number"]
    consultation, _, question = name.partition("/")
    held = dossier.consultations.get(consultation)
    asked = None if held is None or held.number != number else held.of(question)
    if asked is None:
        put = (f"{id}/{one.question}" for id, round in dossier.consultations.items() for one in round.asked)
        raise NeverAsked(code=dossier.code, question=f"{name}#{number}", asked=", ".join(put) or "-")
    if not told.peer.serves(asked.agency):
        raise WrongAgency(code=dossier.code, state=name, agency=asked.agency, actor=told.peer.name)
    return asked.agency


def answered_since(dossier: Dossier, told: Told) -> bool:
    """Tell whether an answer stands already that came after this one."""
    passage = dossier.handoffs.get(told.told["state"])
    if passage is None or not told.peer.serves(passage.receiver):
        return False
    return passage.number > told.told["number"] or (
        passage.number == told.told["number"] and passage.answered_at is not None
    )

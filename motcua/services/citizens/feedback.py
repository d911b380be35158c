"""Feedback and complaints: sent without an account, answered by an officer, published where nobody can be known."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.services.citizens.admitting import check_code
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.notices import local_text
from motcua.services.papers.occasion import events_of
from motcua.services.ports import CitizensDesk, FeedbackKind, PersonalValue, Stored
from motcua.services.presenting_clocks import words_of
from states import events as happened
from states.errors import DomainError

Plain = dict[str, Any]
LONGEST = 10_000
ANSWERED = "answered"
CONTENT = "content"
_TELLING = re.compile(r"\d[\d .-]{7,}\d|@")
"""Numbers as long as a telephone's or an identity card's, and addresses of mail."""

_NAMING = ("applicant.name", "applicant.full_name", "applicant.phone", "applicant.email")
_SHORT = 4
"""A value of so few letters stands in many texts by chance."""


class FeedbackIncomplete(DomainError):
    """{what} is missing. Fill it in and send again."""

    vi = "Còn thiếu: {what_vi}. Hãy điền rồi gửi lại."


class FeedbackTooLong(DomainError):
    """The text has {length} characters; at most {most} are taken. Shorten it."""

    vi = "Nội dung dài {length} ký tự, tối đa {most}. Hãy viết ngắn hơn."


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody sends.

    Attributes:
        kind, topic: Ids of the desk's.
        about: Code of an agency; empty where it is about none in particular.
        contact: `name`, `phone`, `email`, as far as they were given.
    """

    kind: str
    topic: str
    about: str
    content: str
    contact: Mapping[str, str]


def give_feedback(house: Installation, desk: CitizensDesk, given: Feedback, key: str) -> tuple[str, str]:
    """Take feedback in as a dossier of its own, and return its code and check code; with the same key once.

    Raises:
        FeedbackIncomplete, FeedbackTooLong, AgencyNotFound: Nothing was written.
    """
    kind = checked(house, desk, given)
    about = {"about": given.about} if given.about else {}
    contact = {name: text.strip() for name, text in given.contact.items() if text.strip()}
    applicant = {CONTENT: given.content.strip(), "topic": given.topic, **about, **contact}
    stored = submit(house, Submission(kind.procedure, "online", None, applicant=applicant), key=key)
    return stored.dossier.code, check_code(house, stored.id)


def published_answers(house: Installation, desk: CitizensDesk, most: int = 50) -> list[Plain]:
    """Return the latest answers that may be published, newest first, without who asked and what they wrote."""
    kinds = {kind.procedure: kind for kind in desk.kinds}
    found = house.store.latest(tuple(kinds), (10,), most * 4)
    answers = [_answer(house, kinds[stored.dossier.procedure], desk, stored) for stored in found]
    return [answer for answer in answers if answer is not None][:most]


def answer_of(house: Installation, desk: CitizensDesk, stored: Stored) -> str | None:
    """Return what was answered to whoever sent it; None while it was not, and for what is no feedback."""
    kind = next((kind for kind in desk.kinds if kind.procedure == stored.dossier.procedure), None)
    if kind is None or stored.dossier.outcome != ANSWERED:
        return None
    return _text(house, kind, stored, house.store.personal(stored.id))


def checked(house: Installation, desk: CitizensDesk, given: Feedback) -> FeedbackKind:
    """Return the kind of what somebody sends, complete as it is; nothing is written.

    Raises:
        FeedbackIncomplete, FeedbackTooLong, AgencyNotFound: It is not complete.
    """
    kind = next((kind for kind in desk.kinds if kind.id == given.kind), None)
    if kind is None:
        raise FeedbackIncomplete(what="What it is", what_vi="loại phản ánh")
    if given.topic not in {topic.id for topic in desk.topics}:
        raise FeedbackIncomplete(what="What it is about", what_vi="nội dung về việc gì")
    if not given.content.strip():
        raise FeedbackIncomplete(what="The text", what_vi="nội dung")
    if len(given.content) > LONGEST:
        raise FeedbackTooLong(length=len(given.content), most=LONGEST)
    if kind.named and not given.contact.get("name", "").strip():
        raise FeedbackIncomplete(what="Your name, which a complaint needs", what_vi="họ tên người khiếu nại")
    if given.about:
        house.worlds.directory.get(given.about)
    return kind


def _answer(house: Installation, kind: FeedbackKind, desk: CitizensDesk, stored: Stored) -> Plain | None:
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    if dossier.outcome != ANSWERED or dossier.facts.get(kind.publishable) is not True:
        return None
    values = house.store.personal(stored.id)
    text = _text(house, kind, stored, values)
    if text is None or _betrays(text, values):
        return None
    topics = {topic.id: words_of(topic.label) for topic in desk.topics}
    about = world.directory.agency.get(str(dossier.facts.get("about", "")))
    calendar = world.calendar_of(dossier.agency)
    return {
        "kind": words_of(kind.label),
        "topic": topics.get(str(dossier.facts.get("topic", ""))),
        "about": None if about is None else about.name,
        "agency": world.directory.get(dossier.agency).name,
        "opened_at": local_text(calendar, dossier.opened_at),
        "answered_at": local_text(calendar, dossier.completed_at),
        "text": text,
    }


def _text(
    house: Installation, kind: FeedbackKind, stored: Stored, values: Iterable[PersonalValue]
) -> str | None:
    """Return the reason of the last answer that was proposed, which is the one that was released."""
    moves = [
        seq
        for seq, event in events_of(house.store.records(f"dossier:{stored.id}"))
        if isinstance(event, happened.TransitionFired) and event.transition == kind.answer
    ]
    last = moves[-1] if moves else None
    return next((json.loads(v.value) for v in values if v.field == "reason" and v.seq == last), None)


def _betrays(text: str, values: Iterable[PersonalValue]) -> bool:
    """Tell whether a text names somebody after all: a value of the applicant, a long number, an address."""
    if _TELLING.search(text):
        return True
    theirs = (
        json.loads(v.value)
        for v in values
        if v.field in ("applicant.name", "applicant.phone", "applicant.email")
    )
    return any(len(str(said)) >= _SHORT and str(said).casefold() in text.casefold() for said in theirs)

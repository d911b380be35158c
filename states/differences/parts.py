"""The kinds of part that a procedure is made of: where they are, what they are called, who acts in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from states.differences import aspects
from states.differences.aspects import APPLICANT, AUDITOR, EVERYBODY, INSIDE, LEADER, OFFICER, Aspect
from states.differences.difference import Audience
from states.differences.wording import Names, actors
from states.procedure import APPLICANT as THE_APPLICANT
from states.procedure import SYSTEM, Label

Items = Callable[[Names], Mapping[str, Any]]
Acting = Callable[[Any], tuple[str, ...]]


def _nobody(item: Any) -> tuple[str, ...]:
    return ()


def _labelled(names: Names, item: Any) -> Label:
    found: Label = item.label
    return found


@dataclass(frozen=True, slots=True)
class Collection:
    """One kind of part.

    Attributes:
        name: What one such part is called.
        items: The parts of a version by what they are known by from version to version.
        audiences: Whom it concerns that one comes or goes.
        label: What a part calls itself.
        acting: The roles, the applicant or the system that act in a part.
    """

    subject: str
    name: Label
    items: Items
    aspects: tuple[Aspect, ...]
    audiences: tuple[Audience, ...]
    label: Callable[[Names, Any], Label | None] = _labelled
    acting: Acting = _nobody

    def concerned(self, names: Names, item: Any) -> frozenset[Audience]:
        """Tell who acts in a part, as audiences; a role that signs extensions is a leader's."""
        return frozenset(_audience(names, role) for role in self.acting(item))

    def what(self, names: Names, id: str, item: Any) -> Label:
        """Name a part with its kind and id."""
        label = self.label(names, item)
        if label is None:
            return Label(f"{self.name.vi} {id}".strip(), f"{self.name.en} {id}".strip())
        return Label(f"{self.name.vi} «{label.vi}» ({id})", f'{self.name.en} "{label.en}" ({id})')


def _audience(names: Names, role: str) -> Audience:
    if role == THE_APPLICANT:
        return APPLICANT
    return LEADER if role in names.leading else OFFICER


def _by_id(field: str) -> Items:
    return lambda names: {item.id: item for item in getattr(names.procedure, field)}


def _head(names: Names) -> Mapping[str, Any]:
    return {"": names.procedure}


def _separated(names: Names) -> Mapping[str, Any]:
    return {"+".join(sorted(group)): group for group in names.procedure.separation}


def _ladders(names: Names) -> Mapping[str, Any]:
    return {names.families[ladder.id]: ladder for ladder in names.procedure.ladders}


def _rungs(names: Names) -> Mapping[str, Any]:
    return {f"{id}/{rung.id}": rung for id, ladder in _ladders(names).items() for rung in ladder.rungs}


def _questions(names: Names) -> Mapping[str, Any]:
    consultations = names.procedure.consultations
    return {f"{asked.id}/{item.id}": item for asked in consultations for item in asked.questions}


def _unnamed(names: Names, item: Any) -> None:
    return None


def _cause(names: Names, item: Any) -> Label:
    found: Label = item.cause
    return found


def _instrument(names: Names, item: Any) -> Label:
    return Label(item.instrument, item.instrument)


def _holder(item: Any) -> tuple[str, ...]:
    return () if item.holder in (None, SYSTEM) else (item.holder,)


def _doers(item: Any) -> tuple[str, ...]:
    """The system acts for the applicant and the officers alike."""
    return tuple(item.by) if item.by != (SYSTEM,) else (THE_APPLICANT, SYSTEM)


COLLECTIONS: tuple[Collection, ...] = (
    Collection("procedure", Label("thủ tục", "procedure"), _head, aspects.HEAD, EVERYBODY, _unnamed),
    Collection("clock", Label("thời hạn", "term"), _by_id("clocks"), aspects.CLOCK, EVERYBODY),
    Collection(
        "document", Label("giấy tờ", "paper"), _by_id("documents"), aspects.DOCUMENT, (APPLICANT, OFFICER)
    ),
    Collection(
        "fee", Label("phí, lệ phí", "fee"), _by_id("fees"), aspects.FEE, (APPLICANT, OFFICER, AUDITOR)
    ),
    Collection(
        "suspension",
        Label("trường hợp tạm dừng", "suspension"),
        _by_id("suspensions"),
        aspects.SUSPENSION,
        EVERYBODY,
        _cause,
    ),
    Collection(
        "extension", Label("việc hẹn lại", "extension"), _by_id("extensions"), aspects.EXTENSION, EVERYBODY
    ),
    Collection(
        "state", Label("trạng thái", "state"), _by_id("states"), aspects.STATE, EVERYBODY, acting=_holder
    ),
    Collection(
        "transition",
        Label("bước chuyển", "transition"),
        _by_id("transitions"),
        aspects.TRANSITION,
        (AUDITOR,),
        acting=_doers,
    ),
    Collection(
        "consultation",
        Label("đợt lấy ý kiến", "consultation"),
        _by_id("consultations"),
        aspects.CONSULTATION,
        INSIDE,
    ),
    Collection("stage", Label("giai đoạn", "stage"), _by_id("stages"), aspects.STAGE, INSIDE),
    Collection("question", Label("câu hỏi", "question"), _questions, aspects.QUESTION, INSIDE),
    Collection(
        "component",
        Label("thủ tục thành phần", "component"),
        _by_id("components"),
        aspects.COMPONENT,
        EVERYBODY,
    ),
    Collection("party", Label("cơ quan tham gia", "party"), _by_id("parties"), aspects.PARTY, INSIDE),
    Collection("role", Label("vai trò", "role"), _by_id("roles"), aspects.ROLE, INSIDE),
    Collection(
        "separation",
        Label("quy định không kiêm nhiệm", "separation of duties"),
        _separated,
        (),
        INSIDE,
        actors,
    ),
    Collection("ladder", Label("thang cảnh báo", "ladder"), _ladders, aspects.LADDER, INSIDE),
    Collection("rung", Label("bậc cảnh báo", "rung"), _rungs, aspects.RUNG, INSIDE, _unnamed),
    Collection("fact", Label("thông tin ghi nhận", "fact"), _by_id("facts"), aspects.FACT, (OFFICER,)),
    Collection(
        "citation",
        Label("căn cứ pháp lý", "citation"),
        _by_id("citations"),
        aspects.CITATION,
        (AUDITOR,),
        _instrument,
    ),
)
"""In the order in which people want to read of them."""

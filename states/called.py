"""What people call an act, a state, an agency, and whoever may do something: the words that refusals are made of."""

from collections.abc import Iterable
from datetime import date

from states.commands import CLIENT, Actor
from states.errors import Spoken
from states.peer import PARTNER
from states.procedure import APPLICANT, SYSTEM, Label, Procedure
from states.world import World

_ACTS = {
    "claim": ("Nhận việc", "Take a task"),
    "release": ("Trả lại việc", "Give a task back"),
    "reassign": ("Giao việc cho người khác", "Give a task to somebody else"),
    "acknowledge": ("Xác nhận đã xem cảnh báo", "Confirm that a warning was seen"),
    "draft paper": ("Dự thảo giấy tờ", "Draft a paper"),
    "sign paper": ("Ký giấy tờ", "Sign a paper"),
    "choose_delivery": ("Chọn cách nhận kết quả", "Choose how to get the result"),
    "digitise": ("Số hóa giấy tờ", "Digitise a paper"),
    "answer": ("Trả lời ý kiến", "Answer a question"),
    "pass_over": ("Đi tiếp khi chưa có ý kiến", "Go on without an answer"),
    "give_up_child": ("Không mở hồ sơ thành phần", "Give a component up"),
    "dispatch_handoff": ("Giao cho đơn vị vận chuyển", "Give to the carrier"),
    "deliver_handoff": ("Ghi nhận đã phát", "Note that it was delivered"),
    "acknowledge_handoff": ("Xác nhận đã nhận được hồ sơ bàn giao", "Confirm that the handoff has come"),
    "accept_handoff": ("Nhận bàn giao", "Accept the handoff"),
    "return_handoff": ("Trả lại bàn giao", "Return the handoff"),
    "finish_handoff": ("Kết thúc bàn giao", "Finish the handoff"),
}
_WHO = {
    APPLICANT: ("người nộp hồ sơ", "the applicant"),
    SYSTEM: ("hệ thống", "the system"),
    CLIENT: ("hệ thống kết nối", "a client system"),
    PARTNER: ("hệ thống của cơ quan khác", "the installation of another agency"),
    "officer": ("cán bộ của cơ quan trong hồ sơ", "an officer of an agency of the dossier"),
}
_ANOTHER = "người giữ chức vụ được giao việc này", "whoever holds a position that may"


def act(procedure: Procedure, name: str) -> Spoken:
    """Return what people call a transition, an extension, or what else is done to a dossier."""
    known = procedure.transition.get(name) or procedure.extension.get(name)
    return Spoken(name, *(_ACTS.get(name, (name, name)) if known is None else _both(known.label)))


def acts(procedure: Procedure, names: Iterable[str]) -> Spoken:
    """Return several acts, apart by commas; a dash where there is none."""
    return _joined([act(procedure, name) for name in names])


def state(procedure: Procedure, name: str) -> Spoken:
    """Return what a procedure calls a state."""
    known = procedure.state.get(name)
    return Spoken(name, *((name, name) if known is None else _both(known.label)))


def agency(world: World, code: str, day: date) -> Spoken:
    """Return an agency by its name as it was on a local *day*; the applicant as a party has words as well."""
    name = world.directory.name_of(code, day)
    return Spoken(code, *_WHO.get(code, (name, name)))


def who(actor: Actor) -> Spoken:
    """Return who acts: a person by their id, the others by what they are."""
    return Spoken(actor.person, actor.person, actor.person) if actor.person else _one(actor.kind)


def position(procedure: Procedure, name: str) -> Spoken:
    """Return what a procedure calls whoever holds a position in it; one that it has no role for is said in general."""
    labels = [role.label for role in procedure.roles if role.position == name]
    return Spoken(name, *(_both(labels[0]) if labels else _ANOTHER))


def holders(procedure: Procedure, names: Iterable[str]) -> Spoken:
    """Return who may do something, of roles or positions: each once, apart by commas; a dash where nobody may."""
    return _joined([_holder(procedure, name) for name in names])


def _holder(procedure: Procedure, name: str) -> Spoken:
    role = procedure.role.get(name)
    if role is not None:
        return Spoken(name, *_both(role.label))
    return _one(name) if name in _WHO else position(procedure, name)


def _one(name: str) -> Spoken:
    return Spoken(name, *_WHO.get(name, (name, name)))


def _joined(found: list[Spoken]) -> Spoken:
    ids, vi, en = (
        ", ".join(dict.fromkeys(said)) or "-"
        for said in (found, [one.vi for one in found], [one.en for one in found])
    )
    return Spoken(ids, vi, en)


def _both(label: Label) -> tuple[str, str]:
    return label.vi, label.en

"""What the intake form says: read with every fault that it has, each beside its field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from starlette.datastructures import FormData

from motcua.services.desk import Asked
from motcua.services.intake import Submission
from motcua.services.telephones import is_telephone
from motcua.web.dossier.asking import UnreadableField, value_of, words
from motcua.web.forms import LONGEST_LINE, TextTooLong, fitting
from motcua.web.language import Say
from motcua.web.visitors import Visitor
from states.procedure import Procedure

Plain = dict[str, Any]
Facts = dict[str, bool | int | str]
CHANNELS = {
    "counter": ("Trực tiếp", "At the counter"),
    "postal": ("Qua bưu chính", "By post"),
    "mobile": ("Lưu động", "On the road"),
}
PERSON = ("name", "id_number", "phone", "email", "address")
_ID = re.compile(r"[0-9A-Za-z]{6,20}")


@dataclass
class Read:
    """A form that was read.

    Attributes:
        inputs: What is given with the acceptance.
        faults: What is wrong, by field; as pages show them.
    """

    wanted: Submission
    inputs: Facts
    faults: list[Plain] = field(default_factory=list)

    @property
    def id_number(self) -> str:
        """The number of the applicant's identity paper; empty where none was given."""
        return str(self.wanted.applicant.get("id_number", ""))


def read(asked: Asked, form: FormData, visitor: Visitor, say: Say) -> Read:
    """Read the form of a procedure; what cannot be read is a fault and stands for nothing."""
    faults: list[Plain] = []
    facts = _facts(asked.procedure, asked.facts, form, "fact.", faults, say)
    for name in asked.facts:
        if name not in facts and not any(fault["field"] == f"fact-{name}" for fault in faults):
            label = next(fact.label for fact in asked.procedure.facts if fact.id == name)
            text = say(f"Hãy chọn: {label.vi}.", f"Choose: {label.en}.")
            faults.append({"field": f"fact-{name}", "text": text})
    names = () if asked.accepting is None else asked.accepting.inputs
    inputs = _facts(asked.procedure, names, form, "accept.", faults, say)
    known = {paper.id for paper in asked.procedure.documents}
    papers = tuple(str(given) for given in form.getlist("paper") if str(given) in known)
    agency = _agency(asked, form, visitor)
    wanted = Submission(
        procedure=asked.procedure.code,
        channel=str(form.get("channel")) if form.get("channel") in CHANNELS else "counter",
        agency=agency,
        facts=facts,
        documents=papers,
        applicant=_applicant(form, faults, say),
        received=None if agency in visitor.agencies else visitor.actor.agency,
    )
    faults += _not_offered(form, known, say)
    if agency is None:
        faults.append({"field": "agency", "text": say("Hãy chọn cơ quan giải quyết.", "Choose who decides.")})
    return Read(wanted, inputs, faults)


def _not_offered(form: FormData, papers: set[str], say: Say) -> list[Plain]:
    """Say what the form holds that is not offered now: it may be of a version of before."""
    found: list[Plain] = []
    if str(form.get("channel") or "counter") not in CHANNELS:
        found.append({"field": "channel", "text": say("Hãy chọn hình thức nộp.", "Choose the channel.")})
    if not {str(given) for given in form.getlist("paper")} <= papers:
        text = "Thành phần hồ sơ đã thay đổi. Hãy xem lại.", "The papers have changed. Look at them again."
        found.append({"field": None, "text": say(*text)})
    return found


def _facts(
    procedure: Procedure,
    names: tuple[str, ...],
    form: FormData,
    prefix: str,
    faults: list[Plain],
    say: Say,
) -> Facts:
    found: Facts = {}
    for name in names:
        given = str(form.get(f"{prefix}{name}") or "").strip()
        if not given:
            continue
        try:
            fitting(given, words(procedure, name), LONGEST_LINE)
            found[name] = value_of(procedure, name, given)
        except (UnreadableField, TextTooLong) as error:
            faults.append({"field": f"{prefix[:-1]}-{name}", "text": error.message(say("vi", "en"))})
    return found


def _agency(asked: Asked, form: FormData, visitor: Visitor) -> str | None:
    """Return who decides, as chosen; their own agency where nothing was chosen yet."""
    known = [code for code, _ in asked.agencies]
    given = str(form.get("agency") or "")
    if given in known:
        return given
    own = [code for code in known if code in visitor.agencies]
    if given:
        return None
    return own[0] if own else known[0] if len(known) == 1 else None


def _applicant(form: FormData, faults: list[Plain], say: Say) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in PERSON:
        text = " ".join(normalize("NFC", str(form.get(f"applicant.{name}") or "")).split())
        if len(text) > LONGEST_LINE or not text.isprintable():
            said = say("Nội dung quá dài hoặc có ký tự lạ.", "Too long, or strange signs.")
            faults.append({"field": f"applicant-{name}", "text": said})
        elif text:
            found[name] = text
    number = found.get("id_number", "").replace(" ", "")
    if number and not _ID.fullmatch(number):
        text = say(
            "Số giấy tờ gồm 6 đến 20 chữ số hoặc chữ cái.", "The number has 6 to 20 digits or letters."
        )
        faults.append({"field": "applicant-id_number", "text": text})
    elif number:
        found["id_number"] = number
    if "phone" in found and not is_telephone(found["phone"]):
        text = say("Số điện thoại gồm 8 đến 15 chữ số.", "A telephone number has 8 to 15 digits.")
        faults.append({"field": "applicant-phone", "text": text})
    if "name" not in found:
        faults.append(
            {"field": "applicant-name", "text": say("Hãy ghi họ tên người nộp.", "Say who hands it in.")}
        )
    return found


def typed(form: Mapping[str, Any]) -> Plain:
    """Return what was typed, to be shown again; files are not."""
    return {name: given for name, given in form.items() if isinstance(given, str)}

"""An office whose procedure owes papers, and short ways to get at them."""

from pathlib import Path
from typing import Any

from builders import compiled, procedure_mapping
from world import Office, actor_of

from motcua.adapters.typesetting import PaperPress
from motcua.services import papers
from motcua.services.ports import PaperRow

TEMPLATES = Path(__file__).parents[1] / "templates"
CONFIG = TEMPLATES.with_name("config")
PRESS = PaperPress(TEMPLATES, CONFIG)
WHO = {"name": "Nguyễn Thị Quỳnh Hoa", "address": "Số 5, đường Huệ", "phone": "0912 345 678"}


def owing(**changes: Any) -> Office:
    """An office whose procedure owes papers on its way."""
    mapping = procedure_mapping(**changes)
    emits = {"accept": "receipt", "ask_more": "supplement_request", "withdraw": "stop_notice"}
    for given in mapping["transitions"]:
        if given["id"] in emits:
            given["emits"] = [emits[given["id"]]]
    mapping["procedure"]["version"] = "1.1.0"
    office = Office()
    office.publish(compiled(mapping))
    return office


def opened(office: Office) -> str:
    """A dossier with an applicant, accepted; returns its code."""
    code = office.open(applicant=WHO)
    office.send(code, "accept", "counter")
    return code


def rows(office: Office, code: str) -> list[PaperRow]:
    """The papers of a dossier."""
    return office.store.papers(office.store.load(code).id)


def sign(office: Office, code: str, number: str, officer: str) -> None:
    """Sign a paper."""
    papers.sign(office.house, PRESS, code, number, actor_of(officer))

"""A consulted body sees the files of the papers that its question shares, and no others."""

from dataclasses import replace

from opinions import consulting
from world import Office

from motcua.services.consultations import described


def test_the_share_of_a_question_has_its_files() -> None:
    """By document: name, hash and media type; what the question does not share is not told."""
    office = Office()
    office.publish(replace(consulting(), code="9.000006"))
    files = {
        "form_1": {"sha256": "a" * 64, "name": "form.pdf"},
        "plan_2": {"sha256": "b" * 64, "name": "plan"},
    }
    code = office.open("9.000006", documents=("form", "plan"), files=files)
    office.send(code, "accept", "counter")
    office.send(code, "appraise", "officer")
    [held] = described(office.house, office.store.load(code))
    told = {"sha256": "a" * 64, "name": "form.pdf", "media_type": "application/pdf"}
    assert [[told], [told]] == [asked["files"] for asked in held["questions"]]

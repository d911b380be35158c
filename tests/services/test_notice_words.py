"""Notices to officers speak in the words of the pinned version, in both languages, and not in ids."""

from pathlib import Path
from typing import Any

import pytest
from builders import compiled, procedure_mapping
from world import Office

from motcua.adapters.rendering import JinjaRenderer

RENDERER = JinjaRenderer(Path(__file__).parents[2] / "templates")
NAMED = {"vi": "Đang thẩm định", "en": "Being appraised"}


def late() -> list[Any]:
    """The messages of a dossier whose appraising ran out, by a version that has real names."""
    mapping = procedure_mapping()
    for state in mapping["states"]:
        for one in (state, *state.get("states", ())):
            if one["id"] == "appraising":
                one["label"] = NAMED
    mapping["procedure"]["version"] = "1.2.0"
    office = Office()
    office.publish(compiled(mapping))
    office.accepted()
    office.wait(days=3)
    return [message.notice for message in office.store.waiting(1000)]


def text(notice: Any, **without: Any) -> tuple[str, str]:
    """What a notice says, in Vietnamese and in English."""
    payload = {name: value for name, value in notice.payload.items() if name not in without}
    said = RENDERER.render(notice.template, {**payload, "message_id": "m", "recipients": []})
    vi, _, en = said.partition("-" * 40)
    return vi, en


def test_a_warning_names_deadline_rung_and_state_and_no_ids() -> None:
    """Whoever gets it reads which deadline it is, how far from it, and where the dossier stands."""
    warnings = [notice for notice in late() if notice.template == "escalation"]
    step = next(one for one in warnings if one.payload["clock"] == "step:appraising")
    vi, en = text(step)

    assert "Thời hạn: Đang thẩm định. Mức cảnh báo: " in vi
    assert "Deadline: Being appraised. Warning: " in en
    assert "Trạng thái hiện tại: Đang thẩm định." in vi
    for notice in warnings:
        vi, en = text(notice)
        assert notice.payload["rung_at"]["side"] in ("before", "due", "after")
        assert [False] * 3 == [
            "appraising" in vi,
            "step:" in vi + en,
            f": {notice.payload['rung']}," in vi + en,
        ]


@pytest.mark.parametrize("language", [0, 1])
def test_a_message_from_before_has_no_words_and_still_leaves(language: int) -> None:
    """What waits in the outbox while the installation is upgraded is told by its ids, as it would have been."""
    old = next(one for one in late() if one.payload.get("clock") == "step:appraising")
    said = text(old, clock_name=0, rung_at=0, states_named=0)[language]
    assert f"step:appraising. {('Mức cảnh báo', 'Warning')[language]}: {old.payload['rung']}, " in said

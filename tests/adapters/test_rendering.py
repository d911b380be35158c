"""Texts of notices: a template that is wrong is the trouble of its messages alone."""

from pathlib import Path

import pytest

from motcua.adapters.rendering import JinjaRenderer, TemplateBroken, TemplateMissing


@pytest.mark.parametrize(
    "template",
    ["{{ nobody }}", "{% if %}", "{{ code | when }}", "{{ none | when }}", "{{ 1 / 0 }}", "{{ code + 1 }}"],
)
def test_a_template_that_cannot_be_filled_is_named(tmp_path: Path, template: str) -> None:
    """Whatever goes wrong in it, the error is one of the message, which waits while the template is mended."""
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "late.txt.j2").write_text(template, encoding="utf-8")
    with pytest.raises(TemplateBroken, match="late"):
        JinjaRenderer(tmp_path).render("late", {"code": "H1", "none": None})


def test_a_template_that_is_missing_is_named(tmp_path: Path) -> None:
    """The error says which file to add."""
    with pytest.raises(TemplateMissing, match=r"late\.txt\.j2"):
        JinjaRenderer(tmp_path).render("late", {})

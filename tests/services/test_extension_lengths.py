"""How long an extension may be: what the law names, else as far as the calendar reaches."""

import pytest
from builders import compiled, procedure_mapping
from world import RESTARTING, Office

from states.errors import CalendarHorizonError


def test_where_the_law_names_no_longest_extension_the_calendar_ends_it_and_the_refusal_says_so() -> None:
    """The message names the calendar and the day from which it knows nothing, in both languages; nothing changed."""
    mapping = procedure_mapping()
    mapping["procedure"]["version"] = "1.2.0"
    for extension in mapping["extensions"]:
        extension["max_each"] = None
    office = Office()
    office.publish(compiled(mapping))
    code = office.accepted(RESTARTING)
    before = office.store.load(code).seq
    with pytest.raises(CalendarHorizonError) as refused:
        office.extend(code, "9999 working_days")

    said = [refused.value.message(lang) for lang in ("vi", "en")]
    assert [True, True] == ["vn-gov" in text and "2028-01-01" in text for text in said]
    assert before == office.store.load(code).seq

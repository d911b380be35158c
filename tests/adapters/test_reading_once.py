"""Within one look a file is read once, whoever asks; afterwards it is read anew."""

import gc
from pathlib import Path

import pytest

from motcua.adapters.reading_once import one_look
from motcua.adapters.yaml_files import InvalidFile, read_yaml_file


def test_within_one_look_a_file_is_read_once(tmp_path: Path) -> None:
    """What was written meanwhile shows at the next look, and what was broken stays broken until then."""
    file, broken = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_text("a: 1\n")
    broken.write_text("a: [\n")
    with one_look():
        first = read_yaml_file(file)
        with pytest.raises(InvalidFile):
            read_yaml_file(broken)
        file.write_text("a: 2\n")
        broken.write_text("a: 3\n")
        assert first is read_yaml_file(file)
        with pytest.raises(InvalidFile):
            read_yaml_file(broken)
    assert ({"a": 2}, {"a": 3}) == (read_yaml_file(file).value, read_yaml_file(broken).value)


def test_the_collector_is_as_it_was_after_a_look() -> None:
    """Also where the look ends in an error."""
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="stop"), one_look():
        assert before != gc.get_threshold()
        raise ValueError("stop")
    assert before == gc.get_threshold()

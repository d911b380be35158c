"""The procedures that come with the product, compiled once for all tests of a run."""

from functools import cache
from pathlib import Path

from motcua.adapters.procedure_files import Surroundings, read_procedure, read_surroundings
from states.procedure import Procedure

CONFIG = Path(__file__).parent.parent / "config"
FOLDERS = sorted(path.parent.name for path in (CONFIG / "procedures").glob("*/procedure.yaml"))


@cache
def _surroundings() -> Surroundings:
    return read_surroundings(CONFIG)


@cache
def shipped(folder: str) -> Procedure:
    """A procedure of the product by the name of its folder; its problems fail the test."""
    procedure, problems = read_procedure(CONFIG / "procedures" / folder, _surroundings())
    assert procedure is not None, problems
    return procedure

"""Copies of the program in which something is broken on purpose: a drill that finds nothing in them proves nothing."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("states", "audit", "motcua", "flows", "config", "templates")
Patches = dict[str, list[tuple[str, str]]]


def sabotaged(tree: Path, patches: Patches) -> Path:
    """Return a copy of the program in which texts are replaced; each of them must be there, once."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tree / part)
    for name, changes in patches.items():
        text = (tree / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert 1 == text.count(old), (name, old)
            text = text.replace(old, new)
        (tree / name).write_text(text, encoding="utf-8")
    return tree

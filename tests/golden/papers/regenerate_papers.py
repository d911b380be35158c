"""Write the golden HTML papers anew, once somebody looked at what changed: run this file."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def main() -> int:
    """Write one file for each form."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from paper_samples import sheet_for

    from motcua.adapters.typesetting import PaperPress

    press = PaperPress(ROOT / "templates")
    for form in press.names:
        (HERE / f"{form}.html").write_bytes(press.typeset(form, sheet_for(form)).html)
    return 0


if __name__ == "__main__":
    sys.exit(main())

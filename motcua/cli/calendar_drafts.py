"""`motcua calendar draft` writes a draft year; `motcua calendar check --drift` warns where a signed year differs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motcua.bootstrap import config_folder
from motcua.cli.options import LangOption, QuietOption
from motcua.cli.output import show_text, tell, words
from states.calendar import CalendarDefinition
from states.errors import DomainError, Kind

if TYPE_CHECKING:
    from motcua.services.calendar_drafts import Drift


class YearFileExists(DomainError):
    """{file} exists already, and a draft never writes over a year. Name another file with -o."""

    kind = Kind.CONFLICT
    vi = "{file} đã có; bản dự kiến không bao giờ ghi đè lên một năm. Hãy chỉ tệp khác bằng -o."


def draft(
    year: Annotated[int, typer.Argument(min=1000, max=2999)],
    calendar: Annotated[str, typer.Option("--calendar", metavar="ID", help="For which calendar.")] = "vn-gov",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it; else on stdout.")
    ] = None,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Draft a year's file from the package `holidays`: nothing in it is verified, and a person signs it.

    Deadlines that reach into a draft year are provisional until the year is signed and adopted.

    Example: motcua calendar draft 2028 -o config/calendars/vn-gov/2028.yaml
    """
    from motcua.bootstrap.calendar_drafts import drafted_file

    text = drafted_file(config_folder().calendar(calendar), year)
    if output is None:
        show_text(text.rstrip("\n"))
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise YearFileExists(file=output) from None
    tell(
        f"Đã ghi {output}: bản dự kiến, từng ngày phải đối chiếu văn bản trước khi ký.",
        f"Wrote {output}: a draft, each day to be compared with its document before it is signed.",
    )


def drift_lines(calendars: dict[str, CalendarDefinition]) -> list[tuple[str, "Drift"]]:
    """Return where the signed years of some calendars differ from the package `holidays`, by calendar."""
    from motcua.bootstrap.calendar_drafts import drifted

    return [(id, item) for id, definition in calendars.items() for item in drifted(definition)]


def show_drift(found: list[tuple[str, "Drift"]]) -> None:
    """Print the differences as warnings; a signed year counts whatever the package says."""
    for id, item in found:
        ours = words("làm việc", "working") if item.working else words("nghỉ", "off")
        theirs = words("nghỉ", "off") if item.working else words("làm việc", "working")
        reason = words(item.reason_vi, item.reason_en)
        show_text(
            words(
                f"{id} {item.day}: cảnh báo: năm đã ký ghi {ours}, gói holidays ghi {theirs} ({reason})",
                f"{id} {item.day}: warning: the signed year says {ours}, the package holidays {theirs} ({reason})",
            )
        )
    tell(
        f"{len(found)} ngày khác với gói holidays; lịch đã ký vẫn là căn cứ.",
        f"{len(found)} days differ from the package holidays; the signed calendars stand.",
    )


def drift_json(id: str, item: "Drift") -> dict[str, Any]:
    """Return a difference as programs read it."""
    return {
        "calendar": id,
        "date": item.day,
        "signed": "working" if item.working else "off",
        "library": "off" if item.working else "working",
        "reason": {"vi": item.reason_vi, "en": item.reason_en},
        "document": item.document,
    }

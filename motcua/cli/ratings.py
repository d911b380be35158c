"""`motcua rating`: the address of a device at a counter, and what citizens said in a period."""

from typing import Annotated, Any

import typer

from motcua.cli.lending import reading
from motcua.cli.options import read_day
from motcua.cli.output import show_found
from motcua.cli.tables import Columns, show_rows
from motcua.services.installation import Installation
from motcua.services.ratings import device_code, told_satisfaction

app = typer.Typer(name="rating", help="What citizens say of the service.", no_args_is_help=True)

AgencyArgument = Annotated[str, typer.Argument(metavar="AGENCY", help="Code of the agency.")]
CounterArgument = Annotated[int, typer.Argument(metavar="COUNTER", min=1, max=999, help="Its number.")]
SinceOption = Annotated[str, typer.Option("--since", metavar="DAY", help="First day, such as 2026-03-02.")]
UntilOption = Annotated[str, typer.Option("--until", metavar="DAY", help="Last day, included.")]


@app.command("device")
@reading
def device_command(house: Installation, agency: AgencyArgument, counter: CounterArgument) -> None:
    """Print the address that the device of a counter shows; whoever has it may rate that counter.

    Example: motcua rating device H99.41.01 2
    """
    path = f"/danh-gia/quay/{agency}-{counter}?may={device_code(house, agency, counter)}"
    show_found({"agency": agency, "counter": counter, "path": path}, print, path)


@app.command("report")
@reading
def report_command(house: Installation, since: SinceOption, until: UntilOption) -> None:
    """Say how satisfied citizens were, by agency and procedure; of fewer than ten only how many.

    Example: motcua rating report --since 2026-07-01 --until 2026-09-30
    """
    found: list[dict[str, Any]] = told_satisfaction(house, read_day(since), read_day(until))
    show_found({"ratings": found}, show_rows, _COLUMNS, found)


_COLUMNS: Columns = (
    ("cơ quan", "agency", "agency"),
    ("thủ tục", "procedure", "procedure"),
    ("số đánh giá", "ratings", "count"),
    ("điểm trung bình", "average", lambda row: None if row["average"] is None else f"{row['average']:.2f}"),
    ("hài lòng", "satisfied", lambda row: None if row["content"] is None else f"{row['content']:.0%}"),
)

"""`motcua clock`: how the clock stands after a step, and a person's word on whether it is right."""

from typing import Annotated, Any

import typer

from motcua.bootstrap import open_house, operating_system_user
from motcua.cli.lending import housed, speaking
from motcua.cli.options import DbOption
from motcua.cli.output import FACE, show_found, show_json, show_text, tell, words
from motcua.services.installation import Installation
from motcua.services.ports import ClockHold
from motcua.services.publishing import person
from motcua.services.timekeeping import confirm, look

app = typer.Typer(name="clock", help="A step of the clock.", no_args_is_help=True)


@app.command("status")
@housed
def status_command(house: Installation) -> None:
    """Say how the clock stands, and whether escalations are held because it stepped.

    Example: motcua clock status --db sqlite:///motcua.db
    """
    told = _plain(house, look(house))
    show_found(told, _show, told)


def _show(told: dict[str, Any]) -> None:
    clock, ahead, held = told["clock"], told["ahead_seconds"], told["house"]
    if not told["held"]:
        show_text(words(f"đồng hồ: {clock}; không tạm giữ gì", f"clock: {clock}; nothing held"))
        return
    show_text(
        words(
            f"đồng hồ: {clock}, nhanh {ahead} giây; tạm giữ tại {held}",
            f"clock: {clock}, {ahead} s ahead; held at {held}",
        )
    )
    tell(
        "Đồng hồ đúng: «motcua clock confirm --by NGƯỜI --right»; đã chỉnh lùi: «--wrong».",
        'If it is right: "motcua clock confirm --by PERSON --right"; if it was put back: "--wrong".',
    )


@app.command("confirm")
@speaking
def confirm_command(
    by: Annotated[str, typer.Option("--by", help="Who vouches for the clock.")],
    right: Annotated[
        bool | None,
        typer.Option("--right/--wrong", help="It is right as it stands; or it was wrong and was put back."),
    ] = None,
    db: DbOption = None,
) -> None:
    """End the hold after a step: what is owed by the clock as it stands takes effect with the next round.

    Example: motcua clock confirm --by can-bo-01 --right
    """
    if right is None:
        raise typer.BadParameter(words("cần --right hoặc --wrong", "--right or --wrong"))
    with open_house(db) as house:
        confirm(house, person(by), right=right, auth=operating_system_user())
        told = _plain(house, None)
    if FACE.json:
        show_json({**told, "right": right})
    tell("Đã xác nhận; hết tạm giữ.", "Confirmed; nothing is held any more.")


def _plain(house: Installation, hold: ClockHold | None) -> dict[str, Any]:
    clock = house.clock_of(house.store.reading())
    return {
        "held": hold is not None,
        "clock": clock.isoformat(),
        "house": house.now().isoformat(),
        "ahead_seconds": 0 if hold is None else round(hold.ahead.total_seconds()),
        "trusted_at": None if hold is None else hold.trusted_at.isoformat(),
        "seen_at": None if hold is None else hold.seen_at.isoformat(),
    }

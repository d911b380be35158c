"""`motcua demo --serve`: the pages over a province that goes on working, an hour a minute."""

from pathlib import Path

from flows.living import at_work
from motcua.bootstrap import paper_press
from motcua.bootstrap.living import living_house, staged
from motcua.bootstrap.rehearsal import notice_file
from motcua.cli.output import tell
from motcua.settings import Settings

HOST = "127.0.0.1"


def serve_province(url: str, folder: Path, settings: Settings, seed: int, port: int) -> None:
    """Set the stage, then serve until stopped; what nobody does in time turns amber, then red, then goes up."""
    from motcua.web.serving import run
    from motcua.web.site import site

    scene, press = staged(url, settings, seed), paper_press(settings)
    with (
        living_house(url, settings, scene) as house,
        notice_file(folder / "notices-live.txt") as notices,
        at_work(house, press, notices, scene.agency, seed),
    ):
        tell(
            f"Mở http://{HOST}:{port}/demo và chọn vai; một giờ làm việc là một phút. Ctrl-C để dừng.",
            f"Open http://{HOST}:{port}/demo and choose a role; an office hour is a minute. Ctrl-C ends it.",
        )
        run(site(house, settings, press), HOST, port)

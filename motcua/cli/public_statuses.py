"""The national names of public statuses, in the languages of the command line."""

from motcua.bootstrap import public_statuses, read_settings
from motcua.cli.output import FACE
from states.procedure import Label


def public_name(status: int) -> str:
    """Return the name of a national status in the language of this run; empty where the config has none."""
    return public_statuses(read_settings().config_dir).get(status, {}).get(FACE.lang, "")


def public_labels() -> dict[int, Label]:
    """Return the names of all national statuses in both languages, by code."""
    names = public_statuses(read_settings().config_dir)
    return {code: Label(name["vi"], name["en"]) for code, name in names.items()}

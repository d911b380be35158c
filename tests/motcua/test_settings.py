"""Settings: the environment overrides the file, the file the defaults, and a misspelling is refused."""

from pathlib import Path

import pytest

from motcua.settings import (
    InvalidMinutes,
    InvalidSetting,
    MissingFolder,
    Settings,
    UnknownEngine,
    UnknownSetting,
    UnreadableSettings,
    as_variables,
    load_settings,
)
from states.errors import DomainError


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An empty config folder."""
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


def settings_of(config: Path, text: str = "", **variables: str) -> Settings:
    """Load settings from a folder with *text* as its settings file."""
    (config / "settings.toml").write_text(text, encoding="utf-8")
    return load_settings({"MOTCUA_CONFIG": str(config), **variables}, config.parent)


def test_without_any_setting_everything_lies_below_the_current_folder(tmp_path: Path) -> None:
    """With an empty environment the database and the mailbox lie in .motcua, config is the shipped one."""
    settings = load_settings({}, tmp_path)

    assert f"sqlite:///{tmp_path}/.motcua/motcua.db" == settings.database_url
    assert tmp_path / ".motcua" / "mailbox" == settings.mailbox_dir
    assert (settings.config_dir / "settings.toml").is_file()
    assert settings.templates_dir.is_dir()


def test_the_home_variable_moves_everything_that_is_written(tmp_path: Path) -> None:
    """MOTCUA_HOME carries the database and the mailbox with it."""
    settings = load_settings({"MOTCUA_HOME": "desk"}, tmp_path)

    assert f"sqlite:///{tmp_path}/desk/motcua.db" == settings.database_url
    assert tmp_path / "desk" / "mailbox" == settings.mailbox_dir


def test_the_file_gives_values_and_the_environment_overrides_them(config: Path) -> None:
    """A key of the file counts until the environment names another value."""
    text = 'log_origin = "from.file/log"\ndatabase_url = "postgresql:///from_file"\n'

    settings = settings_of(config, text, MOTCUA_DB="postgresql:///from_environment")

    assert "from.file/log" == settings.log_origin
    assert "postgresql:///from_environment" == settings.database_url


def test_a_config_folder_without_a_settings_file_means_the_defaults(config: Path) -> None:
    """A designer's folder need not hold a settings file."""
    settings = load_settings({"MOTCUA_CONFIG": "config"}, config.parent)

    assert config == settings.config_dir


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        pytest.param("databse_url = 'x'", {}, UnknownSetting, id="misspelt-key"),
        pytest.param("", {"MOTCUA_DATABASE": "x"}, UnknownSetting, id="misspelt-variable"),
        pytest.param("log_origin = 3", {}, InvalidSetting, id="not-text"),
        pytest.param("", {"MOTCUA_DB": " "}, InvalidSetting, id="blank"),
        pytest.param("engine = 'cron'", {}, UnknownEngine, id="no-such-engine"),
        pytest.param("log_origin = ", {}, UnreadableSettings, id="not-toml"),
        pytest.param("clock_step_minutes = '0'", {}, InvalidMinutes, id="no-minutes"),
        pytest.param("", {"MOTCUA_CLOCK_STEP_MINUTES": "five"}, InvalidMinutes, id="not-a-number"),
        pytest.param("", {"MOTCUA_TEMPLATES": "nowhere"}, MissingFolder, id="no-such-folder"),
    ],
)
def test_a_wrong_setting_is_refused_in_both_languages(
    config: Path, text: str, variables: dict[str, str], expected: type[DomainError]
) -> None:
    """Each mistake is a coded error whose two messages can be written out."""
    with pytest.raises(expected) as caught:
        settings_of(config, text, **variables)

    assert all("{" not in caught.value.message(language) for language in ("vi", "en"))


def test_variables_of_the_test_suite_are_not_settings(tmp_path: Path) -> None:
    """MOTCUA_TEST_DATABASE_URL tells the tests where PostgreSQL is, and is no misspelling."""
    environ = {"MOTCUA_TEST_DATABASE_URL": "postgresql:///x"}

    assert load_settings({}, tmp_path) == load_settings(environ, tmp_path)


def test_another_process_gets_the_same_settings_in_any_folder(config: Path, tmp_path: Path) -> None:
    """The variables that settings are turned into give the same settings again, wherever they are read."""
    settings = settings_of(config, 'engine = "prefect"\n', MOTCUA_HOME="desk", MOTCUA_CLOCK_STEP_MINUTES="7")

    assert ("prefect", 7) == (settings.engine, settings.clock_step_minutes)
    assert settings == load_settings(as_variables(settings), tmp_path / "elsewhere")

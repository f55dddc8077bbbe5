"""Settings come from four places, and a wrong one is refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tui.settings import HUB_ENDPOINT, SettingsError, config_dir, load_settings, state_dir


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default(tmp_path: Path) -> None:
    home = {"HF_JOBS_TUI_HOME": str(tmp_path)}
    assert load_settings({}, home).refresh == 5
    write(tmp_path / "config.toml", "refresh = 10\nascii = true")
    assert load_settings({}, home).refresh == 10
    assert load_settings({}, home).ascii
    assert load_settings({}, {**home, "HF_JOBS_TUI_REFRESH": "20"}).refresh == 20
    assert load_settings({"refresh": "30"}, {**home, "HF_JOBS_TUI_REFRESH": "20"}).refresh == 30
    assert load_settings({"refresh": None}, home).refresh == 10


def test_the_endpoint_comes_from_hf_endpoint_unless_said_otherwise(tmp_path: Path) -> None:
    home = {"HF_JOBS_TUI_HOME": str(tmp_path)}
    assert load_settings({}, home).endpoint == HUB_ENDPOINT
    assert (
        load_settings({}, {**home, "HF_ENDPOINT": "http://127.0.0.1:8000/"}).endpoint
        == "http://127.0.0.1:8000"
    )
    assert load_settings(
        {"endpoint": "https://hub.example"}, {**home, "HF_ENDPOINT": "http://a"}
    ).endpoint == ("https://hub.example")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("refesh = 3", "did you mean “refresh”"),
        ("token = 'x'", "unknown key “token”"),
        ("refresh = 0", "from 1"),
        ("refresh = 'soon'", "“off” or a number"),
        ("refresh = nan", "“off” or a number"),
        ("endpoint = 'huggingface.co'", "no address"),
        ("endpoint = 'http://[::1'", "no address"),
        ("ascii = 'perhaps'", "neither true nor false"),
        ("namespace = 3", "must be text"),
        ("refresh = ", "not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=r"config\.toml") as refused:
        load_settings({}, {}, write(tmp_path / "config.toml", text))
    assert words in str(refused.value)


def test_a_named_file_must_exist_and_the_usual_one_need_not(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load_settings({}, {}, tmp_path / "missing.toml")
    load_settings({}, {"HF_JOBS_TUI_HOME": str(tmp_path)})


@pytest.mark.parametrize("off", ["off", "OFF", False])
def test_refresh_can_be_off(tmp_path: Path, off: Any) -> None:
    assert load_settings({"refresh": off}, {"HF_JOBS_TUI_HOME": str(tmp_path)}).refresh is None


def test_everything_lies_under_one_folder_when_that_is_set(tmp_path: Path) -> None:
    home = {"HF_JOBS_TUI_HOME": str(tmp_path)}
    assert config_dir(home) == state_dir(home) == tmp_path


def test_the_token_is_in_no_repr(tmp_path: Path) -> None:
    settings = load_settings({"token": "hf_secret"}, {"HF_JOBS_TUI_HOME": str(tmp_path)})
    assert settings.token == "hf_secret"
    assert "hf_secret" not in repr(settings)

"""Settings: flag typed > environment (`HF_JOBS_TUI_<KEY>`) > TOML file > default, and where files lie."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from .domain.nearest import nearest
from .state_files import read_file

ENVIRONMENT_PREFIX = "HF_JOBS_TUI_"
HUB_ENDPOINT = "https://huggingface.co"
MIN_REFRESH_SECONDS = 1.0


class SettingsError(Exception):
    """A setting that cannot be used: which one, where it came from, what would be right."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set. Fields are the keys of the TOML file."""

    endpoint: str = HUB_ENDPOINT
    """Address of the Hub; `HF_ENDPOINT` when not set here."""
    namespace: str = ""
    """Show only this user's or organisation's jobs, and submit there."""
    refresh: float | None = 5.0
    """Seconds between two looks at the live jobs; "off" to look only when asked."""
    read_only: bool = False
    theme: str = ""
    ascii: bool = False
    low_bandwidth: bool = False
    mouse: bool = True
    notify: str = "bell"
    """How a watched job's end is told: bell, osc9 (a notification of the terminal), both, or empty."""
    end_command: str = ""
    """Run when a watched job has ended, with HF_JOB_ID, HF_JOB_NAME and HF_JOB_STATE."""
    keys: Mapping[str, str] = field(default_factory=dict, metadata={"file_only": True})
    """Other keys for actions, by their ids."""
    keep_logs: bool = True
    """Keep the logs of ended jobs on this machine."""
    log_file: str = ""
    job: str = field(default="", metadata={"flag_only": True})
    """Open this job at start."""
    token: str = field(default="", repr=False, metadata={"flag_only": True})
    """Given by `--token` only; never read from or written to a file."""
    demo: bool = field(default=False, metadata={"flag_only": True})


def load_settings(
    typed: Mapping[str, Any], environment: Mapping[str, str], config_file: Path | None = None
) -> Settings:
    """Merge the four sources.

    Raises SettingsError for an unknown key, a value of the wrong kind, or a file that cannot be read; a
    missing file is an error only when the user named it.
    """
    known = {item.name for item in fields(Settings) if not item.metadata.get("flag_only")}
    file_only = {item.name for item in fields(Settings) if item.metadata.get("file_only")}
    merged: dict[str, Any] = {}
    path = config_file or config_dir(environment) / "config.toml"
    for key, value in _read_file(path, must_exist=config_file is not None).items():
        if key not in known:
            raise SettingsError(f"{path}: unknown key “{key}”{_nearest(key, known)}")
        merged[key] = _parsed(key, value, str(path))
    if endpoint := environment.get("HF_ENDPOINT", "").strip():
        merged["endpoint"] = _parsed("endpoint", endpoint, "HF_ENDPOINT")
    for key in known:
        if key in file_only:
            continue
        variable = ENVIRONMENT_PREFIX + key.upper()
        if value := environment.get(variable, "").strip():
            merged[key] = _parsed(key, value, variable)
    for key, value in typed.items():
        if value is not None:
            merged[key] = _parsed(key, value, f"--{key.replace('_', '-')}")
    return Settings(**merged)


def config_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Folder of config.toml."""
    return _home(environment, "config")


def state_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Folder of what the program remembers: drafts, sort order."""
    return _home(environment, "state")


def _home(environment: Mapping[str, str], kind: str) -> Path:
    """All files lie under `HF_JOBS_TUI_HOME` when that is set."""
    if home := environment.get(ENVIRONMENT_PREFIX + "HOME"):
        return Path(home).expanduser()
    import platformdirs

    dirs = platformdirs.PlatformDirs("hf-jobs-tui", appauthor=False)
    return dirs.user_config_path if kind == "config" else dirs.user_state_path


def _read_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        text = read_file(path).decode("utf-8-sig")
    except FileNotFoundError:
        if must_exist:
            raise SettingsError(f"{path}: no such file") from None
        return {}
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: not UTF-8 text") from None
    from .domain.toml import read_toml  # most have no such file, and every start would pay for it

    try:
        return read_toml(text)
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from error


def _nearest(key: str, known: set[str]) -> str:
    close = nearest(key, sorted(known))
    return f"; did you mean “{close}”?" if close else f"; known keys are {', '.join(sorted(known))}"


_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _parsed(key: str, value: Any, source: str) -> Any:
    if key == "refresh":
        return _refresh(value, source)
    if key == "endpoint":
        return _endpoint(value, source)
    if key in {"read_only", "ascii", "low_bandwidth", "demo", "mouse", "keep_logs"}:
        word = str(value).lower()
        if word not in _TRUE | _FALSE:
            raise SettingsError(f"{source}: “{value}” is neither true nor false")
        return word in _TRUE
    if key == "keys":
        return _keys(value, source)
    if not isinstance(value, str):
        raise SettingsError(f"{source}: {key} must be text, not {value!r}")
    return value


def _keys(value: Any, source: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(keys, str) for keys in value.values()):
        raise SettingsError(f'{source}: [keys] holds lines like "jobs.cancel" = "x,delete"')
    return dict(value)


def _refresh(value: Any, source: str) -> float | None:
    if str(value).lower() in {"off", "false"}:
        return None
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = float("nan")
    if not MIN_REFRESH_SECONDS <= seconds <= 86_400:
        raise SettingsError(f"{source}: refresh must be “off” or a number of seconds from 1, not “{value}”")
    return seconds


def _endpoint(value: Any, source: str) -> str:
    from urllib.parse import urlsplit

    text = str(value).strip().rstrip("/")
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or not text.isprintable() or " " in text:
        raise SettingsError(f"{source}: “{text}” is no address like {HUB_ENDPOINT}")
    return text

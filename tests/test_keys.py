"""The table of keys, and what is made from it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tui.app import JobsApp
from tui.keys import ACTIONS, SCOPE_TITLES, KeyTableError, Scope, actions, key_table, with_keys
from tui.screens.activity import ActivityScreen
from tui.screens.compose import ComposeScreen
from tui.screens.details import DetailsScreen
from tui.screens.hardware import HardwareScreen
from tui.screens.job import JobScreen
from tui.screens.jobs import JobsScreen
from tui.screens.logs import LogsScreen
from tui.screens.logs_dialog import JoinedDialog
from tui.screens.schedules import SchedulesScreen
from tui.widgets.log_pane import LogPane


def test_every_id_is_there_once() -> None:
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []


@pytest.mark.parametrize(
    "together",
    [
        ("jobs", "move", "app"),
        ("job", "log", "app"),
        ("details", "job", "app"),
        ("compose", "app"),
        ("schedules", "list", "move", "app"),
        ("hardware", "list", "move", "app"),
        ("activity", "list", "move", "app"),
    ],
    ids="+".join,
)
def test_no_two_actions_of_a_screen_share_a_key(together: tuple[Scope, ...]) -> None:
    keys = [key for scope in together for action in actions(scope) for key in action.keys.split(",")]
    shared = {key for key, count in Counter(keys).items() if count > 1}
    if "log" in together:
        assert shared == set("12345"), "in a log digits are windows; the log has the focus there"
    else:
        assert shared <= ({"escape", "ctrl+z"} if "compose" in together else set())


def test_every_action_of_a_screen_is_carried_out_by_it() -> None:
    owners: dict[Scope, type] = {
        "jobs": JobsScreen,
        "job": JobScreen,
        "details": DetailsScreen,
        "logs": LogsScreen,
        "joined": JoinedDialog,
        "compose": ComposeScreen,
        "log": LogPane,
        "schedules": SchedulesScreen,
        "hardware": HardwareScreen,
        "activity": ActivityScreen,
        "list": ActivityScreen,
        "app": JobsApp,
    }
    for scope, owner in owners.items():
        for action in actions(scope):
            place, _, name = action.action.split("(")[0].rpartition(".")
            target = {"screen": JobScreen, "app": JobsApp}.get(place, owner)
            assert hasattr(target, f"action_{name}"), action.id


def test_what_destroys_also_writes() -> None:
    assert all(action.writes for action in ACTIONS if action.dangerous)


def test_the_table_in_words_holds_every_action() -> None:
    table = key_table()
    assert all(action.tooltip in table for action in ACTIONS)
    assert all(title in table for title in SCOPE_TITLES.values())


def test_the_readme_shows_the_keys_as_they_are() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert key_table() in readme, "run python scripts/readme.py"


def test_a_user_gives_an_action_other_keys() -> None:
    changed = with_keys(ACTIONS, {"jobs.cancel": "x, delete", "jobs.filter": "?,/"} | {"app.help": "f1"})
    by_id = {action.id: action for action in changed}
    assert by_id["jobs.cancel"].keys == "x,delete"
    assert by_id["jobs.filter"].keys == "question_mark,slash"
    assert by_id["jobs.open"] == next(action for action in ACTIONS if action.id == "jobs.open")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"jobs.cancle": "x"}, "did you mean “jobs.cancel”?"),
        ({"jobs.cancel": "n"}, "the key of jobs.cancel and of jobs.new"),
        ({"jobs.cancel": "ctrl+c"}, "app.quit"),
        ({"jobs.cancel": ""}, "no list of keys"),
    ],
)
def test_keys_that_cannot_be_given_are_said(keys: dict[str, str], words: str) -> None:
    with pytest.raises(KeyTableError, match=re.escape(words)):
        with_keys(ACTIONS, keys)

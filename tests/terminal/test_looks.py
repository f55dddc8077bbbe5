"""Settings that shape what goes to the terminal, in a real one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal

COLOUR = re.compile(rb"\x1b\[[0-9;:]*(?<![0-9])(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:m]")


def hub_environment(hub: LocalHub) -> dict[str, str]:
    return {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token}


@pytest.mark.parametrize(
    ("arguments", "variables", "coloured"),
    [((), {}, True), ((), {"NO_COLOR": "1"}, False), (("--theme", "mono"), {}, False)],
)
def test_no_color_is_mono(
    hub: LocalHub, arguments: tuple[str, ...], variables: dict[str, str], coloured: bool
) -> None:
    hub.add_job(name="lost", stage="ERROR")
    with Terminal(*arguments, environment={**hub_environment(hub), **variables}) as t:
        t.sees("✗ error", beside="lost")
        t.press("ctrl+c")
        t.ends()
    assert bool(COLOUR.search(t.raw)) == coloured


@pytest.mark.parametrize(("arguments", "mouse"), [((), True), (("--no-mouse",), False)])
def test_the_mouse_can_be_left_to_the_terminal(
    hub: LocalHub, arguments: tuple[str, ...], mouse: bool
) -> None:
    with Terminal(*arguments, environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        t.press("ctrl+c")
        t.ends()
    assert (b"\x1b[?1000h" in t.raw) == mouse


def test_other_keys_by_the_config_file(hub: LocalHub, own_environment: Path) -> None:
    config = own_environment / "config.toml"
    config.write_text('[keys]\n"jobs.filter" = "F3,/"\n"jobs.refresh" = "x"\n'.replace("F3", "f3"))
    hub.add_job(name="train")
    with Terminal("--config", str(config), environment=hub_environment(hub)) as t:
        t.sees("train")
        t.sees("f3 filter")
        t.press("\x1bOR")
        t.sees("words  status:running")
        t.press("ctrl+c")
        t.ends()


def test_keys_that_cannot_be_given_are_said(hub: LocalHub, own_environment: Path) -> None:
    config = own_environment / "config.toml"
    config.write_text('[keys]\n"jobs.fliter" = "x"\n')
    with Terminal("--config", str(config), environment=hub_environment(hub)) as t:
        code, words = t.ends()
    assert code == 2
    assert "did you mean “jobs.filter”?" in words

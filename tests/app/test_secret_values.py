"""What the Hub receives for what guides and files have in place of secrets, if anything is sent at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.app.test_compose import opened
from tests.app.test_submit import filled
from tests.driver import SMALL, USUAL, Dashboard, dashboard
from tests.local_hub import TEST_TOKEN, LocalHub
from tui.spec.draft import Draft, SecretPair
from tui.spec.secret import Secret
from tui.widgets.pairs_editor import PairsEditor

HERE = {"MY_KEY": "of this machine", "DATA_DIR": "/data/here"}
LOGIN = TEST_TOKEN
"""What the dashboard of a test is logged in with."""


@dataclass(frozen=True)
class Row:
    """Options of an `hf` line as pasted, and what must come of them."""

    options: str
    secrets: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    blocked: str = ""
    """Why nothing is sent; empty when something is."""

    said: str = ""
    """What the submit dialog says of it."""


TAKEN = {"HF_TOKEN": LOGIN}
SENT = [
    Row("-s HF_TOKEN", TAKEN, said="HF_TOKEN (login)"),
    Row("--secrets HF_TOKEN=$HF_TOKEN", TAKEN, said="HF_TOKEN (login)"),
    Row('--secrets "HF_TOKEN=${HF_TOKEN}"', TAKEN, said="HF_TOKEN (login)"),
    Row("--secrets HF_TOKEN='$HF_TOKEN'", TAKEN, said="HF_TOKEN (login)"),
    Row("--secrets HF_TOKEN={token}", TAKEN, said="HF_TOKEN (login)"),
    Row("--secrets HF_TOKEN={HF_TOKEN}", TAKEN, said="HF_TOKEN (login)"),
    Row("--secrets HF_TOKEN=", TAKEN, said="HF_TOKEN (login)"),
    Row("--secrets HF_TOKEN=%HF_TOKEN%", TAKEN),
    Row("--secrets HF_TOKEN=$env:HF_TOKEN", TAKEN),
    Row("--secrets HF_TOKEN=$(hf auth token)", TAKEN),
    Row('--secrets HF_TOKEN={os.environ["MY_KEY"]}', {"HF_TOKEN": HERE["MY_KEY"]}),
    Row("--secrets API_KEY=$MY_KEY", {"API_KEY": HERE["MY_KEY"]}, said="API_KEY (environment $MY_KEY)"),
    Row("--secrets API_KEY=$HF_TOKEN", {"API_KEY": LOGIN}, said="API_KEY (login)"),
    Row("--secrets API_KEY=s3cr3t-v4lu3", {"API_KEY": "s3cr3t-v4lu3"}, said="API_KEY (typed)"),
    Row("--secrets 'DB=pa$$word'", {"DB": "pa$$word"}, said="DB (typed)"),
    Row(
        "-e DATA=$DATA_DIR",
        environment={"DATA": "/data/here"},
        said="DATA=/data/here (environment $DATA_DIR)",
    ),
    Row("-e 'DATA=${DATA_DIR}'", environment={"DATA": "/data/here"}),
    Row("-e 'ALL=$DATA_DIR:/x'", environment={"ALL": "$DATA_DIR:/x"}, said="ALL=$DATA_DIR:/x"),
    Row("-e 'CMD=echo $HOME'", environment={"CMD": "echo $HOME"}),
    Row("--secrets-file references.env", {"HF_TOKEN": LOGIN, "API_KEY": HERE["MY_KEY"]}),
    Row("--secrets-file sound.env", {"API_KEY": "s3cr3t-v4lu3"}, said="API_KEY (file sound.env)"),
    Row("--env-file variables.env", environment={"DATA": "/data/here", "MODE": "fast"}),
]
BLOCKED = [
    Row("--secrets API_KEY=$NOWHERE", blocked="“NOWHERE” is not set here"),
    Row("--secrets wandb_key", blocked="“wandb_key” is not set here"),
    *(
        Row(f"--secrets HF_TOKEN={value}", blocked=f"“HF_TOKEN” {why}")
        for value, why in {
            "HF_TOKEN": "holds the name of a variable",
            "your-token-here": "holds the sample text",
            "<your token>": "holds the sample text",
            "changeme": "holds the sample text",
            "hf_***": "holds a token that was shortened",
            "hf_xxx": "holds a token that was shortened",
            "hf_...": "holds a token that was shortened",
            "***": "holds a token that was shortened",
            "op://vault/item/token": "refers to a secret manager",
            "vault:secret/hf#token": "refers to a secret manager",
            "encrypted:BGx9": "is encrypted",
            "$(cat token.txt)": "holds a shell command",
            "`cat token.txt`": "holds a shell command",
            "${{ secrets.HF_TOKEN }}": "holds an expression",
        }.items()
    ),
    Row("-e API_KEY=your-key-here", blocked="“API_KEY” holds the sample text"),
    Row("-e API_KEY=op://vault/item/key", blocked="“API_KEY” refers to a secret manager"),
    Row("-e HF_TOKEN=$HF_TOKEN", blocked="HF_TOKEN belongs to the secrets"),
    Row("-e DATA=$NOWHERE", blocked="“NOWHERE” is not set here"),
    Row("--secrets-file placeholders.env", blocked="“HF_TOKEN” in placeholders.env is encrypted"),
    Row("--secrets-file empty.env", blocked="“HF_TOKEN” in empty.env has an empty value"),
    Row("--env-file placeholders.env", blocked="“HF_TOKEN” in placeholders.env is encrypted"),
]
FILES = {
    "references.env": "HF_TOKEN=$HF_TOKEN\nAPI_KEY=${MY_KEY}\n",
    "sound.env": "API_KEY=s3cr3t-v4lu3\n",
    "variables.env": "DATA=$DATA_DIR\nMODE=fast\n",
    "placeholders.env": "HF_TOKEN=encrypted:BGx9abc\n",
    "empty.env": "HF_TOKEN=\n",
}


@pytest.fixture
def here(own_environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files of values, on a machine with two variables and a login."""
    for name in ("HF_TOKEN", "token", "NOWHERE", "wandb_key"):
        monkeypatch.delenv(name, raising=False)
    for name, value in HERE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o600)
    return tmp_path


def posted(hub: LocalHub) -> list[dict[str, Any]]:
    """The bodies of the requests for jobs."""
    return [one.json for one in hub.requests if one.method == "POST" and one.path.startswith("/api/jobs/")]


@pytest.mark.parametrize("row", SENT, ids=[row.options for row in SENT])
async def test_a_reference_is_sent_as_the_value_of_this_machine(hub: LocalHub, here: Path, row: Row) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, f"hf jobs run --name job {row.options} ubuntu true")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.says(row.said)
        for value in row.secrets.values():
            assert value not in t.screen_text
        await t.press("y")
        await t.until(lambda: bool(posted(hub)) and t.app.composer is None, "the request answered")
    (body,) = posted(hub)
    assert same(body.get("secrets", {}), row.secrets)
    assert body["environment"] == row.environment


def same(sent: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether they are equal; a failure prints no value."""
    return sent == wanted


@pytest.mark.parametrize("row", BLOCKED, ids=[row.options for row in BLOCKED])
async def test_a_placeholder_is_not_sent(hub: LocalHub, here: Path, row: Row) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, f"hf jobs run --name job {row.options} ubuntu true")
        await t.press("ctrl+j")
        await t.says(row.blocked)
        assert "Submit this job?" not in t.screen_text
    assert posted(hub) == []


async def test_the_token_may_be_named_in_the_command(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        line = "hf jobs run --name job --secrets HF_TOKEN=$HF_TOKEN ubuntu sh -c 'echo $HF_TOKEN | wc -c'"
        await filled(t, line)
        assert "stands in the command" not in t.words
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.until(lambda: bool(posted(hub)) and t.app.composer is None, "the request answered")
    (body,) = posted(hub)
    assert body["command"] == ["sh", "-c", "echo $HF_TOKEN | wc -c"]
    assert same(body["secrets"], TAKEN)


async def test_a_reference_typed_in_a_row_is_read_and_said_there(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        editor = screen.query_one("#secrets", PairsEditor)
        editor.rows[0].name_input.focus()
        await t.pilot.pause()
        await t.type("API_KEY")
        await t.press("tab")
        await t.type("$MY_KEY")
        await t.until(lambda: source_shown(t), "the source")
        await t.says('-s "API_KEY=$MY_KEY"')
        await t.says("API_KEY: $MY_KEY from your environment")
        await t.type("x")
        assert "$MY_KEYx" not in t.screen_text
        await t.press("backspace")
        await t.until(lambda: source_shown(t), "the source")


def source_shown(t: Dashboard) -> bool:
    """Whether the row of the secret says where the value comes from."""
    return "= $MY_KEY environment" in t.words


async def test_another_text_is_masked_before_it_is_painted(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, "hf jobs run -s 'API_KEY=$MY_KEY' ubuntu true")
        await t.sees("$MY_KEY")
        value = screen.query_one("#secrets", PairsEditor).rows[0].value_input
        value.value = "s3cr3t-v4lu3"
        assert value.password
        await t.pilot.pause()
        assert "s3cr3t" not in t.screen_text


async def test_a_key_takes_the_value_from_this_machine(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, "hf jobs run --name job -s HF_TOKEN=your-token-here ubuntu true")
        await t.press("ctrl+j")
        await t.says("“HF_TOKEN” holds the sample text of a guide")
        await t.sees("f6 from here")
        await t.press("f6")
        await t.says("HF_TOKEN: taken from this machine")
        await t.sees("from your login")
        assert screen.form.draft().secrets == (SecretPair("HF_TOKEN"),)
        await t.press("ctrl+j")
        await t.sees("HF_TOKEN (login)")
        await t.press("y")
        await t.until(lambda: bool(posted(hub)) and t.app.composer is None, "the request answered")
    assert same(posted(hub)[0]["secrets"], TAKEN)


async def test_the_key_moves_a_token_out_of_the_variables(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, "hf jobs run -e LR=1 -e HF_TOKEN=$HF_TOKEN ubuntu true")
        await t.press("ctrl+j")
        await t.says("HF_TOKEN belongs to the secrets")
        await t.press("f6")
        await t.until(lambda: screen.form.draft().secrets == (SecretPair("HF_TOKEN"),), "the secret")
        assert [pair.name for pair in screen.form.draft().env] == ["LR"]


async def test_the_key_puts_a_row_over_each_placeholder_of_a_file(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, "hf jobs run --name job --secrets-file placeholders.env ubuntu true")
        await t.press("ctrl+j")
        await t.says("is encrypted")
        await t.press("f6")
        await t.until(lambda: screen.form.draft().secrets == (SecretPair("HF_TOKEN"),), "the row")
        await t.press("ctrl+j")
        await t.sees("HF_TOKEN (login)")


async def test_the_key_says_when_there_is_nothing_to_take(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, "hf jobs run -s wandb_key=changeme ubuntu true")
        await t.press("ctrl+j")
        await t.says("“wandb_key” holds the sample text")
        await t.press("f6")
        await t.says("wandb_key is not set here: export it and start again")
        assert not any("taken from this machine" in said for said in t.toasts())


async def test_the_key_answers_where_there_is_no_value(hub: LocalHub, here: Path) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await opened(t)
        assert "f6 from here" not in t.screen_text
        await t.press("f6")
        await t.says("Put the cursor into a variable or secret")


async def test_a_preset_keeps_a_reference_but_no_value(hub: LocalHub, here: Path) -> None:
    draft = Draft(
        kind="image",
        image="ubuntu",
        command="true",
        secrets=(SecretPair("API_KEY", Secret("$MY_KEY")), SecretPair("OTHER", Secret("s3cr3t-v4lu3"))),
    )
    async with dashboard(hub, size=USUAL) as t:
        t.app.shelf.keep_preset("mine", draft)
        await opened(t)
        await t.press("ctrl+o", "enter")
        await t.sees("$MY_KEY")
        text = next(t.app.shelf.presets_folder.glob("*.toml")).read_text()
    assert '"API_KEY=$MY_KEY"' in text
    assert "s3cr3t" not in text


async def test_what_is_sent_is_listed_and_can_be_scrolled(hub: LocalHub, here: Path) -> None:
    many = " ".join(f"-s SECRET_{number:02}=value-{number}" for number in range(30))
    variables = " ".join(f"-e VARIABLE_{number:02}={'v' * 60}" for number in range(30))
    line = f"hf jobs run --name job {many} {variables} -e DB_TOKEN=clear-token -l team=ml -l solo"
    async with dashboard(hub, size=SMALL) as t:
        await filled(t, f"{line} -v hf://datasets/org/ds:/ds ubuntu echo {'word ' * 60}")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.sees("y = yes")
        await t.press(*["down"] * 12)
        await t.says("more")
        await t.says("dataset org/ds at /ds")
        await t.says("team=ml, solo")
        assert "clear-token" not in t.screen_text
        await t.press(*["up"] * 12)
        await t.sees("job         ")
        await t.press("escape")


async def test_a_file_that_others_can_read_is_said(hub: LocalHub, here: Path) -> None:
    (here / "sound.env").chmod(0o644)
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, "hf jobs run --name job --secrets-file sound.env ubuntu true")
        await t.sees("sound.env can be read by others here")
        await t.sees("(mode 644): chmod 600 sound.env")


async def test_a_job_taken_up_again_sends_its_variables_as_they_were(hub: LocalHub, here: Path) -> None:
    hub.add_job(
        stage="COMPLETED",
        name="past",
        environment={"DATA": "$DATA_DIR"},
        command=("true",),
        docker_image="ubuntu",
    )
    async with dashboard(hub, size=USUAL) as t:
        await t.row_says("past", "completed")
        await t.press("e")
        await t.sees("New job")
        await t.sees("$DATA_DIR")
        await t.press("ctrl+j")
        await t.says("DATA=$DATA_DIR")
        await t.press("y")
        await t.until(lambda: bool(posted(hub)) and t.app.composer is None, "the request answered")
    assert posted(hub)[0]["environment"] == {"DATA": "$DATA_DIR"}

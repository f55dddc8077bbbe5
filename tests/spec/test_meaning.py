"""What a value stands for is told by its form: a reference, a placeholder, or itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.spec.meaning import Placeholder, Reference, alike, meaning, plain_reference


def variable_of(name: str, value: str, *, is_secret: bool = True) -> str | None:
    meant = meaning(name, value, is_secret=is_secret)
    return meant.variable if isinstance(meant, Reference) else None


@pytest.mark.parametrize("is_secret", [True, False])
@pytest.mark.parametrize(
    ("value", "variable"),
    [
        ("$HF_TOKEN", "HF_TOKEN"),
        (" ${HF_TOKEN} ", "HF_TOKEN"),
        ("'$HF_TOKEN'", "HF_TOKEN"),
        ('"${HF_TOKEN}"', "HF_TOKEN"),
        ("${HF_TOKEN:?is not set}", "HF_TOKEN"),
        ("${HF_TOKEN:-}", "HF_TOKEN"),
        ("$wandb_key", "wandb_key"),
        ("%HF_TOKEN%", "HF_TOKEN"),
        ("$env:HF_TOKEN", "HF_TOKEN"),
        ("$Env:HF_TOKEN", "HF_TOKEN"),
        ("${env:HF_TOKEN}", "HF_TOKEN"),
        ("{HF_TOKEN}", "HF_TOKEN"),
        ('{os.environ["X"]}', "X"),
        ("{os.environ[X]}", "X"),
        ("{os.environ['X']}", "X"),
        ("os.environ['X']", "X"),
        ("{os.environ.get('X', '')}", "X"),
        ('{os.getenv("X")}', "X"),
        ("${process.env.X}", "X"),
        ("$(printenv X)", "X"),
        ("$(echo $X)", "X"),
        ("$(hf auth token)", "HF_TOKEN"),
        ("`hf auth token`", "HF_TOKEN"),
        ("$(cat ~/.cache/huggingface/token)", "HF_TOKEN"),
        ("{get_token()}", "HF_TOKEN"),
        ("{huggingface_hub.get_token()}", "HF_TOKEN"),
    ],
)
def test_a_reference_names_a_variable_of_this_machine(value: str, variable: str, is_secret: bool) -> None:
    assert variable_of("HF_TOKEN", value, is_secret=is_secret) == variable


PLACEHOLDERS = [
    *("HF_TOKEN", "hf_token", "OPENAI_API_KEY", "token", "YOUR_HF_TOKEN", "YOUR_TOKEN"),
    *("your-token-here", "your_api_key", "yourtoken", "YourTokenHere", "hf_your_token_here", "hf_YOUR_TOKEN"),
    *("<your token>", "<token>", "<HF_TOKEN>", "<your-huggingface-token>", "hf_<token>", "Bearer <token>"),
    *("[your token]", "insert-token-here", "paste your token here", "enter_token", "add_your_token"),
    *("changeme", "change-me", "CHANGE_ME", "replace_me", "replace-with-your-key", "my-token", "my_api_key"),
    *("todo", "TBD", "placeholder", "None", "null", "undefined"),
    *("hf_***", "hf_****", "hf_xxx", "hf_XXXXXXXXXX", "hf_...", "hf_…", "hf_abc...xyz", "hf_aB3••••"),
    *("sk-...", "sk-xxxx", "sk-proj-***", "ghp_xxxxxxxx", "***", "*****", "xxx", "XXXX", "...", "…", "•••"),
    *(
        "op://vault/item/field",
        "op+test://x/y",
        "vault:secret/data/x#key",
        "vault://x",
        "bw://x",
        "awssm://x",
    ),
    *("ref+vault://path#key", "arn:aws:secretsmanager:us-east-1:1:secret:x", "projects/p/secrets/s"),
    *("encrypted:BGx9abc", "ENC[AES256_GCM,data:x,iv:y]", "$ANSIBLE_VAULT;1.1;AES256\n6162"),
    *(
        "$(cat file)",
        "`cat file`",
        "<(cat file)",
        "$(pass show hf)",
        "${HF_TOKEN:-fallback}",
        "${HF_TOKEN##x}",
    ),
    *("${{ secrets.HF_TOKEN }}", "{{ token }}", "{{HF_TOKEN}}", "{args.token}", "{token!r}", "%(token)s"),
    '{userdata.get("HF_TOKEN")}'.replace('"', "'"),
]


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_a_placeholder_is_told_by_its_form(value: str) -> None:
    meant = meaning("HF_TOKEN", value)
    assert isinstance(meant, Placeholder)
    assert value.casefold() not in meant.reason.casefold() or value in ("token", "todo")


VALUES = [
    *(
        "pa$$word",
        "p@$$w0rd",
        "$2b$12$abcdefghijklmnopqrstuv",
        "abc$HOME",
        "Pa$word",
        "$up3rS3cret!",
        "US$100",
    ),
    *('{"type": "service_account", "private_key": "x"}', '{"a":1}', "{}", "[1, 2]", "<xml>a</xml>"),
    *("dGVzdA==", "hf_" + "aB3" * 11, "hf_test_token", "hf_" + "xaXbxxc" * 5, "s3cr3t-v4lu3", "hunter2"),
    *("https://user:pw@host/x", "postgres://a:b@c/d", "redis://x", "s3://bucket/key", "file:///run/x"),
    *("1234", "3.5", "true", "false", "none", "EMPTY", "dummy", "password", "secret", "psswrd", "test"),
    *("/run/secrets/x", "~/x", "./token", "C:\\token", "a,b,c", "@daily", "2026-01-02"),
    *("correct horse battery staple", "key of here", "your.name@example.com", "everywhere", "monkey"),
    *("Tr0ub4dor&3", "abc%def%", "100%", "x", "xx", "", " ", "*", "-"),
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----",
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_no_placeholder(value: str) -> None:
    assert meaning("DB_PASSWD", value) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PATH", "$PATH:/x"),
        ("CMD", "echo $HOME"),
        ("HOME_OF", "${BASE}/a"),
        ("MODE", "***"),
        ("MODE", "None"),
        ("VAR", "HF_TOKEN"),
        ("TOKEN_VARIABLE", "HF_TOKEN"),
        ("MODE", "mode"),
        ("DEBUG", ""),
    ],
)
def test_of_a_variable_more_is_taken_for_a_value(name: str, value: str) -> None:
    assert meaning(name, value, is_secret=False) is None


def test_a_variable_named_like_a_secret_is_looked_at_as_one() -> None:
    assert isinstance(meaning("API_KEY", "***", is_secret=False), Placeholder)
    assert isinstance(meaning("HF_TOKEN", "HF_TOKEN", is_secret=False), Placeholder)
    unmistakable = meaning("NAME", "<your name>", is_secret=False)
    assert isinstance(unmistakable, Placeholder)
    assert unmistakable.unmistakable


def test_a_field_of_a_template_is_one_of_this_machine_only_by_its_name() -> None:
    assert meaning("FORMAT", "{epoch}", is_secret=False) == Reference("epoch", sure=False, loose=True)
    assert meaning("LR", "{lr}", is_secret=False) == Reference("lr", loose=True)
    assert meaning("HF_TOKEN", "{token}") == Reference("token", loose=True)


def test_a_password_that_begins_with_a_dollar_is_a_variable_only_if_there_is_one() -> None:
    assert meaning("DB_PASSWORD", "$ecretThing9") == Reference("ecretThing9", sure=False)
    assert meaning("DB_PASSWORD", "$ecret") == Reference("ecret", sure=False)
    assert meaning("EPOCHS", "$n", is_secret=False) == Reference("n")
    assert plain_reference("DB_PASSWORD", "$ecretThing9") is None
    assert plain_reference("HF_TOKEN", "$hfToken") == "hfToken"


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("HF_TOKEN", "token", True),
        ("HF_TOKEN", "hfToken", True),
        ("WANDB_API_KEY", "wandb_key", True),
        ("MODEL", "model_name", True),
        ("HF_TOKEN", "wandb_key", False),
        ("A", "", False),
    ],
)
def test_names_that_are_alike(name: str, other: str, same: bool) -> None:
    assert alike(name, other) is same


@given(value=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_has_a_meaning(value: str) -> None:
    meaning("HF_TOKEN", value)
    meaning("X", value, is_secret=False)


@given(value=st.text("$(){}<>[]`%'\"xX._-*…:/yourtkenhe ", max_size=2000))
def test_no_text_takes_long(value: str) -> None:
    meaning("HF_TOKEN", value)


@given(value=st.from_regex(r"[A-Za-z0-9+/]{20,60}={0,2}", fullmatch=True))
def test_a_random_value_is_itself(value: str) -> None:
    assert meaning("KEY", value) is None

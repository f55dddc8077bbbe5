"""Lines as people paste them: what is read, and what is said of the rest."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.spec.draft import Draft, Pair, SecretPair, keep_secret_values
from tui.spec.parse import parse
from tui.spec.secret import Secret
from tui.spec.shell import split_line


def read(line: str) -> Draft:
    """The draft of a line that leaves nothing to say."""
    parsed = parse(line)
    assert parsed.draft is not None
    assert parsed.notes == ()
    return parsed.draft


def said_of(line: str) -> dict[str, str]:
    return {note.piece: note.why for note in parse(line).notes}


@pytest.mark.parametrize(
    "line",
    [
        "hf jobs run ubuntu echo hi",
        "$ hf jobs run ubuntu echo hi",
        ">>> hf jobs run ubuntu echo hi",
        "!hf jobs run ubuntu echo hi\n",
        "uvx hf jobs run ubuntu echo hi",
        "uvx --from huggingface_hub hf jobs run ubuntu echo hi",
        "  \n# say hi\n```bash\n$ hf jobs run ubuntu echo hi\n```\n",
        "hf jobs run \\\n  ubuntu \\\r\n  echo hi",
        "hf jobs run ubuntu -- echo hi",
        "hf jobs run -- ubuntu echo hi",
    ],
)
def test_a_line_is_read_however_it_was_copied(line: str) -> None:
    assert read(line) == Draft(kind="image", image="ubuntu", command="echo hi")


def test_the_kinds_are_told_apart() -> None:
    assert read("hf jobs run hf.co/spaces/a/b x").space == "hf.co/spaces/a/b"
    assert read("hf jobs run ubuntu sh -c 'a && b'").shell
    assert read("hf jobs run ubuntu sh -c 'a && b'").command == "a && b"
    script = read("hf jobs uv run runs/train.py --steps '3 4'")
    assert (script.kind, script.script, script.command) == ("uv-script", "runs/train.py", "--steps '3 4'")
    assert read("hf jobs uv run https://x.org/train").kind == "uv-script"
    command = read("hf jobs uv run python -c 'print(1)'")
    assert (command.kind, command.command) == ("uv-command", "python -c 'print(1)'")


def test_a_secret_typed_in_a_line_is_kept_as_one() -> None:
    draft = read("hf jobs run -s HF_TOKEN -sWANDB='a b' ubuntu x")
    assert draft.secrets == (SecretPair("HF_TOKEN"), SecretPair("WANDB", Secret("a b")))
    earlier = Draft(
        secrets=(SecretPair("HF_TOKEN", Secret("typed before")), SecretPair("WANDB", Secret("old")))
    )
    assert keep_secret_values(draft, earlier).secrets == (
        SecretPair("HF_TOKEN", Secret("typed before")),
        SecretPair("WANDB", Secret("a b")),
    )


def test_a_bare_variable_is_taken_from_here_when_built() -> None:
    assert read("hf jobs run -e A1 -e B1= ubuntu x").env == (Pair("A1", None), Pair("B1", ""))


@pytest.mark.parametrize(
    ("line", "piece", "why"),
    [
        ("HF_TOKEN=abc hf jobs run ubuntu x", "HF_TOKEN=…", "not used here"),
        ("hf jobs run --token abc ubuntu x", "--token …", "a token is not taken"),
        ("hf jobs run -d ubuntu x", "-d", "no meaning here"),
        ("hf jobs run --dry-run ubuntu x", "--dry-run", "no meaning here"),
        ("hf jobs run --format=json ubuntu x", "--format …", "no meaning here"),
        ("hf jobs run -h ubuntu x", "-h", "starts nothing"),
        ("hf jobs run ubuntu ls -la", "-l", "after the command"),
        ("hf jobs uv run train.py --name x", "--name", "after the command"),
        ("hf jobs scheduled run @daily ubuntu ls -e A1=2", "-e", "after the command"),
        ("hf jobs run --with trl ubuntu x", "--with", "takes it for the image"),
        ("hf jobs uv run --pyth 3.11 x.py", "--pyth", "not an option of uv"),
        ("hf jobs uv run -q x.py", "-q", "`hf` takes it for itself"),
        ("hf jobs uv run -v x.py", "-v", "write --verbose"),
        ("hf jobs uv run -s x.py", "-s", "write --script"),
        ("hf jobs scheduled run --ssh @daily ubuntu x", "--ssh", "takes it for the schedule"),
        ("hf jobs run --name a --name b ubuntu x", "--name", "the last one counts"),
        ("hf jobs run --timeout 1h --timeout 2h ubuntu x", "--timeout", "the last one counts"),
        ("hf jobs run -e AB=1 -e AB=2 ubuntu x", "-e AB", "the last one counts"),
        ("hf jobs run -e =x ubuntu x", "-e …", "no NAME"),
        ("hf jobs run --ssh=1 ubuntu x", "--ssh", "takes no value"),
        ("hf jobs run ubuntu x --name", "--name", "has no value"),
        ("hf jobs run ubuntu x -e", "-e", "has no value"),
        ("hf jobs run ubuntu x | tee log", "| tee log", "left out"),
        ("hf jobs run ubuntu x && export A=secret", "&& export A=…", "left out"),
        ("hf jobs run ubuntu x 2>&1", "2>&1", "left out"),
        ("hf jobs run ubuntu x # note", "# note", "left out"),
        ("hf jobs run ubuntu x\nhf jobs ps", "hf jobs ps", "left out"),
        ("hf jobs run ubuntu 'x", "…", "never closed"),
        ("hf jobs run ubuntu cat $HOME", "$HOME", "a shell"),
        ("hf jobs run -e AB=$(id) ubuntu x", "AB=…", "a shell"),
        ('hf jobs run ubuntu "a `b`"', "a `b`", "a shell"),
        ("hf jobs run ubuntu ls *.py", "*.py", "a shell"),
    ],
)
def test_what_is_not_taken_as_it_stands_is_said(line: str, piece: str, why: str) -> None:
    assert why in said_of(line)[piece]


@pytest.mark.parametrize("text", ["", "  ", "ls", "hf", "hf jobs", "hf jobs ps", "hf auth login", "A=b", "'"])
def test_any_other_text_is_no_line(text: str) -> None:
    parsed = parse(text)
    assert parsed.draft is None
    assert "no `hf jobs run`" in parsed.notes[-1].why


def test_a_note_shows_no_token() -> None:
    token = "hf_" + "aB3" * 10
    assert token not in repr(parse(f"echo {token}"))
    assert token not in repr(parse(f"hf jobs run ubuntu x; login {token}"))


@given(
    words=st.lists(
        st.text(alphabet=st.characters(exclude_characters="\r"), max_size=8), min_size=1, max_size=5
    )
)
@settings(max_examples=200)
def test_words_are_those_of_a_shell(words: list[str]) -> None:
    line = split_line(shlex.join(words))
    assert [word.text for word in line.words] == words
    assert (line.rest, line.is_open) == ("", False)
    assert not any(word.expands for word in line.words)


@given(text=st.text(alphabet="ab \\\"'", max_size=12))
@settings(max_examples=300)
def test_quotes_and_backslashes_mean_what_they_do_in_a_shell(text: str) -> None:
    line = split_line(text)
    try:
        words = shlex.split(text)
    except ValueError:
        assert line.is_open or text.endswith("\\")
    else:
        assert [word.text for word in line.words] == words


def test_ansi_c_quotes_are_read() -> None:
    assert split_line(r"a$'\n\'x'b").words[0].text == "a\n'xb"
    assert split_line("$'a").is_open

"""What was typed stays as it was typed, wherever a shell reads the same in it."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.spec.draft import Draft
from tui.spec.line import hf_line
from tui.spec.parse import keep_spelling, parse
from tui.spec.quoting import join, quote, spelled, split
from tui.spec.shell import split_line

TYPED = [
    "python -c \"print('hi')\"",
    "python -c 'print(\"hi\")'",
    "python -c 'print(1)'",
    'echo "two words" plain',
    r"echo two\ words",
    "echo 'a'b\"c\"",
    "python train.py --lr 3 'x'",
    "echo héllo",
]


@pytest.mark.parametrize("command", TYPED)
@pytest.mark.parametrize("kind", ["image", "uv-command"])
def test_quotes_typed_in_the_form_come_back_from_the_line(command: str, kind: str) -> None:
    draft = Draft(kind=kind, image="ubuntu" if kind == "image" else "", command=command)  # type: ignore[arg-type]
    line = hf_line(draft)
    assert line.endswith(command)
    again = parse(line).draft
    assert again is not None
    assert again.command == command


@pytest.mark.parametrize("command", TYPED)
def test_quotes_typed_in_a_line_come_into_the_form(command: str) -> None:
    draft = parse(f"hf jobs run ubuntu {command}").draft
    assert draft is not None
    assert draft.command == command


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("echo $HOME", "echo '$HOME'"),
        ('echo "$HOME"', "echo '$HOME'"),
        ("ls *.py", "ls '*.py'"),
        ("a | b", "a '|' b"),
        ("echo {a,b}", "echo '{a,b}'"),
        ("echo a#b", "echo 'a#b'"),
        ("echo 'open", '"echo \'open"'),
        ("cat ~/x", "cat ~/x"),
        ('echo "it\'s `x`"', "echo 'it'\"'\"'s `x`'"),
    ],
)
def test_what_a_shell_would_read_otherwise_is_quoted_for_it(typed: str, line: str) -> None:
    assert spelled(typed) == line


@pytest.mark.parametrize("typed", ["echo $HOME", "echo  'a'   b", "ls *.py | wc", 'echo "$X"', r"a\ b"])
def test_what_the_line_says_otherwise_comes_back_as_typed_unless_it_was_changed(typed: str) -> None:
    before = Draft(kind="image", image="ubuntu", command=typed)
    line = hf_line(before)
    read = parse(line.replace("ubuntu", "debian")).draft
    assert read is not None
    assert keep_spelling(read, before) == Draft(kind="image", image="debian", command=typed)
    changed = parse(f"{line} more").draft
    assert changed is not None
    assert keep_spelling(changed, before).command.endswith(" more")


@given(text=st.text(alphabet="ab \\\"'$`!*?{}~#=&;|<>()[]\n", max_size=14))
def test_a_shell_makes_the_same_words_of_what_is_shown(text: str) -> None:
    words = split(text)
    shown = split_line(spelled(text))
    if words is not None and words:
        assert tuple(word.text for word in shown.words) == words
    assert not shown.is_open
    assert not shown.rest
    assert not any(word.expands for word in shown.words)


@given(word=st.text(max_size=10))
def test_a_quoted_word_is_that_word(word: str) -> None:
    assert shlex.split(quote(word)) == [word]
    assert split(join([word, word])) == (word, word)


def test_a_word_with_an_apostrophe_is_put_in_double_quotes() -> None:
    assert quote("print('hi')") == "\"print('hi')\""
    assert quote("it's $5") == "'it'\"'\"'s $5'"

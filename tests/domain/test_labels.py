"""Labels that two people change at once."""

from __future__ import annotations

import pytest

from tui.domain.labels import LabelEdit, Overruled, merge, shared_labels, unlike_keys
from tui.presentation.label_text import change_words, conflict_words
from tui.spec.checks import RefusedError
from tui.spec.label_lines import label_lines, read_edit


def test_what_nobody_else_touched_is_simply_changed() -> None:
    seen = {"name": "train", "team": "ml", "old": "1"}
    merged = merge(LabelEdit({"team": "nlp", "new": ""}, frozenset({"old"})), seen, seen)
    assert merged.labels == {"name": "train", "team": "nlp", "new": ""}
    assert (merged.overruled, merged.theirs) == ((), ())
    assert change_words(merged) == "team=nlp (was ml), new=, old=1 removed"
    assert conflict_words(merged) == ""


def test_what_somebody_else_changed_stays_unless_it_was_edited() -> None:
    seen = {"team": "ml", "run": "1", "gone": "x", "both": "a"}
    now = {"team": "cv", "run": "2", "theirs": "y", "both": "b"}
    merged = merge(LabelEdit({"team": "nlp", "both": "b"}, frozenset({"run"})), seen, now)
    assert merged.labels == {"team": "nlp", "theirs": "y", "both": "b"}
    assert merged.overruled == (Overruled("team", "cv", "nlp"), Overruled("run", "2", None))
    assert merged.theirs == ("gone", "theirs")
    words = conflict_words(merged)
    assert "Somebody else had set team to cv meanwhile. It is nlp now, as you wrote." in words
    assert "Somebody else had set run to 2 meanwhile. It is removed now, as you wrote." in words
    assert "Somebody else has removed gone meanwhile. It stays so." in words
    assert "Somebody else has set theirs to y meanwhile. It stays so." in words
    assert "both" not in words


def test_of_several_jobs_the_shared_labels_are_edited() -> None:
    jobs = [{"team": "ml", "lr": "1"}, {"team": "ml", "lr": "2", "seed": "7"}]
    shared = shared_labels(jobs)
    assert shared == {"team": "ml"}
    assert unlike_keys(jobs, shared) == ["lr", "seed"]
    assert shared_labels([]) == {}


LABELS = {"team": "ml", "name": "train", "bare": ""}


def test_lines_that_are_left_alone_change_nothing() -> None:
    text = label_lines(LABELS)
    assert text == "name=train\nbare=\nteam=ml"
    assert not read_edit(text, LABELS)


def test_lines_are_read_with_blanks_around_them() -> None:
    edit = read_edit("name = train2 \n\nteam=ml\nlr=2e-4\nflag\n", LABELS)
    assert edit == LabelEdit({"name": "train2", "lr": "2e-4", "flag": ""}, frozenset({"bare"}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("team=ml\nna me=x", "line 2: “na me” is no label key"),
        ("team=a b", "line 1: “a b” has characters a label may not"),
        ("=x", "line 1: “” is no label key"),
        ("a=" + "x" * 101, "line 1: has 101 characters"),
        ("a=1\n\na=2", "line 3: a is there already, in line 1"),
    ],
)
def test_what_the_hub_would_refuse_is_said_with_its_line(text: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        read_edit(text, LABELS)


def test_a_label_the_hub_has_is_not_judged_and_not_changed_by_being_shown() -> None:
    odd = {"o dd": "\x1b[31mred", "team": "ml"}
    assert read_edit(label_lines(odd), odd) == LabelEdit()
    assert read_edit("team=ml", odd) == LabelEdit({}, frozenset({"o dd"}))

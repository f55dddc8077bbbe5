"""Drafts set aside come back, each of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.spec.aside import MOST_ASIDE, DraftsAside
from tui.spec.draft import Draft


def named(name: str) -> Draft:
    return Draft(kind="image", image="ubuntu", name=name)


@given(names=st.lists(st.sampled_from("abcdef"), max_size=10))
def test_each_comes_back_when_asked_often_enough(names: list[str]) -> None:
    aside, shown = DraftsAside(), named("shown")
    for name in names:
        aside.put(named(name))
    seen = set()
    for _ in names:
        shown = aside.turn(shown) or shown
        seen.add(shown.name)
    assert seen >= set(names)


def test_the_last_one_comes_first_and_nothing_empty_is_kept() -> None:
    aside = DraftsAside()
    for draft in (named("a"), named("b"), Draft()):
        aside.put(draft)
    assert aside.turn(Draft()) == named("b")
    assert aside.turn(Draft()) == named("a")
    assert aside.turn(Draft()) is None


def test_only_so_many_are_kept() -> None:
    aside = DraftsAside()
    for number in range(MOST_ASIDE + 5):
        aside.put(named(str(number)))
    back = [aside.turn(Draft()) for _ in range(MOST_ASIDE + 5)]
    assert back[MOST_ASIDE - 1] == named("5")
    assert back[MOST_ASIDE] is None

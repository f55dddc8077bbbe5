"""At least 150 sets of options, every two options together in one: the builder sends what `hf` sends."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from tests.spec.hf_command import HfCommand
from tests.spec.option_sets import PROGRAMS, OptionSet, option_sets, options_of
from tests.spec.test_contract import built, same_files, sent_by_us
from tui.spec.line import hf_line
from tui.spec.parse import parse

SETS = tuple(option_sets())


def test_the_sets_hold_every_option_often_and_every_two_together() -> None:
    assert len(SETS) >= 150
    for verb in PROGRAMS:
        of_verb = [one for one in SETS if one.verb == verb]
        options = options_of(verb)
        often = Counter(option for one in of_verb for option in one.options)
        assert min(often[option] for option in options) >= 3
        together = {pair for one in of_verb for pair in combinations(sorted(one.options), 2)}
        assert together == set(combinations(sorted(options), 2))


@pytest.mark.parametrize("one", SETS, ids=[f"{one.verb}-{number}" for number, one in enumerate(SETS)])
def test_a_set_of_options_sends_what_hf_sends(hf: HfCommand, one: OptionSet) -> None:
    path, theirs = hf.sends(one.line)
    spec = built(parse(one.line).draft)
    assert same_files(sent_by_us(spec, theirs)) == same_files((path, theirs))
    named = parse(hf_line(spec)).draft
    assert named is not None
    assert hf_line(named) == hf_line(spec)

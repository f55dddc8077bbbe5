"""What is told of a request holds nothing that was secret in it."""

from __future__ import annotations

from tui.domain.activity import struck_out


def test_values_go_wherever_they_stand() -> None:
    assert struck_out("--key=sesame-open x", ["sesame-open"]) == "--key=(hidden) x"
    assert struck_out("refused: hf_abcdefghijkl", []) == "refused: (hidden)"


def test_a_short_value_goes_only_where_it_stands_alone() -> None:
    assert struck_out("value 'abc' of abcdef", ["abc"]) == "value (hidden) of abcdef"
    assert struck_out("nothing", [""]) == "nothing"

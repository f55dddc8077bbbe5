"""The rule for schedules that the form, the `hf` line and the local hub share."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.cron import NAMED_SCHEDULES, ScheduleError, read_cron, read_running_cron

NOW = datetime(2026, 11, 2, 12, 30, tzinfo=UTC)
RANGES = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 7), (1970, 2100))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0/15 * * * *", "2026-11-02T12:45"),
        ("5/10 * * * *", "2026-11-02T12:35"),
        ("0 9 * * 7", "2026-11-08T09:00"),
        ("0 9 29 2 *", "2028-02-29T09:00"),
        ("0 0 30 2 1", "2027-02-01T00:00"),  # a day no February has, or any Monday in it
        ("0 0 29 2 */7", "2032-02-29T00:00"),
        ("* * * * * * 2099", "2099-01-01T00:00"),
        ("0 0 0 29 2 * */100", "2400-02-29T00:00"),
        ("0 0 0 1 1 * 2001/7", "2029-01-01T00:00"),
        ("0 0 0 1 1 * 2031,2029,1999", "2029-01-01T00:00"),
        ("  0   9  *  *  1 ", "2026-11-09T09:00"),
        ("@weekly", "2026-11-08T00:00"),
    ],
)
def test_what_the_hub_takes_runs_next(text: str, wanted: str) -> None:
    cron = read_running_cron(text, NOW)
    assert cron.next_runs(NOW).moments == (datetime.fromisoformat(wanted).replace(tzinfo=UTC),)
    assert cron.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("60 * * * *", "minutes go from 0 to 59"),
        ("99999 * * * *", "minutes go from 0 to 59"),
        ("0-99999999 * * * *", "“99999999” is not a valid minute"),
        ("0 24 * * *", "hours go from 0 to 23"),
        ("0 9 0 * *", "days go from 1 to 31"),
        ("0 9 * 13 *", "months go from 1 to 12"),
        ("0 9 * * 8", "weekdays go from 0 to 7"),
        ("60 0 9 * * 1", "seconds go from 0 to 59"),
        ("* * * * * * 0-99999999", "years go from 0 to 9999"),
        ("* * * * * * 99999", "years go from 0 to 9999"),
        ("0 0 31 2 *", "never runs"),
        ("0 0 31 4,6,9,11 *", "never runs"),
        ("0 0 0 29 2 * 2027", "never runs"),
        ("0 0 0 1 1 * 1999", "its years are over"),
        ("5-1 * * * *", "goes backwards"),
        ("*/0 * * * *", "a step is a number from 1"),
        ("0 9 * * MON", "“MON” is not a valid weekday"),
        ("0 9 * * 1-5/2", "“1-5/2” is not a valid weekday"),
        ("0 9 * *", "expected @daily or a 5-field cron expression"),
        ("0 9 * * * * * *", "expected @daily or a 5-field cron expression"),
        ("@midnight", "expected one of @annually"),
        ("", "expected @daily"),
        ("9" * 5_000 + " * * * *", "5,008 characters"),
        ("٣ * * * *", "not a valid minute"),
    ],
)
def test_what_the_hub_refuses_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(ScheduleError) as refusal:
        read_running_cron(text, NOW)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "* * * * * * 2099",
        "* * * * * * 0-9999",
        "0-99999999 * * * *",
        "* * * * * * 0-99999999",
        "*/99999999 * * * *",
        "0 0 0 29 2 */7 1/2",  # the 29th of February in odd years: searched for, and given up
        "0 0 0 29 2 */7 */100",
        ",".join(["59"] * 600) + " * * * *",
        "*/1 " * 7,
    ],
)
def test_no_schedule_holds_up_who_asks(text: str) -> None:
    began_at = time.process_time()
    try:
        cron = read_cron(text)
        assert time.process_time() - began_at < 0.05
        cron.next_runs(NOW, 4)
    except ScheduleError:
        pass
    assert time.process_time() - began_at < 1.0


def test_a_search_that_was_given_up_is_unknown_not_never() -> None:
    assert read_running_cron("0 0 0 29 2 */7 1/2", NOW).next_runs(NOW) == ((), False)


def _field(lowest: int, highest: int) -> st.SearchStrategy[str]:
    number = st.integers(lowest, highest)
    step = st.integers(1, 99)
    return st.one_of(
        st.just("*"),
        st.lists(number, min_size=1, max_size=4).map(lambda some: ",".join(map(str, some))),
        st.tuples(number, number).map(lambda two: "{}-{}".format(*sorted(two))),
        step.map(lambda n: f"*/{n}"),
        st.tuples(number, step).map(lambda two: "{}/{}".format(*two)),
    )


@st.composite
def schedules(draw: st.DrawFn) -> str:
    """Anything that the pattern of the Hub takes, its numbers within their ranges."""
    fewest = draw(st.integers(5, 7))
    ranges = RANGES[1:6] if fewest == 5 else RANGES[:fewest]
    return " ".join(draw(_field(*one)) for one in ranges)


@given(text=schedules())
def test_runs_come_in_order_and_match_every_field(text: str) -> None:
    cron = read_cron(text)
    moments = cron.next_runs(NOW, 3).moments
    assert list(moments) == sorted(set(moments))
    for moment in moments:
        assert moment > NOW
        assert moment.year in cron.years
        for field, value in zip(
            cron.fields[:3] + cron.fields[4:5],
            (moment.second, moment.minute, moment.hour, moment.month),
            strict=True,
        ):
            assert _means(field, value)


def _means(field: str, value: int) -> bool:
    first, slash, step = field.partition("/")
    if slash:
        lowest = 0 if first == "*" else int(first)
        return value >= lowest and (first == "*" or (value - lowest) % int(step) == 0)
    low, dash, high = field.partition("-")
    return field == "*" or (int(low) <= value <= int(high) if dash else str(value) in field.split(","))


@given(text=st.text(alphabet="0123456789*/,- @dailyMON\x00٣", max_size=40))
def test_any_text_is_judged(text: str) -> None:
    with suppress(ScheduleError):
        assert read_running_cron(text, NOW).text


@pytest.mark.parametrize("name", NAMED_SCHEDULES)
def test_every_name_runs_within_a_year(name: str) -> None:
    (moment,) = read_cron(name).next_runs(NOW).moments
    assert moment - NOW < timedelta(days=366)

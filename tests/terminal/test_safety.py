"""In a real terminal: nothing is cancelled that was not named in the dialog, however fast keys come."""

from __future__ import annotations

from functools import partial

import pytest

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal
from tests.waiting import until

TALL = (120, 60)
HASTE = "yes cancel every run Yes \r50\r"
PASTED = (HASTE * 70)[:2000]


def started(hub: LocalHub, size: tuple[int, int] = TALL) -> Terminal:
    return Terminal(
        "--refresh", "1", size=size, environment={"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token}
    )


def written(hub: LocalHub) -> list[str]:
    return [request.path for request in hub.requests if request.method != "GET"]


def lists_read(hub: LocalHub) -> int:
    return sum(
        request.method == "GET" and request.path == f"/api/jobs/{hub.user}" for request in hub.requests
    )


def wait_for_two_polls(hub: LocalHub) -> None:
    """The list is read again, twice, with a new job in it: longer than a dialog is deaf.

    It is not seen: what stands below a dialog is painted when the dialog has gone.
    """
    for number in range(2):
        hub.add_job(name=f"later-{number}", age_seconds=0.5)
        wanted = lists_read(hub) + 2
        until(partial(_read_so_often, hub, wanted), 10, "the list is read")


def _read_so_often(hub: LocalHub, times: int) -> bool:
    return lists_read(hub) >= times


def test_c_and_y_at_full_speed_cancel_nothing(hub: LocalHub) -> None:
    hub.add_job(name="train")
    with started(hub) as t:
        t.sees("running", beside="train")
        t.press("cy" * 50)
        t.sees("Cancel this job?")
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert written(hub) == []


@pytest.mark.parametrize("bracketed", [True, False])
def test_a_paste_of_two_thousand_characters_into_the_table_changes_nothing(
    hub: LocalHub, bracketed: bool
) -> None:
    for number in range(50):
        hub.add_job(name=f"sweep-{number}")
    with started(hub) as t:
        t.sees("50 jobs")
        t.press("*")
        t.sees("50 marked")
        t.press(f"\x1b[200~{PASTED}\x1b[201~" if bracketed else PASTED)
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert written(hub) == []


def test_a_list_that_sorts_itself_anew_under_the_dialog_changes_nothing_about_whom_it_cancels(
    hub: LocalHub,
) -> None:
    named = hub.add_job(name="first")
    with started(hub) as t:
        t.sees("running", beside="first")
        t.press("c")
        t.sees("Cancel this job?")
        wait_for_two_polls(hub)
        t.press("y")
        t.sees("later-1")
        t.sees("canceled", beside="first")
    assert written(hub) == [f"/api/jobs/ada/{named}/cancel"]


TEXTS = ("try it yourself", "yes please", "y\r", "y\ny")
"""What somebody may paste or type into the wrong window."""


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_pasted_over_a_question_cancels_nothing(hub: LocalHub, text: str) -> None:
    hub.add_job(name="train")
    with started(hub) as t:
        t.sees("running", beside="train")
        t.press("c")
        t.sees("Cancel this job?")
        wait_for_two_polls(hub)
        t.press(text)
        wait_for_two_polls(hub)
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert written(hub) == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_pasted_over_a_question_submits_nothing(hub: LocalHub, text: str) -> None:
    with started(hub) as t:
        t.sees("no jobs here yet")
        t.press("n", "F2")
        t.sees("enter fills the form")
        t.press("hf jobs run python:3.12 true", "enter")
        t.sees("python:3.12", beside="Image")
        t.press("ctrl+j")
        t.sees("Submit this job?")
        t.press(text)
        wait_for_two_polls(hub)
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert written(hub) == []


def test_a_job_that_ends_under_the_dialog_is_left_alone(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    with started(hub) as t:
        t.sees("running", beside="train")
        t.press("c")
        t.sees("Cancel this job?")
        hub.set_stage(job_id, "COMPLETED")
        t.sees("It has ended meanwhile")
        t.press("y", "y")
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert written(hub) == []


def test_fifty_marked_jobs_are_cancelled_by_their_number_and_only_they(hub: LocalHub) -> None:
    hub.add_job(name="spared", stage="COMPLETED")
    ids = [hub.add_job(name=f"sweep-{number}") for number in range(50)]
    with started(hub) as t:
        t.sees("51 jobs")
        t.press("*")
        t.sees("51 marked")
        t.press("c50\r")  # typed ahead: not taken
        t.sees("Cancel 50 jobs?")
        wait_for_two_polls(hub)
        assert written(hub) == []
        t.press("50\r")
        t.sees("Canceled 50 jobs")
    assert sorted(written(hub)) == sorted(f"/api/jobs/ada/{job_id}/cancel" for job_id in ids)


def test_a_question_is_not_answered_by_a_key_pressed_before_it_was_painted(hub: LocalHub) -> None:
    with started(hub) as t:
        t.sees("no jobs here yet")
        t.press("n", "F2")
        t.sees("enter fills the form")
        t.press("hf jobs run --name x python:3.12 python -V", "enter")
        t.sees("python:3.12", beside="Image")
        t.press("\ny")  # ctrl+j and the yes in one write
        t.sees("Submit this job?")
        t.press("n")
        t.no_longer_sees("Submit this job?")
        assert written(hub) == []
        t.press("ctrl+j")
        t.sees("Submit this job?")
        t.press("y")
        t.sees("submitted x")
    assert written(hub) == ["/api/jobs/ada"]

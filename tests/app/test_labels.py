"""Name and labels: edited as lines, brought together with what others wrote, never lost in silence."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.driver import WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.domain.errors import ErrorKind, HubError
from tui.messages import ActionFailed


def labels(hub: LocalHub, job_id: str) -> Mapping[str, str]:
    return hub.call(lambda: hub.job(job_id).request.labels)


def relabel(hub: LocalHub, job_id: str, **new: str) -> None:
    """Somebody else writes the labels."""
    hub.call(lambda: hub.job(job_id).relabel(new))


def puts(hub: LocalHub) -> list[object]:
    return [request.json for request in hub.requests if request.method == "PUT"]


async def rewritten(t: Dashboard, text: str) -> None:
    """Replace everything in the dialog."""
    await t.press("f7")
    await t.paste(text)
    await t.press("ctrl+s")


async def test_name_and_labels_are_changed_at_once_and_what_was_replaced_is_said(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", labels={"team": "ml", "old": "1"})
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("L")
        await t.sees("Name and labels of train")
        await t.sees("team=ml")
        await rewritten(t, "name=train-2\nteam=nlp\nlr=2e-4")
        await t.row_says("train-2", "running")
        await t.says("labels of train-2: name=train-2 (was train), team=nlp (was ml), lr=2e-4, old=1 removed")
    assert labels(hub, job_id) == {"name": "train-2", "team": "nlp", "lr": "2e-4"}
    assert puts(hub) == [{"labels": {"name": "train-2", "team": "nlp", "lr": "2e-4"}}]


async def test_what_cannot_be_sent_is_said_and_kept(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("L")
        await rewritten(t, "name=train\nte am=ml")
        await t.sees("line 2: “te am” is no label key")
        await t.sees("te am=ml")
        await t.press("escape")
        await t.no_longer_sees("Name and labels")
    assert puts(hub) == []


async def test_two_writers_at_once_lose_nothing_without_a_word(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", labels={"team": "ml", "stage": "a"})
    async with dashboard(hub, refresh=None, size=WIDE) as t:
        await t.sees("train")
        await t.press("L")
        await t.sees("team=ml")
        relabel(hub, job_id, name="train", team="cv", stage="b", theirs="y")
        await rewritten(t, "name=train\nteam=nlp\nstage=a")
        await t.sees("Somebody else had set team to cv meanwhile. It is nlp now, as you wrote.")
        await t.sees("Somebody else has set stage to b meanwhile. It stays so.")
        await t.sees("Somebody else has set theirs to y meanwhile. It stays so.")
    assert labels(hub, job_id) == {"name": "train", "team": "nlp", "stage": "b", "theirs": "y"}


async def test_all_marked_jobs_get_the_same_change_and_keep_what_they_do_not_share(hub: LocalHub) -> None:
    first = hub.add_job(name="one", labels={"team": "ml", "lr": "1"})
    second = hub.add_job(name="two", labels={"team": "ml", "lr": "2"})
    spared = hub.add_job(name="spared", labels={"team": "ml"}, stage="COMPLETED", age_seconds=900)
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("spared")
        await t.press("g", "space", "g", "j", "space", "L")
        await t.sees("Name and labels of 2 jobs")
        await t.sees("left as they are: lr, name")
        await rewritten(t, "sweep=7")
        await t.says("labels: 2 of 2 done")
    assert labels(hub, first) == {"name": "one", "lr": "1", "sweep": "7"}
    assert labels(hub, second) == {"name": "two", "lr": "2", "sweep": "7"}
    assert labels(hub, spared) == {"name": "spared", "team": "ml"}


@pytest.mark.parametrize("status", [403, 500])
async def test_a_refused_change_is_taken_back_with_the_reason(hub: LocalHub, status: int) -> None:
    job_id = hub.add_job(name="train", labels={"team": "ml"})
    hub.fail("PUT", "/api/jobs/*/labels", status=status, body={"error": "not by this token"})
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("L")
        await rewritten(t, "name=other")
        await t.sees("not by this token")
        await t.press("escape")
        await t.row_says("train", "running")
    assert labels(hub, job_id) == {"name": "train", "team": "ml"}
    assert len(puts(hub)) == 1


async def test_an_answer_that_was_lost_is_looked_into(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    hub.fail("PUT", "/api/jobs/*/labels", bytes_=20)
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("L")
        await rewritten(t, "name=other")
        await t.says("labels of other: name=other (was train)")
        await t.row_says("other", "running")
    assert labels(hub, job_id) == {"name": "other"}
    assert len(puts(hub)) == 1


async def test_nothing_changed_sends_nothing(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("L")
        await t.sees("Name and labels")
        await t.press("ctrl+s")
        await t.no_longer_sees("Name and labels")
    assert puts(hub) == []


async def test_new_labels_show_at_once_and_stay_over_polls_until_they_fail(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", labels={"team": "ml"})
    hub.fail("PUT", "/api/jobs/*/labels", hang=True)
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("L")
        await rewritten(t, "name=other\nteam=nlp")
        await t.row_says("other", "running")
        hub.add_job(name="newer")
        await t.sees("newer")
        assert t.row("other"), "a poll that knows of nothing takes nothing back"
        refusal = HubError(ErrorKind.FORBIDDEN, "not by this token", status=403)
        t.app.post_message(ActionFailed("labels", refusal, t.app.snapshot.jobs[job_id]))
        await t.sees("not by this token")
        await t.press("escape")
        await t.row_says("train", "running")
        assert t.app.snapshot.jobs[job_id].labels == {"name": "train", "team": "ml"}

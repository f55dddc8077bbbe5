"""What names a job, in whatever form it was copied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.job_reference import JobReference, JobReferenceError, job_reference

HUB = "https://huggingface.co"
LOCAL = "http://127.0.0.1:8123"
ID = "6a43e7b1c2d3e4f5a6b7c8fa"
ALONE, IN_ACME = JobReference(ID), JobReference(ID, "acme")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        (ID, ALONE),
        (f"  {ID}\n", ALONE),
        (ID.upper(), ALONE),
        (f"`{ID}`", ALONE),
        (f"acme/{ID}", IN_ACME),
        (f"acme-lab.x/{ID}", JobReference(ID, "acme-lab.x")),
        (f"https://huggingface.co/jobs/acme/{ID}", IN_ACME),
        (f"http://huggingface.co/jobs/acme/{ID}/", IN_ACME),
        (f"https://huggingface.co/jobs/acme/{ID}?tab=logs#L10", IN_ACME),
        (f"https://huggingface.co/jobs/acme/{ID}/logs", IN_ACME),
        (f"https://huggingface.co/api/jobs/acme/{ID}", IN_ACME),
        (f"https://hf.co/jobs/acme/{ID}", IN_ACME),
        (f"HTTPS://HuggingFace.co/jobs/acme/{ID}", IN_ACME),
        (f"huggingface.co/jobs/acme/{ID}", IN_ACME),
        (f"hf.co/jobs/acme/{ID}", IN_ACME),
        (f"/jobs/acme/{ID}", IN_ACME),
        (f"<https://huggingface.co/jobs/acme/{ID}>", IN_ACME),
        (f"<https://huggingface.co/jobs/acme/{ID}|my job>", IN_ACME),
        (f"[my job](https://huggingface.co/jobs/acme/{ID})", IN_ACME),
        (f'"https://huggingface.co/jobs/acme/{ID}".', IN_ACME),
        (f" “https://huggingface.co/jobs/acme/{ID}”, ", IN_ACME),
        (f"(https://huggingface.co/jobs/acme/{ID})", IN_ACME),
        (f"hf jobs logs {ID}", ALONE),
        (f"$ hf jobs logs -f --tail 100 {ID}", ALONE),
        (f"hf jobs logs --namespace acme {ID}", IN_ACME),
        (f"hf jobs logs {ID} --namespace=acme -f", IN_ACME),
        (f"hf jobs inspect acme/{ID}", IN_ACME),
        (f"uvx hf jobs cancel {ID}", ALONE),
        (f"`hf jobs ssh {ID} -i ~/.ssh/id`", ALONE),
        (f"HF_TOKEN=x .venv/bin/hf jobs logs {ID} | tail", ALONE),
        ("hf jobs logs job-123", JobReference("job-123")),
        ("hf jobs run python:3.12 true", None),
        ("hf jobs ps", None),
        ("hf jobs logs", None),
        ("job-123", None),
        ("train status:failed", None),
        ("acme/model", None),
        (f"https://huggingface.co/acme/{ID}", None),
        ("https://huggingface.co/jobs/acme", None),
        ("https://huggingface.co/settings/jobs", None),
        ("", None),
    ],
)
def test_what_is_pasted(text: str, reference: JobReference | None) -> None:
    assert job_reference(text, HUB) == reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("job-123", JobReference("job-123")),
        ("acme/job-123", JobReference("job-123", "acme")),
        ("two words", None),
        ("--x", None),
    ],
)
def test_where_only_a_job_can_be_meant_any_word_is_an_id(text: str, reference: JobReference | None) -> None:
    assert job_reference(text, HUB, sure=True) == reference


@pytest.mark.parametrize(
    "text",
    [f"{LOCAL}/jobs/ada/{ID}", f"127.0.0.1:8123/jobs/ada/{ID}?x", f"http://127.0.0.1:8123/jobs/ada/{ID}/"],
)
def test_the_page_of_the_own_endpoint(text: str) -> None:
    assert job_reference(text, LOCAL) == JobReference(ID, "ada")
    assert job_reference(text.replace("/jobs", "/hub/jobs"), f"{LOCAL}/hub/") == JobReference(ID, "ada")


@pytest.mark.parametrize(
    ("endpoint", "text", "said"),
    [
        (LOCAL, f"https://huggingface.co/jobs/acme/{ID}", "start without --endpoint"),
        (LOCAL, f"hf.co/jobs/acme/{ID}", "jobs of 127.0.0.1:8123"),
        (HUB, f"{LOCAL}/jobs/acme/{ID}", "is on 127.0.0.1:8123"),
        (HUB, f"https://hub.example.org/jobs/acme/{ID}", "--endpoint https://hub.example.org"),
        (HUB, f"hf jobs logs https://hub.example.org/jobs/acme/{ID}", "is on hub.example.org"),
    ],
)
def test_the_page_of_another_hub_is_refused_with_a_sentence(endpoint: str, text: str, said: str) -> None:
    with pytest.raises(JobReferenceError, match=said):
        job_reference(text, endpoint)


@given(st.text() | st.from_regex(r"\A(https?://)?[a-z./@:|<>\[\]()%0-9]{0,40}(hf jobs logs )?\S*\Z"))
def test_any_text_names_a_job_or_none(text: str) -> None:
    try:
        said = repr(job_reference(text, HUB))
    except JobReferenceError as error:
        said = str(error)
    assert said.isprintable()

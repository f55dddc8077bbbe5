"""A secret value is nowhere but where it is asked for."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.fake_environment import FakeEnvironment
from tests.spec.strategies import ENVIRONMENT, drafts
from tui.domain.hardware import Catalogue
from tui.spec.build import build
from tui.spec.draft import Draft, SecretPair
from tui.spec.draft_text import write_draft
from tui.spec.job_spec import JobSpec
from tui.spec.line import hf_line
from tui.spec.parse import parse
from tui.spec.preflight import preflight
from tui.spec.python_code import python_code
from tui.spec.render import preview_body, request_body
from tui.spec.secret import MASK, Secret

VALUE = "s3cr3t-v4lu3"


@given(
    value=st.text(min_size=1).filter(lambda value: value not in f"Secret({MASK!r})"), width=st.integers(0, 30)
)
@settings(max_examples=100)
def test_no_text_of_a_secret_holds_it(value: str, width: int) -> None:
    secret = Secret(value)
    assert repr(secret) == f"Secret({MASK!r})"
    assert str(secret) == f"{secret}" == "%s" % secret == MASK  # noqa: UP031
    assert f"{secret:>{width}}" == f"{MASK:>{width}}"
    assert secret.reveal() == value


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_is_not_pickled(protocol: int) -> None:
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps({"draft": SecretPair("A", Secret(VALUE))}, protocol)


def test_a_secret_is_no_json() -> None:
    with pytest.raises(TypeError):
        json.dumps(Secret(VALUE))
    with pytest.raises(TypeError):
        vars(Secret(VALUE))


def test_copies_of_a_secret_are_the_secret() -> None:
    secret = Secret(VALUE)
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    assert secret == Secret(VALUE)
    assert hash(secret) == hash(Secret(VALUE))
    assert secret != Secret("other")
    assert secret != VALUE
    assert Secret("") or Secret(VALUE)


@given(draft=drafts())
@settings(max_examples=60)
def test_nothing_made_of_a_draft_shows_a_value(draft: Draft) -> None:
    pairs = tuple(SecretPair(name, Secret(VALUE)) for name in ("HF_TOKEN", "WANDB_KEY"))
    marked = replace(draft, secrets=pairs, secrets_file="")
    spec = build(marked, ENVIRONMENT)
    assert isinstance(spec, JobSpec)
    shown = [
        marked,
        spec,
        asdict(marked),
        hf_line(marked),
        python_code(spec),
        write_draft(marked),
        preview_body(spec),
        preflight(spec, Catalogue(()), ENVIRONMENT),
    ]
    assert VALUE not in "".join(map(repr, shown))
    sent = request_body(replace(spec, volumes=(), command=("x",), schedule=None))
    sent["secrets"].pop("API_KEY", None)  # asked for by a script's own header
    assert sent["secrets"] == {"HF_TOKEN": VALUE, "WANDB_KEY": VALUE}


def test_field_errors_and_notes_show_no_value() -> None:
    pairs = (
        SecretPair("bad name", Secret(VALUE)),
        SecretPair("", Secret(VALUE)),
        SecretPair("A", Secret(VALUE + "\0")),
    )
    assert VALUE not in repr(build(Draft(secrets=pairs), FakeEnvironment()))
    options = f"--token {VALUE} --token={VALUE} -s =A{VALUE} -s A={VALUE} -sA={VALUE}"
    line = f"HF_TOKEN={VALUE} hf jobs run {options} a b"
    assert VALUE not in repr(parse(line))
    assert VALUE not in repr(parse(f"hf jobs run -s B=${VALUE} -e C=`{VALUE}` a b").notes)


def test_a_traceback_shows_no_value() -> None:
    draft = Draft(secrets=(SecretPair("A", Secret(VALUE)),))
    try:
        raise RuntimeError(f"crashed with {draft}")
    except RuntimeError as error:
        report = traceback.TracebackException.from_exception(error, capture_locals=True)
        text = "".join(report.format())
    assert "draft = Draft(" in text
    assert VALUE not in text.replace("VALUE", "")

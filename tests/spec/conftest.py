"""The real `hf` on the machine that the strategies speak of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import HfApi

from tests.spec.hf_command import HfCommand, hf_command
from tests.spec.strategies import ENVIRONMENT, TYPED_SECRETS


@pytest.fixture
def hf(own_environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HfCommand]:
    """The command line on a machine that has what `ENVIRONMENT` has. Its uploads go nowhere."""
    for name, value in ENVIRONMENT.variables.items():
        monkeypatch.setenv(name, value)
    for name in TYPED_SECRETS:
        monkeypatch.setenv(name, "known to the shell by another value")
    monkeypatch.setenv("HF_TOKEN", str(ENVIRONMENT.login))
    put_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(HfApi, "create_bucket", lambda *_, **__: BucketAddress())
    monkeypatch.setattr(HfApi, "bucket_info", lambda *_, **__: BucketAddress())
    for upload in ("batch_bucket_files", "sync_bucket"):
        monkeypatch.setattr(HfApi, upload, lambda *_, **__: None)
    monkeypatch.setattr("huggingface_hub.cli._uv_script_header._download_script", _no_download)
    with hf_command() as command:
        yield command


def put_files(folder: Path) -> None:
    """Make the files and folders that `ENVIRONMENT` speaks of."""
    for name, text in ENVIRONMENT.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)
    for name in ENVIRONMENT.folders:
        (folder / name).mkdir()


class BucketAddress:
    """What the library is told of a bucket."""

    url = "https://huggingface.co/buckets/ada/jobs-artifacts"
    private = True


def _no_download(url: str, folder: Path) -> Path:
    """Stand in for fetching a script, with the name the library gives the file."""
    name = Path(url.partition("?")[0]).name
    script = folder / (name if name.endswith(".py") else "script.py")
    script.write_text("", encoding="utf-8")
    return script

"""Volumes as `hf` reads them."""

from __future__ import annotations

import pytest
from huggingface_hub import Volume as HfVolume
from huggingface_hub.cli._cli_utils import parse_volumes

from tests.spec.fake_environment import FakeEnvironment
from tui.spec.job_spec import LocalFolder, Volume
from tui.spec.render import volume_json
from tui.spec.volumes import read_volume

MACHINE = FakeEnvironment(folders={"./in", "C:/x", "a:b"})


@pytest.mark.parametrize(
    "text",
    [
        "hf://a/b:/x",
        "hf://models/a/b:/x:ro",
        "hf://a/b@main:/x",
        "hf://a/b@v1/sub/dir:/x",
        "hf://a/b@feature%2Fone/sub:/x:rw",
        "hf://datasets/a/b@refs/pr/12:/x",
        "hf://datasets/a/b@refs/convert/parquet/default/train:/x",
        "hf://datasets/a/b/dir/file@1.txt:/x",
        "hf://spaces/a_b/c.d:/mnt/deep/er",
        "hf://buckets/a/b:/x",
        "hf://buckets/a/b/c@d/e:/x:ro",
        "hf://buckets/a/b/:/x",
        "hf://a/b/odd:/name:/x",
    ],
)
def test_a_volume_of_the_hub_is_read_as_hf_reads_it(text: str) -> None:
    volume = read_volume(text, MACHINE)
    assert isinstance(volume, Volume)
    (theirs,) = parse_volumes([text]) or [HfVolume(source="", mount_path="")]
    assert volume_json(volume) == theirs.to_dict()


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("./in:/x", LocalFolder("./in", "/x")),
        ("./in:/x:ro", LocalFolder("./in", "/x")),
        ("./in:/x:rw", LocalFolder("./in", "/x", read_only=False)),
        ("a:b:/x", LocalFolder("a:b", "/x")),
    ],
)
def test_a_folder_is_read_only_unless_said(text: str, folder: LocalFolder) -> None:
    assert read_volume(text, MACHINE) == folder

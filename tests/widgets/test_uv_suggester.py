"""What is offered while the options of uv are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.widgets.uv_suggester import UvSuggester


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("--no-p", "--no-project"),
        ("--verb", "--verbose"),
        ("--verbose --ind", "--verbose --index"),
        ("--prerelease al", "--prerelease allow"),
        ("--prerelease=if-n", "--prerelease=if-necessary"),
        ("-n --resolution lowest-", "-n --resolution lowest-direct"),
        ("--with-requirements re", "--with-requirements reqs.txt"),
        ("--with-requirements=re", "--with-requirements=reqs.txt"),
        ("-w re", "-w reqs.txt"),
        ("--index-url https://x", None),
        ("--python 3", None),
        ("--quux", None),
        ("--verbose ", None),
        ("re", None),
        ("", None),
    ],
)
async def test_the_last_word_is_completed(
    typed: str, offered: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reqs.txt").write_text("trl\n")
    monkeypatch.chdir(tmp_path)
    assert await UvSuggester().get_suggestion(typed) == offered

"""The pure layers load nothing of the interface or the network."""

from __future__ import annotations

import subprocess
import sys

import pytest

PURE = ["tui.domain.snapshot", "tui.domain.logbook", "tui.spec.build", "tui.spec.parse", "tui.spec.render"]


@pytest.mark.parametrize("module", PURE)
def test_importing_it_loads_no_interface_and_no_network(module: str) -> None:
    foreign = "'textual', 'rich', 'httpx2', 'huggingface_hub', 'starlette'"
    program = f"import sys, {module}; print(sorted({{{foreign}}} & set(sys.modules)))"
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30
    )
    assert printed.stdout.strip() == "[]"


def test_the_version_and_the_client_load_no_http_library() -> None:
    program = (
        "import sys, tui, tui.hub.client; print('httpx2' in sys.modules, 'huggingface_hub' in sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30
    )
    assert printed.stdout.strip() == "False False"

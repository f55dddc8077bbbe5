"""Settings that libraries read when they are imported; to be imported before them.

Without this a test run would read the user's own token and write caches into the user's home.
"""

from __future__ import annotations

import os
import tempfile

LIBRARY_HOME = tempfile.mkdtemp(prefix="hf-jobs-tui-tests-")
"""What huggingface_hub takes for its home when it is imported."""

os.environ["HF_HOME"] = LIBRARY_HOME
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["TEXTUAL_ANIMATIONS"] = "none"

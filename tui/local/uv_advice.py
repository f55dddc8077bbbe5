"""What to tell the reader of a log when `uv` could not get at packages.

On the Hub a job always has a network; on this machine it may not, and uv's own words name a URL rather than
the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LINES_LOOKED_AT = 40
NO_NETWORK = re.compile(
    r"dns error|failed to lookup address|error sending request|client error \(Connect\)|tcp connect error"
    r"|Network is unreachable|Network connectivity is disabled|network was disabled|Could not connect",
    re.IGNORECASE,
)
WORDS = (
    "local hub: uv could not reach the network. Packages and Python versions that are not in the hub's cache "
    "are downloaded, as on the Hub; a script without dependencies runs offline too."
)


def advice(last_lines: Iterable[str]) -> list[str]:
    """A line for the log if uv failed for want of a network, else none."""
    return [WORDS] if any(NO_NETWORK.search(line) for line in last_lines) else []

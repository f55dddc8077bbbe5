"""The Jobs HTTP API on a thread of its own: speaks the wire, returns domain objects, raises HubError."""

import logging

logging.getLogger("tui").addHandler(logging.NullHandler())
"""Without any handler Python writes warnings to the terminal, across the screen."""

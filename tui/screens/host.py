"""What a screen may know of the application that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from ..domain.activity import SentRequest
from ..domain.errors import HubError
from ..domain.hardware import Catalogue
from ..domain.identity import Identity
from ..domain.schedule import Schedules
from ..domain.snapshot import Snapshot
from ..presentation.status_text import Trouble
from ..presentation.table_setup import TableSetup
from ..settings import Settings

if TYPE_CHECKING:
    from ..shelf import Shelf
    from ..spec.aside import DraftsAside
    from ..spec.draft import Draft
    from ..spec.environment import Environment
    from .submitting import Sending


class Host(Protocol):
    """State and services of the application; screens read it, wishes go out by message."""

    settings: Settings
    monotonic: Callable[[], float]
    environment: Environment
    snapshot: Snapshot
    catalogue: Catalogue
    identity: Identity | None
    endpoint_label: str
    trouble: Trouble | None
    fetched_at: datetime | None
    draft: Draft | None
    sending: Sending | None
    watched: frozenset[str]
    new_endings: frozenset[str]
    shelf: Shelf
    aside: DraftsAside
    paused: bool
    pause_words: str
    table_setup: TableSetup
    skew: timedelta
    footer_edge: str
    catalogue_read_at: datetime | None
    schedules: Schedules
    schedules_read_at: datetime | None
    schedules_error: HubError | None
    reading_schedules: bool
    busy_schedules: Mapping[str, str]
    activity: tuple[SentRequest, ...]

    def clock(self) -> datetime: ...

    def copy(self, text: str, said: str, *, cut: bool = False) -> None:
        """Copy a text and say so: where it went when it cannot reach the clipboard."""

    def forget_scripts(self) -> None:
        """Let go of what was fetched of the web: the next form reads it anew."""

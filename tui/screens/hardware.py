"""Hardware: what is on offer, what it costs, and how long you waited for it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.content import Content

from ..domain.rules import READ_ONLY
from ..domain.snapshot import Snapshot
from ..domain.text import safe
from ..domain.waits import waits_by_flavor
from ..keys import Scope, bindings
from ..messages.places import FlavorTakenUp, HardwareWanted
from ..presentation.hardware_columns import (
    FAMILIES,
    Offer,
    hardware_columns,
    hardware_fields,
    hardware_status,
    offer_facts,
    offers,
)
from ..presentation.list_status import list_status
from ..presentation.live_counts import Known
from ..widgets.list_table import ListTable
from ..widgets.live_table import LiveTable
from .table_screen import TableScreen


class HardwareScreen(TableScreen[Offer]):
    """Groups stay together whatever the order; a wait rests on the jobs of the table."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("hardware", "list", "move")
    BINDINGS = bindings("hardware", "list")
    TITLE_WORDS = "Hardware"
    FILTER_HINT = "words like a10g  kind:gpu  vram:>=24  price:<2  -word leaves out"
    WATCHED = ("catalogue", "catalogue_read_at")

    def __init__(self) -> None:
        super().__init__()
        self._counted: Snapshot | None = None
        """The jobs the waits shown rest on."""

    def make_table(self) -> ListTable[Offer]:
        return ListTable(
            hardware_columns(),
            self.host.clock,
            hardware_fields(),
            sort=("hour", False),
            group=lambda row: FAMILIES.index(row.flavor.family),
            ascii_only=self.host.settings.ascii,
        )

    def show_rows(self) -> None:
        host = self.host
        self._counted = host.snapshot
        self.table.show_all(offers(host.catalogue, waits_by_flavor(host.snapshot.jobs.values())))

    def tick(self) -> None:
        if self.ready and self._counted is not self.host.snapshot:
            self.show_rows()
        super().tick()

    def facts_of(self, row: Offer, columns: int) -> Content:
        name = row.flavor.name
        waiting = [job for job in self.host.snapshot.live if job.flavor == name and job.stage == "SCHEDULING"]
        return offer_facts(row, waiting, self.now, columns=columns, jobs_known=self.jobs_known is Known.ALL)

    def status(self, mistake: str) -> Content:
        table = self.table
        return list_status(
            hardware_status(self.host.catalogue, table.shown_count, self.host.catalogue_read_at),
            filter_text=table.filter_text,
            sorted_by=table.sort_out_of_sight,
            shown=table.shown_count,
            mistake=mistake,
        )

    def blank_words(self) -> Content | None:
        return Content("The Hub lists no hardware. r asks once more.")

    @on(LiveTable.RowOpened)
    def action_new_job(self) -> None:
        row = self.table.cursor_row
        if self.host.settings.read_only:
            self.say(READ_ONLY)
        elif row is None:
            self.say_no_row("no flavor under the cursor")
        else:
            self.post_message(FlavorTakenUp(row.flavor.name))

    def action_copy_name(self) -> None:
        if (row := self.table.cursor_row) is not None:
            self.host.copy(safe(row.flavor.name), f"copied {safe(row.flavor.name)}")

    def action_refresh_list(self) -> None:
        self.post_message(HardwareWanted())

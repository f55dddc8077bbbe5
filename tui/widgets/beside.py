"""What stands beside the form: the job as others write it, its price, and what to know before it is sent."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one

from ..domain.hardware import Catalogue
from ..domain.identity import Identity
from ..keys import action_by_id
from ..presentation.spec_text import (
    command_block,
    findings_block,
    money_line,
    python_block,
    request_block,
)
from ..spec.collect import Errors
from ..spec.draft import Draft
from ..spec.finding import Finding
from ..spec.job_spec import JobSpec
from .quiet_static import QuietStatic
from .spec_preview import SpecPreview


class Beside(VerticalScroll, can_focus=False):
    """Follows the form at every key; paints only what has changed."""

    preview = query_one(SpecPreview)
    price = query_one("#price", QuietStatic)
    findings = query_one("#findings", QuietStatic)

    def compose(self) -> ComposeResult:
        yield SpecPreview()
        yield QuietStatic(id="price")
        yield QuietStatic(id="findings")

    def on_mount(self) -> None:
        self.price.border_title = Content("Price")
        self.findings.border_title = Content("Before it is sent")

    def show(
        self, draft: Draft, built: JobSpec | Errors, catalogue: Catalogue, identity: Identity | None
    ) -> None:
        """Show what follows from the fields."""
        self.price.show(money_line(draft, built, catalogue, identity))
        self.preview.show_forms(command_block(draft, built), python_block(built), request_block(built))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what to know before it is sent."""
        self.findings.display = bool(findings)
        key = action_by_id("compose.fix").key.upper()
        self.findings.show(findings_block(findings, key, "screen.fix_finding"))

"""The job that is being composed as others would write it: `hf` line, Python, request."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events
from textual.content import Content

from ..domain.units import plural
from ..presentation.job_text import toned
from ..presentation.spec_text import python_block, request_block
from ..spec.collect import Errors
from ..spec.draft import Draft
from ..spec.job_spec import JobSpec
from ..spec.line import hf_line
from .quiet_static import QuietStatic

Form = Literal["hf", "python", "request"]
FORMS: tuple[tuple[Form, str], ...] = (("hf", "hf line"), ("python", "Python"), ("request", "Request"))


class SpecPreview(QuietStatic):
    """Shows one of the three; a click on its name, or a key, shows another."""

    ALLOW_SELECT: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__(id="spec-preview")
        self.form: Form = "hf"
        self._texts: dict[Form, Content] = {}

    def on_mount(self) -> None:
        self.border_subtitle = Content("F2 edits  F3 next  ctrl+y copies")
        self._show_form()

    def show_forms(self, hf: Content, python: Content, request: Content) -> None:
        """Take the three texts."""
        texts: dict[Form, Content] = {"hf": hf, "python": python, "request": request}
        if texts != self._texts:
            self._texts = texts
            self._show_form()

    def copyable(self, draft: Draft, built: JobSpec | Errors) -> tuple[str, str]:
        """What is shown, as text without line breaks of its own, and what to call it."""
        if self.form == "python" and isinstance(built, JobSpec):
            return python_block(built).plain, "Python"
        if self.form == "request" and isinstance(built, JobSpec):
            return request_block(built).plain, "request"
        return hf_line(built if isinstance(built, JobSpec) else draft), "hf command"

    def turn(self, form: Form | None = None) -> None:
        """Show that form, or the next one."""
        forms = [name for name, _ in FORMS]
        self.form = form or forms[(forms.index(self.form) + 1) % len(forms)]
        self._show_form()

    def on_resize(self) -> None:
        """Another width breaks the text at other places."""
        self._show_title()

    def _show_form(self) -> None:
        if self._texts:
            self.show(self._texts[self.form])
        self._show_title()

    def _show_title(self) -> None:
        parts = [toned(label, "accent" if form == self.form else "dim") for form, label in FORMS]
        if hidden := self._hidden_lines:
            how = ": F2 shows all of it" if self.form == "hf" else ""
            parts.append(toned(f"+{plural(hidden, 'line')}{how}", "dim"))
        self.border_title = Content("  ").join(parts)

    @property
    def _hidden_lines(self) -> int:
        """Lines there is no room for on a small screen."""
        most, width = self.styles.max_height, self.content_size.width
        if most is None or most.cells is None or not width or not self._texts:
            return 0
        room = most.cells - self.gutter.height
        return max(0, self._texts[self.form].get_height({}, width) - room)

    def on_click(self, event: events.Click) -> None:
        left = 2
        for form, label in FORMS:
            if event.y == 0 and left <= event.x < left + len(label) + 1:
                self.turn(form)
            left += len(label) + 2

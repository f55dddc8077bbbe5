"""Keys of the composer and of its command line."""

from __future__ import annotations

from .action import Action

COMPOSER: tuple[Action, ...] = (
    Action(
        "compose.submit",
        "ctrl+j,ctrl+enter",
        "submit",
        "submit",
        "Check the form and ask before it is sent",
        "compose",
        footer=True,
        writes=True,
    ),
    Action(
        "compose.line",
        "f2",
        "edit_line",
        "edit as text",
        "Edit the hf command as text; enter fills the form from it",
        "compose",
        footer=True,
    ),
    Action(
        "compose.next", "tab,down", "app.focus_next", "next field", "Next field", "compose", priority=True
    ),
    Action(
        "compose.previous",
        "shift+tab,up",
        "app.focus_previous",
        "previous field",
        "Previous field",
        "compose",
        priority=True,
    ),
    Action(
        "compose.leave",
        "escape",
        "leave_form",
        "back",
        "Back to the jobs; the draft is kept",
        "compose",
        footer=True,
    ),
    Action(
        "compose.form",
        "f3",
        "next_form",
        "as Python",
        "Show the job as hf line, as Python, as request",
        "compose",
        footer=True,
    ),
    Action(
        "compose.copy",
        "ctrl+y",
        "copy_text",
        "copy",
        "Copy the hf line, the Python or the request",
        "compose",
    ),
    Action(
        "compose.fix",
        "f5",
        "fix_finding",
        "fix",
        "Apply the fix that a finding offers",
        "compose",
    ),
    Action(
        "compose.take",
        "f6",
        "take_value",
        "from here",
        "Take the value under the cursor from this machine: its environment, or your login",
        "compose",
        footer=True,
    ),
    Action(
        "compose.reveal", "f4", "reveal_secret", "secret", "Held: show the secret under the cursor", "compose"
    ),
    Action(
        "compose.save",
        "ctrl+s",
        "save_preset",
        "save",
        "Save the form as a preset, without secrets",
        "compose",
    ),
    Action(
        "compose.open",
        "ctrl+o",
        "open_preset",
        "presets",
        "Fill the form from a preset or one of the last submissions",
        "compose",
        footer=True,
    ),
    Action(
        "compose.empty",
        "ctrl+n",
        "empty_form",
        "empty",
        "Empty the form; what stood there is set aside",
        "compose",
    ),
    Action(
        "compose.turn",
        "ctrl+z",
        "bring_back",
        "bring back",
        "Bring back what stood in the form before it was emptied or refilled (elsewhere ctrl+z suspends)",
        "compose",
    ),
)

COMMAND_LINE: tuple[Action, ...] = (
    Action(
        "line.fill",
        "enter",
        "fill",
        "fill the form",
        "Fill the form from this line",
        "line",
        footer=True,
    ),
    Action(
        "line.leave",
        "escape",
        "leave",
        "leave as it was",
        "Back to the form, which stays as it was; a line that can be read is set aside",
        "line",
        footer=True,
    ),
)

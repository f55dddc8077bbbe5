"""The fields of the form, in the order they are read, and the sections they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .fields import ChoiceField, TextField, WordsField
from .form_row import FormRow
from .list_field import ListField
from .pairs_editor import PairsEditor
from .path_suggester import PathSuggester
from .quiet_static import QuietStatic
from .rows_editor import RowsEditor
from .spend_field import SpendField
from .timeout_field import TimeoutField
from .uv_suggester import UvSuggester

_UV = ("uv-script", "uv-command")
_CONTAINER = ("image", "space")
_KINDS = (
    ("uv-script", "UV script"),
    ("uv-command", "UV command"),
    ("image", "Docker image"),
    ("space", "Space"),
)
_HUB_DECIDES = (None, "as the Hub does")
_FOLDERS = PathSuggester(folders_only=True)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    id: str
    title: str
    """Empty: always open, and without a line of its own."""

    fields: tuple[str, ...]
    """Attributes of the draft it holds."""

    rows: Callable[[], Iterator[FormRow]]
    first: bool = False
    """Made at once when the form opens; the others follow after the first paint."""


def _program() -> Iterator[FormRow]:
    yield FormRow("kind", "Kind", "left and right choose what runs", ChoiceField("kind", _KINDS))
    yield FormRow(
        "script", "Script", "a path here or an address; → completes a path",
        TextField("script", "train.py", suggester=PathSuggester(suffix=".py")), kinds=("uv-script",),
    )  # fmt: skip
    yield _text("image", "Image", "a Docker image", "python:3.12", kinds=("image",))
    yield _text("space", "Space", "its image runs, its secrets stay behind", "owner/name", kinds=("space",))
    yield _text("command", "Command", "words as in a shell; nothing is expanded", "")
    yield FormRow(
        "shell", "Run it", "sh -c understands pipes, && and $VARIABLES",
        ChoiceField("shell", [(False, "as it stands"), (True, "through sh -c")]), kinds=_CONTAINER,
    )  # fmt: skip
    yield _words("dependencies", "With", "packages uv adds, separated by blanks", "torch trl", kinds=_UV)
    yield _text("python", "Python", "the version uv runs", "as uv chooses", kinds=_UV)
    yield FormRow(
        "uv_options", "uv options", "other options of uv run, as --no-project; → completes one",
        TextField("uv_options", "--no-project", suggester=UvSuggester()), kinds=_UV,
    )  # fmt: skip
    yield _text("uv_image", "Image", "any image with uv inside", "uv's own image", kinds=_UV)


def _hardware() -> Iterator[FormRow]:
    yield FormRow("flavor", "Flavor", "enter opens the list with prices", ListField("flavor", "cpu-basic"))
    yield FormRow(
        "timeout_amount", "Timeout", "empty: 30 minutes, the Hub's default; nothing extends a running job",
        *TimeoutField.parts(), columns=16,
    )  # fmt: skip
    yield FormRow(
        "spend", "At most $", "what it may cost sets the timeout, and the other way round",
        SpendField(), columns=16,
    )  # fmt: skip


def _values() -> Iterator[FormRow]:
    yield FormRow("env", "Env", "anyone who sees the job can read them", PairsEditor("env"))
    yield FormRow(
        "secrets", "Secrets", "encrypted; empty: from your environment; F4 held shows one",
        PairsEditor("secrets", masked=True),
    )  # fmt: skip


def _names() -> Iterator[FormRow]:
    yield _text("name", "Name", "runs of one name are shown as a group", "as hf would name it")
    yield FormRow("labels", "Labels", "to find it again: team = ml", PairsEditor("labels"))
    yield FormRow(
        "namespace",
        "Who pays",
        "you or an organisation; enter opens the list",
        ListField("namespace", "you"),
    )


def _files() -> Iterator[FormRow]:
    yield FormRow(
        "volumes", "Volumes", "end it with :ro or :rw; a folder here is copied first; → completes",
        RowsEditor("volumes", "hf://buckets/owner/name:/out or folder:/in", _FOLDERS),
    )  # fmt: skip
    yield _file("env_file", "Env file", ".env")
    yield _file("secrets_file", "Secrets file", ".env.secrets")


def _network() -> Iterator[FormRow]:
    yield _words("expose", "Ports", "reached with a token of yours", "8000 8080")
    yield _words("expose_public", "Public ports", "reached by anyone, without a token", "80")
    yield FormRow(
        "ssh", "SSH", "log in to the job while it runs", ChoiceField("ssh", [(False, "off"), (True, "on")])
    )
    yield _text("network_group", "Group", "jobs of one group reach each other", "none")
    yield _words("network_aliases", "Aliases", "names of this job in its group", "master")


def _more() -> Iterator[FormRow]:
    yield _text("attempts", "Attempts", "how often it may start when it fails; each is billed", "1")
    yield _text(
        "resource_group",
        "Billed to",
        "id of a resource group: 24 characters, 0-9 and a-f",
        "no resource group",
    )


def _schedule() -> Iterator[FormRow]:
    yield _text("schedule", "Schedule", "in UTC: @daily, 0 9 * * 1-5 or Mon–Fri 09:00", "runs once, now")
    next_runs = FormRow("next_runs", "", "", QuietStatic(id="next-runs"))
    next_runs.show(False)
    yield next_runs
    yield FormRow(
        "suspend", "Begins", "a suspended one waits until it is resumed",
        ChoiceField("suspend", [_HUB_DECIDES, (False, "active"), (True, "suspended")]),
    )  # fmt: skip
    yield FormRow(
        "concurrency", "Overlap", "whether a run may start while the last one still runs",
        ChoiceField("concurrency", [_HUB_DECIDES, (False, "never"), (True, "allowed")]),
    )  # fmt: skip


SECTIONS = (
    Section(
        "program",
        "",
        (
            *("kind", "script", "image", "space", "command", "shell"),
            *("dependencies", "python", "uv_options", "uv_image"),
        ),
        _program,
        first=True,
    ),
    Section("hardware", "", ("flavor", "timeout_amount", "timeout_unit", "spend"), _hardware, first=True),
    Section("values", "", ("env", "secrets"), _values),
    Section("names", "", ("name", "labels", "namespace"), _names),
    Section("files", "Volumes and files", ("volumes", "env_file", "secrets_file"), _files),
    Section(
        "network",
        "Ports and network",
        ("expose", "expose_public", "ssh", "network_group", "network_aliases"),
        _network,
    ),
    Section("more", "Attempts and billing", ("attempts", "resource_group"), _more),
    Section("schedule", "Schedule", ("schedule", "suspend", "concurrency"), _schedule),
)


def _text(field: str, label: str, hint: str, placeholder: str, kinds: tuple[str, ...] = ()) -> FormRow:
    return _row(field, label, hint, TextField(field, placeholder), kinds)


def _words(field: str, label: str, hint: str, placeholder: str, kinds: tuple[str, ...] = ()) -> FormRow:
    return _row(field, label, hint, WordsField(field, placeholder), kinds)


def _file(field: str, label: str, placeholder: str) -> FormRow:
    control = TextField(field, placeholder, suggester=PathSuggester())
    return _row(field, label, "NAME=value on each line, typed rows win; → completes", control, ())


def _row(field: str, label: str, hint: str, control: TextField, kinds: tuple[str, ...]) -> FormRow:
    return (
        FormRow(field, label, hint, control, kinds=kinds) if kinds else FormRow(field, label, hint, control)
    )

"""What is typed laid over what the script says of itself: typed values win, entry by entry.

The rules are those of `hf jobs uv run` (huggingface_hub 2.4, `cli/jobs.py`): env by name, secrets by name,
labels by key, volumes by mount path; network aliases are one set, so any that is typed replaces them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from .checks import RefusedError, quoted
from .collect import Collector, FieldError
from .draft import Draft, Pair
from .environment import Environment
from .in_volume import runs_from_volume
from .quoting import split
from .script import ScriptHeader, read_header
from .timeout import split_timeout
from .volumes import split_mount

_SAME_NAME = {"flavor": "flavor", "python": "python", "namespace": "namespace", "image": "uv_image"}
_URL_PREFIXES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Merged:
    """A draft as it will be built, and where what in it comes from."""

    draft: Draft
    header: ScriptHeader = field(default_factory=ScriptHeader)
    from_script: Mapping[str, str] = field(default_factory=dict)
    """By field: what the script gave, in words."""

    rows_before: Mapping[str, int] = field(default_factory=dict)
    """By field: how many rows of the script stand before those that were typed."""

    def own_row(self, error: FieldError) -> FieldError:
        """The error with the row as typed; one in a row of the script is the whole field's."""
        if error.field in self.from_script and error.index is None:
            return replace(error, message=f"From the script: {error.message}")
        before = self.rows_before.get(error.field, 0)
        if error.index is None or not before:
            return error
        if error.index < before:
            return FieldError(error.field, f"From the script: {error.message}")
        return replace(error, index=error.index - before)


def merged(draft: Draft, environment: Environment, collector: Collector) -> Merged:
    """Lay a draft over the header of its script, when it has one."""
    script_field, script = script_of(draft, environment)
    if not script:
        return Merged(draft)
    read = partial(_header, script, environment)
    return _over(draft, collector.check(script_field, read, ScriptHeader()), environment)


def script_of(draft: Draft, environment: Environment) -> tuple[str, str]:
    """The field that names the script of a uv job, and its path or address; empty when there is none.

    As `hf` has it, which looks for a header only in the very first word after its own options.
    """
    if draft.uv_options.strip() or runs_from_volume(draft):
        return "", ""
    if draft.kind == "uv-script":
        return "script", environment.expand(draft.script.strip())
    return ("command", _first_word(draft)) if draft.kind == "uv-command" else ("", "")


def web_script(draft: Draft) -> tuple[str, str]:
    """The field that names a script on the web, and its address; empty when the job has none."""
    if draft.uv_options.strip():
        return "", ""
    if draft.kind == "uv-script":
        field, script = "script", draft.script.strip()
    else:
        field, script = "command", _first_word(draft) if draft.kind == "uv-command" else ""
    return (field, script) if script.startswith(_URL_PREFIXES) else ("", "")


def _first_word(draft: Draft) -> str:
    words = split(draft.command)
    return words[0] if words else ""


def _header(script: str, environment: Environment) -> ScriptHeader:
    if script.startswith(_URL_PREFIXES):
        text = environment.fetched_script(script)
        return ScriptHeader() if text is None else read_header(text)
    if not environment.is_file(script):
        return ScriptHeader()
    try:
        return read_header(environment.read_text(script))
    except OSError as error:
        raise RefusedError(f"cannot read {script}: {error.strerror or 'no such file'}") from None
    except UnicodeDecodeError:
        raise RefusedError(f"{quoted(script)} is not UTF-8 text") from None


def _over(draft: Draft, header: ScriptHeader, environment: Environment) -> Merged:
    if header == ScriptHeader():
        return Merged(draft)
    labels = _labels(draft, header)
    volumes = _volumes(draft, header, environment)
    fields = _texts(draft, header)
    shown = {name: value for name, value in fields.items() if isinstance(value, str) and value}
    if "timeout_amount" in fields:
        shown["timeout_amount"] = str(header.timeout)
        shown.pop("timeout_unit", None)
    if not any(alias.strip() for alias in draft.network_aliases) and header.network_aliases:
        fields["network_aliases"] = header.network_aliases
        shown["network_aliases"] = " ".join(header.network_aliases)
    shown |= _rows_in_words(draft, header, labels, volumes)
    full = replace(
        draft,
        **fields,  # type: ignore[arg-type]
        labels=(*labels, *draft.labels),
        volumes=(*volumes, *draft.volumes),
    )
    return Merged(full, header, shown, {"labels": len(labels), "volumes": len(volumes)})


def _texts(draft: Draft, header: ScriptHeader) -> dict[str, object]:
    """The single values that only the script gives."""
    fields: dict[str, object] = {}
    for key, name in {**_SAME_NAME, "network_group": "network_group"}.items():
        value = getattr(header, key)
        if value is not None and not getattr(draft, name).strip():
            fields[name] = value
    if header.timeout is not None and not draft.timeout_amount.strip():
        fields["timeout_amount"], fields["timeout_unit"] = split_timeout(header.timeout)
    return fields


def _labels(draft: Draft, header: ScriptHeader) -> tuple[Pair, ...]:
    typed = {pair.name.strip() for pair in draft.labels} | ({"name"} if draft.name.strip() else set())
    given = dict(header.labels)
    if header.name is not None:
        given["name"] = header.name
    return tuple(Pair(key, value) for key, value in given.items() if key not in typed)


def _volumes(draft: Draft, header: ScriptHeader, environment: Environment) -> tuple[str, ...]:
    taken = {_mount_path(environment.expand(text.strip())) for text in draft.volumes if text.strip()}
    return tuple(text for text in header.volumes if _mount_path(text) not in taken)


def _mount_path(text: str) -> str:
    try:
        return split_mount(text)[1]
    except RefusedError:
        return text


def _rows_in_words(
    draft: Draft, header: ScriptHeader, labels: tuple[Pair, ...], volumes: tuple[str, ...]
) -> dict[str, str]:
    env = {pair.name.strip() for pair in draft.env}
    secrets = {pair.name.strip() for pair in draft.secrets}
    words = {
        "env": ", ".join(f"{name}={value}" for name, value in header.env.items() if name not in env),
        "secrets": ", ".join(name for name in header.secrets if name not in secrets),
        "labels": ", ".join(f"{pair.name}={pair.value}" for pair in labels if pair.name != "name"),
        "name": next((pair.value or "" for pair in labels if pair.name == "name"), ""),
        "volumes": ", ".join(volumes),
    }
    return {name: text for name, text in words.items() if text}

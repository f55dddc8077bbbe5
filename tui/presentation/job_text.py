"""A job, the header and the status line in words, as Textual content: theme colours, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import wrap

from textual.content import Content

from ..domain.hardware import Catalogue
from ..domain.identity import Identity
from ..domain.job import Job
from ..domain.money import cost_usd
from ..domain.text import safe, short_id
from ..domain.units import UNKNOWN, countdown, duration, local_time, money, plural
from .cells import Tone
from .glyphs import state_of
from .job_columns import command_line, title
from .job_titles import what_named
from .live_counts import Known, live_counts
from .token_text import token_words

TONE_STYLES: dict[Tone, str] = {
    "plain": "",
    "dim": "dim",
    "accent": "$text-accent",
    "good": "$text-success",
    "warn": "$text-warning",
    "bad": "$text-error bold",
    "strike": "dim strike",
}


def toned(text: str, tone: Tone = "plain") -> Content:
    """Safe text in a tone of the theme."""
    return Content.styled(text, TONE_STYLES[tone])


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the header line says besides the jobs themselves."""

    identity: Identity | None
    namespace: str
    endpoint_label: str
    """"demo" or "local hub" when it is not the Hub, else empty."""
    read_only: bool
    refused: tuple[tuple[str, str], ...] = ()
    """Namespaces that do not let us in, and why."""
    skew: timedelta = timedelta()
    """How far the Hub's clock is ahead of this machine's."""
    new_endings: int = 0
    """How many jobs ended since the user looked last."""
    known: Known = Known.ALL
    """What the counts are worth."""


def header(live: Iterable[Job], catalogue: Catalogue, facts: HeaderFacts, *, ascii_only: bool) -> Content:
    """Who, where, how many live jobs in which state, and the dollars an hour they burn."""
    parts = [Content.styled(f" {safe(_who(facts))} ", "bold $text-accent")]
    counts = live_counts(live, catalogue, facts.known, ascii_only=ascii_only)
    parts += [toned(f"  {text}", tone) for text, tone in counts]
    if facts.new_endings:
        parts.append(toned(f"  {facts.new_endings} newly ended", "accent"))
    if facts.read_only:
        parts.append(toned("  read-only", "warn"))
    if facts.identity is not None and (words := token_words(facts.identity, facts.namespace)):
        parts.append(toned(f"  {words}", "warn"))
    if facts.endpoint_label:
        parts.append(toned(f"  {safe(facts.endpoint_label)}", "warn"))
    parts += [toned(f"  {safe(name)}: {why}", "warn") for name, why in facts.refused]
    if facts.skew:
        ahead = duration(abs(facts.skew.total_seconds()))
        side = "behind" if facts.skew > timedelta() else "ahead of"
        parts.append(toned(f"  this clock is {ahead} {side} the Hub's: times corrected", "warn"))
    return Content.assemble(*parts)


def _who(facts: HeaderFacts) -> str:
    """The namespace shown, or the user and how many organisations beside."""
    if facts.namespace or facts.identity is None:
        return facts.namespace or UNKNOWN
    beside = len(facts.identity.organisations)
    return f"{facts.identity.name} + {plural(beside, 'org')}" if beside else facts.identity.name


def headline(job: Job, catalogue: Catalogue, now: datetime, *, ascii_only: bool) -> Content:
    """One job in one line: name, state, flavor, time, money."""
    state = state_of(job, ascii_only=ascii_only)
    left = job.left_seconds(now)
    facts = [
        safe(job.flavor) or UNKNOWN,
        f"run {duration(job.running_seconds(now))}",
        *([f"left {countdown(left)}"] if left is not None else []),
        money(cost_usd(job, catalogue, now), estimated=True),
    ]
    return Content.assemble(
        Content.styled(f" {safe(title(job))} ", "bold"),
        toned(f" {state.glyph} {safe(state.word)} ", state.tone),
        toned(" · ".join(facts), "plain"),
        toned(f"  {short_id(job.id)}", "dim"),
    )


def why(job: Job, *, ascii_only: bool) -> Content:
    """What the Hub says of the job's state, with its command: why it waits, why it ended."""
    tone: Tone = "warn" if job.live else state_of(job, ascii_only=ascii_only).tone
    return Content.assemble(
        toned(f" {safe(job.message)}", tone), toned(f"  {safe(command_line(job))}", "dim")
    )


def details(job: Job, catalogue: Catalogue, now: datetime, *, ascii_only: bool, columns: int) -> Content:
    """The facts worth a look, within `columns`; environment values stay masked, secrets are names."""
    state = state_of(job, ascii_only=ascii_only)
    word, runs = what_named(job)
    rows: list[tuple[str, str, Tone]] = [
        ("state", f"{state.glyph} {safe(state.word)}", state.tone),
        ("why", safe(job.message), state.tone if not job.live else "warn"),
        ("flavor", _flavor(job, catalogue), "plain"),
        ("time", _times(job, now), "plain"),
        ("cost", money(cost_usd(job, catalogue, now), estimated=True), "plain"),
        ("created", local_time(job.created_at), "dim"),
        (word, safe(runs), "plain"),
        ("command", safe(command_line(job)), "plain"),
        ("env", ", ".join(f"{safe(key)}=…" for key in job.environment), "dim"),
        ("secrets", ", ".join(map(safe, job.secret_names)), "dim"),
        ("labels", _labels(job), "dim"),
        ("owner", safe(job.namespace), "dim"),
        ("id", safe(job.id), "dim"),
    ]
    return labelled([row for row in rows if row[1]], columns=columns)


LABEL_COLUMNS = 9


def labelled(
    rows: Sequence[tuple[str, str, Tone]], *, columns: int = 0, label_columns: int = LABEL_COLUMNS
) -> Content:
    """A dim label and its value on each line; a long value goes on below itself, within `columns`."""
    lines: list[Content] = []
    for label, text, tone in rows:
        width = max(16, columns - label_columns) if columns else len(text) or 1
        for number, part in enumerate(wrap(text, width, break_on_hyphens=False) or [""]):
            margin = label if number == 0 else ""
            lines.append(Content.assemble(toned(f"{margin:<{label_columns}}", "dim"), toned(part, tone)))
    return Content("\n").join(lines)


def jobs_counted(shown: int, total: int, *, complete: bool) -> str:
    """`12 of 41 jobs`, and that more are being read."""
    text = plural(total, "job") if shown == total else f"{shown:,} of {plural(total, 'job')}"
    return text if complete else f"{text}, reading more…"


def _flavor(job: Job, catalogue: Catalogue) -> str:
    flavor = catalogue.get(job.flavor)
    name = safe(job.flavor) or UNKNOWN
    if flavor is None:
        return f"{name} (not on offer)"
    parts = [flavor.cpu, flavor.ram]
    if flavor.accelerator_model:
        parts.append(f"{flavor.accelerator_count}× {flavor.accelerator_model} {flavor.vram or ''}".rstrip())
    parts.append(f"{money(flavor.usd_per_hour)}/h")
    return f"{name} · {', '.join(map(safe, parts))}"


def _times(job: Job, now: datetime) -> str:
    text = f"waited {duration(job.scheduling_seconds(now))}, ran {duration(job.running_seconds(now))}"
    limit = f" of {duration(job.timeout_seconds)}" if job.timeout_seconds else ""
    left = job.left_seconds(now)
    return f"{text}{limit}" + (f", {countdown(left)} left" if left is not None else "")


def _labels(job: Job) -> str:
    return ", ".join(f"{safe(key)}={safe(value)}" for key, value in job.labels.items() if key != "name")


def ports_words(job: Job) -> str:
    """Which ports are open, and to whom: "8000, 8080 (public)"."""
    words = [f"{port} (public)" if port in job.public_ports else str(port) for port in job.ports]
    return ", ".join(words) or "none open"

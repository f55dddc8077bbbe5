"""A scheduled job in full: when it runs, in local time and UTC, and what each run is and may cost."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from ..domain.hardware import Catalogue
from ..domain.job import Job
from ..domain.schedule import ScheduledJob
from ..domain.text import safe
from ..domain.units import UNKNOWN, age, duration, money
from ..spec.price import usd_at_limit
from .cells import Tone
from .glyphs import state_of
from .job_columns import command_line
from .job_text import labelled
from .job_titles import labels_line, title, what_named
from .moments import in_full, until
from .schedule_text import known_runs, schedule_words

_OVERLAP = {None: "", True: "runs may overlap", False: "no run starts while one goes on"}


def run_price(schedule: ScheduledJob, catalogue: Catalogue) -> str:
    """`a10g-small · $1.00/h · stopped after 2:00h · at most $2.00 a run`."""
    job = schedule.what
    flavor = catalogue.get(job.flavor)
    per_hour = None if flavor is None else flavor.usd_per_hour
    seconds = None if job.timeout_seconds is None else int(job.timeout_seconds)
    limit = f"stopped after {duration(job.timeout_seconds)}" if seconds else "stopped after the Hub's 30m"
    most = money(usd_at_limit(per_hour, seconds, job.attempts))
    return f"{safe(job.flavor) or UNKNOWN} · {money(per_hour)}/h · {limit} · at most {most} a run"


def schedule_facts(
    schedule: ScheduledJob,
    last_job: Job | None,
    catalogue: Catalogue,
    now: datetime,
    *,
    ascii_only: bool,
    columns: int,
) -> Content:
    """Labelled lines, what matters most first: a narrow terminal shows only some of them."""
    job = schedule.what
    word, runs = what_named(job)
    words, text = schedule_words(schedule.schedule), safe(" ".join(schedule.schedule.split()))
    rows: list[tuple[str, str, Tone]] = [
        ("when", words if text.startswith(words.removesuffix("…")) else f"{words}  ({text})", "plain"),
        ("next", *next_words(schedule, now)),
        ("last", *_last(schedule, last_job, now, ascii_only=ascii_only)),
        ("price", run_price(schedule, catalogue), "plain"),
        ("then", _then(schedule, now), "dim"),
        ("command", safe(command_line(job)), "plain"),
        (word, safe(runs), "dim"),
        ("overlap", _OVERLAP[schedule.concurrent], "dim"),
        ("labels", safe(labels_line(job)), "dim"),
        ("env", ", ".join(f"{safe(key)}=…" for key in job.environment), "dim"),
        ("secrets", ", ".join(map(safe, job.secret_names)), "dim"),
        ("created", in_full(schedule.created_at), "dim"),
        ("owner", safe(schedule.namespace), "dim"),
        ("id", safe(schedule.id), "dim"),
    ]
    name = Content.styled(safe(title(job)), "bold")
    return Content("\n").join([name, labelled([row for row in rows if row[1]], columns=columns)])


def next_words(schedule: ScheduledJob, now: datetime) -> tuple[str, Tone]:
    """When it runs next, as the Hub says."""
    if schedule.suspended:
        reason = f": {safe(schedule.suspend_reason)}" if schedule.suspend_reason else ""
        return f"suspended{reason}; s lets it go on", "warn"
    if schedule.next_run_at is None:
        ended = known_runs(schedule.schedule, now, 1) == ((), True)
        return ("never runs again", "warn") if ended else (UNKNOWN, "dim")
    if schedule.next_run_at <= now:
        return f"{in_full(schedule.next_run_at)}, due now", "plain"
    return f"{in_full(schedule.next_run_at)}, in {until(schedule.next_run_at, now)}", "plain"


def _then(schedule: ScheduledJob, now: datetime) -> str:
    """The runs after the next one."""
    if schedule.suspended:
        return ""
    return " · ".join(
        f"{run.astimezone():%a %d %b %H:%M}" for run in known_runs(schedule.schedule, now, 4).moments[1:]
    )


def _last(schedule: ScheduledJob, job: Job | None, now: datetime, *, ascii_only: bool) -> tuple[str, Tone]:
    if not schedule.last_job_id:
        return "it has not run yet", "dim"
    when = f"{in_full(schedule.last_run_at)}, {age(schedule.last_run_at, now)} ago"
    if job is None:
        return when, "plain"
    state = state_of(job, ascii_only=ascii_only)
    why = f": {safe(job.message)}" if job.message else ""
    return f"{state.glyph} {safe(state.word)} · {when}{why}", state.tone if state.tone == "bad" else "plain"

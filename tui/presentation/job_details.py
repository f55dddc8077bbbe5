"""Everything the Hub tells of one job, in groups. Values of the environment are masked until asked for."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from textual.content import Content

from ..domain.convert import as_mapping, as_str
from ..domain.hardware import Catalogue
from ..domain.job import Job, Volume
from ..domain.money import cost_usd
from ..domain.text import safe
from ..domain.units import countdown, duration, local_time, money
from ..spec.price import EXPOSED_USD_PER_HOUR, usd_at_limit, usd_per_hour
from .cells import Tone
from .ending_words import ending_words
from .flavor_text import flavor_words
from .glyphs import state_of
from .job_text import labelled
from .job_titles import started_by

MASK = "••••••"
LABEL_COLUMNS = 14
_KNOWN = frozenset(
    {
        "type",
        "id",
        "createdAt",
        "startedAt",
        "finishedAt",
        "durations",
        "dockerImage",
        "spaceId",
        "command",
        "arguments",
        "environment",
        "secrets",
        "flavor",
        "arch",
        "timeout",
        "retry",
        "labels",
        "volumes",
        "expose",
        "network",
        "owner",
        "createdBy",
        "initiator",
        "resourceGroupId",
        "resourceGroup",
        "hfToken",
        "status",
    }
)
_KNOWN_STATUS = frozenset({"stage", "message", "cancelReason", "failureCount", "exposeUrls", "sshUrl"})

Row = tuple[str, str, Tone]


@dataclass(frozen=True)
class JobDetails:
    """A job, and the Hub's own answer once it is there."""

    job: Job
    answer: Mapping[str, Any]
    catalogue: Catalogue
    page: str
    """Address of its page."""
    revealed: bool = False
    """Whether the values of the environment are shown."""
    ascii_only: bool = False

    def groups(self, now: datetime) -> Iterator[tuple[str, list[Row]]]:
        """Title and rows of each group; a row without text says nothing and is left out."""
        yield "State", self._state()
        yield "What runs, on what", [*self._what(), *self._hardware()]
        yield "Time", self._times(now)
        yield "Cost and limits", self._money(now)
        yield "Whose", self._whose()
        yield (
            "Labels",
            [(safe(key), safe(value) or "(empty)", "plain") for key, value in self.job.labels.items()],
        )
        yield "Environment", self._environment()
        yield "Secrets", [("names", ", ".join(map(safe, self.job.secret_names)), "plain")]
        yield "Volumes", [(safe(one.mount_path), _volume(one), "plain") for one in self.job.volumes]
        yield "Network", self._network()
        yield "Told besides", self._besides()

    def content(self, now: datetime, columns: int) -> Content:
        """All groups, one below the other, within `columns`."""
        return grouped(self.groups(now), columns)

    def _state(self) -> list[Row]:
        job, state = self.job, state_of(self.job, ascii_only=self.ascii_only)
        failed = f"{job.failure_count} so far" if job.failure_count else ""
        return [
            ("state", f"{state.glyph} {safe(state.word)}", state.tone),
            ("why", ending_words(job), "plain"),
            ("the Hub says", safe(job.message), "warn" if job.live else state.tone),
            ("failures", failed, "warn"),
            ("id", safe(job.id), "plain"),
            ("page", safe(self.page), "accent"),
        ]

    def _what(self) -> list[Row]:
        return [
            ("image", safe(self.job.image), "plain"),
            ("Space", safe(self.job.space_id), "plain"),
            ("command", safe(shlex.join(self.job.command)), "plain"),
        ]

    def _hardware(self) -> list[Row]:
        job = self.job
        words = flavor_words(self.catalogue.get(job.flavor), job.flavor, price=False)
        arch = as_str(self.answer.get("arch")) or ""
        return [
            ("flavor", f"{safe(job.flavor)}  {words}" if job.flavor else "", "plain"),
            ("arch", safe(arch), "plain"),
        ]

    def _times(self, now: datetime) -> list[Row]:
        job = self.job
        left = job.left_seconds(now)
        limit = f" of {duration(job.timeout_seconds)}" if job.timeout_seconds else ""
        ran = job.running_seconds(now)
        return [
            ("created", _moment(job.created_at), "plain"),
            ("started", _moment(job.started_at), "plain"),
            ("finished", _moment(job.finished_at), "plain"),
            ("waited", duration(job.scheduling_seconds(now)), "plain"),
            ("ran", f"{duration(ran)}{limit}" if ran is not None else "", "plain"),
            ("left", countdown(left) if left is not None else "", "plain"),
        ]

    def _money(self, now: datetime) -> list[Row]:
        job = self.job
        per_hour = usd_per_hour(job.flavor, self.catalogue, exposes=bool(job.ports))
        seconds = None if job.timeout_seconds is None else int(job.timeout_seconds)
        ports = f", {money(EXPOSED_USD_PER_HOUR)} of it for its ports" if job.ports else ""
        return [
            ("so far", f"{money(cost_usd(job, self.catalogue, now), estimated=True)}, an estimate", "plain"),
            ("price", f"{money(per_hour)}/h{ports}", "plain"),
            ("at most", money(usd_at_limit(per_hour, seconds, job.attempts)), "plain"),
            ("timeout", duration(job.timeout_seconds) if job.timeout_seconds else "", "plain"),
            ("attempts", str(job.attempts) if job.attempts else "", "plain"),
        ]

    def _whose(self) -> list[Row]:
        job = self.job
        group = as_str(as_mapping(self.answer.get("resourceGroup")).get("name")) or job.resource_group_id
        kind = "organisation" if job.owner_kind == "org" else ""
        return [
            ("owner", " ".join(filter(None, (safe(job.namespace), kind))), "plain"),
            ("started by", safe(started_by(job)), "plain"),
            ("created by", safe(job.created_by) if job.created_by != started_by(job) else "", "plain"),
            ("group", safe(group), "plain"),
            ("HF_TOKEN", self._token(), "plain"),
        ]

    def _token(self) -> str:
        """Whose token it was given, as far as the Hub tells: never the token."""
        told = as_mapping(self.answer.get("hfToken"))
        parts = [as_str(told.get(key)) or "" for key in ("ownerName", "orgName", "tokenRole")]
        return safe(" · ".join(part for part in parts if part))

    def _environment(self) -> list[Row]:
        values = self.job.environment.items()
        return [
            (safe(name), (safe(value) if self.revealed else MASK) or "(empty)", "plain")
            for name, value in values
        ]

    def _network(self) -> list[Row]:
        job = self.job
        public = [port for port in job.ports if port in job.public_ports]
        aliases = f" as {', '.join(map(safe, job.network_aliases))}" if job.network_aliases else ""
        return [
            ("ports", ", ".join(str(port) for port in job.ports if port not in public), "plain"),
            ("public", ", ".join(map(str, public)), "warn"),
            *[("reached at", safe(url), "accent") for url in job.expose_urls],
            ("ssh", safe(job.ssh_url), "plain"),
            ("group", f"{safe(job.network_group)}{aliases}" if job.network_group else "", "plain"),
        ]

    def _besides(self) -> list[Row]:
        """What the Hub tells and this version knows nothing of."""
        status = as_mapping(self.answer.get("status"))
        news = [(key, value) for key, value in self.answer.items() if key not in _KNOWN]
        news += [(f"status.{key}", value) for key, value in status.items() if key not in _KNOWN_STATUS]
        return [(safe(key), brief(value), "plain") for key, value in news]


def grouped(groups: Iterable[tuple[str, list[Row]]], columns: int) -> Content:
    """Groups with their titles, one below the other, within `columns`; what says nothing is left out."""
    parts = []
    for title, rows in groups:
        if told := [row for row in rows if row[1]]:
            lines = labelled(told, columns=columns, label_columns=LABEL_COLUMNS)
            parts.append(Content("\n").join([Content.styled(title, "bold $text-accent"), lines]))
    return Content("\n\n").join(parts)


def _moment(moment: datetime | None) -> str:
    """A time here and in UTC; once where both are the same."""
    if moment is None:
        return ""
    here, utc = local_time(moment), moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return utc if utc.startswith(here) else f"{here} here · {utc}"


def _volume(volume: Volume) -> str:
    revision = f"@{volume.revision}" if volume.revision else ""
    path = f"/{volume.path.strip('/')}" if volume.path else ""
    access = "read only" if volume.read_only else "can be written"
    return safe(f"{volume.kind} {volume.source}{revision}{path} · {access}")


def brief(value: Any) -> str:
    """A value of the answer in one line, cut."""
    return safe(json.dumps(value, ensure_ascii=False))[:500]

"""What was written to the hub against what was confirmed on the screen."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.local_hub import RecordedRequest

from .frames import Box, boxes, without_blanks
from .world import Target

CONFIRMS = re.compile(rb"y|\r|\n|\x13|\x1b\[<0;[0-9;]+M|\x1b\[13;5u")
"""Keys that say yes to one dialog or another, and a click."""
VALID_SECONDS = 20.0
"""How long after its confirmation a request may still be sent: requests wait for connections."""
UPLOAD_SECONDS = 120.0
SHOWN_CHARACTERS = 20
"""So much of a name stands in the narrowest dialog."""


class UnconfirmedError(AssertionError):
    """A request that nothing on the screen had asked about: which, and what was there instead."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which dialog confirms which request."""

    deed: str
    method: str
    path: re.Pattern[str]
    title: re.Pattern[str]
    many: bool = False
    """A dialog about several: it names the first of them and their number."""


def _rule(deed: str, method: str, path: str, title: str, *, many: bool = False) -> Rule:
    return Rule(deed, method, re.compile(f"{path}$"), re.compile(title), many)


_JOB = r"/api/jobs/(?P<namespace>[^/]+)/(?P<id>[^/]+)"
_SCHEDULE = r"/api/scheduled-jobs/(?P<namespace>[^/]+)/(?P<id>[^/]+)"
_LABELS, _LABELS_OF_MANY = r"^Name and labels of ", r"^Name and labels of [0-9]+ "
RULES = (
    _rule("cancel", "POST", _JOB + "/cancel", r"^Cancel this job"),
    _rule("cancel", "POST", _JOB + "/cancel", r"^Cancel [0-9]+ jobs", many=True),
    _rule("run again", "POST", _JOB + "/duplicate", r"^(?:Run|Rerun) this job"),
    _rule("run again", "POST", _JOB + "/duplicate", r"^(?:Run|Rerun) [0-9]+ jobs", many=True),
    _rule("label", "PUT", _JOB + "/labels", _LABELS),
    _rule("label", "PUT", _JOB + "/labels", _LABELS_OF_MANY, many=True),
    _rule("label", "PUT", _SCHEDULE + "/labels", _LABELS),
    _rule("label", "PUT", _SCHEDULE + "/labels", _LABELS_OF_MANY, many=True),
    _rule("expose", "PUT", _JOB + "/expose", r"^(?:Ports of|Open to anyone)"),
    _rule("trigger", "POST", _SCHEDULE + "/run", r"^Run it once now"),
    _rule("reschedule", "POST", _SCHEDULE + "/schedule", r"^When does it run"),
    _rule("delete", "DELETE", _SCHEDULE, r"^Delete this scheduled job"),
    _rule("delete", "DELETE", _SCHEDULE, r"^Delete [0-9]+ scheduled jobs", many=True),
    _rule("suspend", "POST", _SCHEDULE + "/(?:suspend|resume)", r"^(?:Suspend|Resume) "),
)
SUBMIT = re.compile(r"/api/(?:scheduled-)?jobs/(?P<namespace>[^/]+)$")
SUBMIT_TITLE = re.compile(r"^Submit this")
UPLOAD = re.compile(r"/api/buckets/")
SUSPEND = re.compile(_SCHEDULE + "/(?:suspend|resume)$")
SCHEDULES = re.compile(r"\bNEXT RUN\b|\b[0-9]+ scheduled jobs? ·")
"""What stands on the screen of the schedules: a heading, or the line below, whatever its size."""
PALETTE = "Search for commands"


@dataclass(eq=False)
class Episode:
    """A dialog from the frame in which it came up to the one in which it was gone."""

    title: str
    seen: list[Box] = field(default_factory=list)
    """What it looked like, each look once."""
    confirmed_at: list[float] = field(default_factory=list)
    """When a key that confirms was sent while it stood there."""
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often it stood for a deed to a target."""

    def continues_in(self, box: Box) -> bool:
        """Whether this is the same dialog: a message may lie over a part of it."""
        return box.title == self.title or (
            box.at == self.seen[-1].at
            and (self.title.startswith(box.title) or box.title.startswith(self.title))
        )

    def names(self, *words: str) -> bool:
        """Whether one of its looks shows all of these."""
        return any(all(box.names(word) for word in words) for box in self.seen)

    def take(self, deed: str, target_id: str, seconds: float = VALID_SECONDS) -> bool:
        """Whether it was confirmed lately and oftener than it was used for this."""
        now = time.monotonic()
        count = sum(now - at < seconds for at in self.confirmed_at)
        if count <= self.used[deed, target_id]:
            return False
        self.used[deed, target_id] += 1
        return True


class Ledger:
    """Is told of every frame, every input and every request, in that order."""

    def __init__(
        self, name_of: Callable[[str], Target | None], note: Callable[[str], None] = lambda words: None
    ) -> None:
        """`note` is told of every dialog that comes up or goes."""
        self._name_of = name_of
        self._note = note
        self._open: list[Episode] = []
        self._episodes: list[Episode] = []
        self._rows: list[str] = []
        self._suspends: list[tuple[float, str]] = []
        """When `s` was pressed or something chosen in the palette, and the list of schedules seen there."""
        self._list = ""

    def on_frame(self, rows: list[str]) -> None:
        """A frame was painted."""
        self._rows = rows
        if any(map(SCHEDULES.search, rows)):
            self._list = without_blanks("\n".join(rows))
        still = []
        for box in boxes(rows):
            episode = next((one for one in self._open if one.continues_in(box)), None)
            if episode is None:
                episode = Episode(box.title)
                self._episodes.append(episode)
                self._note(f"[{box.title}]")
            if box not in episode.seen:
                episode.seen.append(box)
            still.append(episode)
        for gone in self._open:
            if gone not in still:
                self._note(f"[/{gone.title}]")
        self._open = still

    def on_input(self, written: bytes) -> None:
        """Something is about to be typed: only what has been seen by now can be confirmed by it."""
        now = time.monotonic()
        for episode in self._open:
            episode.confirmed_at += [now] * len(CONFIRMS.findall(written))
        on_list = any(map(SCHEDULES.search, self._rows))
        in_palette = any(PALETTE in row for row in self._rows)
        if (b"s" in written and on_list) or (CONFIRMS.search(written) and in_palette):
            self._suspends.append((now, self._list))
        self._episodes = self._episodes[-400:]

    def on_request(self, request: RecordedRequest) -> None:
        """The hub was written to. Raises UnconfirmedError when nobody had agreed to that."""
        if UPLOAD.match(request.path):
            self._check_upload(request)
        elif request.method == "POST" and (submit := SUBMIT.fullmatch(request.path)):
            self._check_submit(submit["namespace"], request)
        else:
            self._check(request)

    def _check(self, request: RecordedRequest) -> None:
        for rule in RULES:
            found = rule.path.fullmatch(request.path)
            if found is None or rule.method != request.method:
                continue
            for episode in reversed(self._episodes):
                if (
                    rule.title.match(episode.title)
                    and self._is_named(found["id"], rule, episode)
                    and episode.take(rule.deed, found["id"])
                ):
                    return
        if (found := SUSPEND.fullmatch(request.path)) and self._suspended_by_key(found["id"]):
            return
        raise self._unconfirmed(request)

    def _is_named(self, target_id: str, rule: Rule, episode: Episode) -> bool:
        """Of several only the first are named; of their labels none."""
        target = self._name_of(target_id)
        names = [target.short_id, *(name[:SHOWN_CHARACTERS] for name in target.names)] if target else []
        others = ("more", "shared") if rule.many else ()
        return any(episode.names(word) for word in (target_id, *names, *others))

    def _suspended_by_key(self, schedule_id: str) -> bool:
        """Suspending has no question: `s` on the screen of the schedules, where it is seen, is enough."""
        target = self._name_of(schedule_id)
        names = target.names if target else ()
        now = time.monotonic()
        return any(
            now - at < VALID_SECONDS and any(without_blanks(name)[:12] in seen for name in names)
            for at, seen in self._suspends
        )

    def _check_submit(self, namespace: str, request: RecordedRequest) -> None:
        body: Mapping[str, Any] = request.json if isinstance(request.json, dict) else {}
        job = body.get("jobSpec", body)
        words = [namespace, job.get("flavor", ""), job.get("dockerImage") or job.get("spaceId") or ""]
        words.append(job.get("labels", {}).get("name", ""))
        for episode in reversed(self._episodes):
            if SUBMIT_TITLE.match(episode.title) and episode.names(*words) and episode.take("submit", ""):
                return
        raise self._unconfirmed(request)

    def _check_upload(self, request: RecordedRequest) -> None:
        """Files go up before the job that was agreed to."""
        now = time.monotonic()
        for episode in reversed(self._episodes):
            if SUBMIT_TITLE.match(episode.title) and any(
                now - at < UPLOAD_SECONDS for at in episode.confirmed_at
            ):
                return
        raise self._unconfirmed(request)

    def _unconfirmed(self, request: RecordedRequest) -> UnconfirmedError:
        shown = [
            f"{episode.title!r}, confirmed {len(episode.confirmed_at)} times, used {dict(episode.used)}: "
            + episode.seen[-1].text
            for episode in self._episodes[-8:]
        ]
        return UnconfirmedError(
            f"{request.method} {request.path} {request.json!r} was not confirmed in a dialog naming it.\n"
            + "Last dialogs:\n  "
            + "\n  ".join(shown or ["none"])
        )

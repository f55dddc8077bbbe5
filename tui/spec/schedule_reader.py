"""A schedule typed in words: `every hour`, `Mon–Fri 09:00`, `at 06:30 UTC, on day 1 of the month`."""

from __future__ import annotations

import re
from collections.abc import Callable

from .checks import RefusedError, quoted
from .schedule_words import MONTHS, WEEKDAYS

Fields = dict[str, str]
"""Of minute, hour, day, month, weekday those that were said."""

_FIELDS = ("minute", "hour", "day", "month", "weekday")
_COLLECTIVE = {
    "hourly": "@hourly",
    "daily": "@daily",
    "weekly": "@weekly",
    "monthly": "@monthly",
    "yearly": "@yearly",
    "annually": "@annually",
}
_AND = r"(?:, and |, | and )"
_BARE = re.compile(r"at (?P<fields>(?:[\d*,/-]+ ){4}[\d*,/-]+)(?: \(minute hour day month weekday, utc\))?")
_CLOCK = r"\d{1,2}:\d\d"
_WEEKDAY = r"(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:days?)?"
_WEEKDAY_NUMBER = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS[:7])}
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS) if name}


def words_to_cron(text: str) -> str | None:
    """A schedule in words as the Hub takes it; None when these are not the words of one.

    Raises:
        RefusedError: they are, but one schedule cannot say it.
    """
    folded = " ".join(text.lower().split())
    if folded in _COLLECTIVE:
        return _COLLECTIVE[folded]
    if bare := _BARE.fullmatch(folded):
        return bare["fields"]
    rest = " ".join(folded.replace(",", ", ").split())
    fields: Fields = {}
    while rest:
        for pattern, take in _CLAUSES:
            if found := pattern.match(rest):
                for name, value in take(found).items():
                    if fields.setdefault(name, value) != value:
                        raise RefusedError(
                            f"{quoted(text)} says two things of the {name}; one schedule has one"
                        )
                rest = rest[found.end() :]
                break
        else:
            return None
    if not fields:
        return None
    if "minute" not in fields:
        fields |= {"minute": "0", "hour": "0"}
    return " ".join(fields.get(name, "*") for name in _FIELDS)


def _every_minutes(found: re.Match[str]) -> Fields:
    start = str(int(found["start"])) if found["start"] else "*"
    return {"minute": f"{start}/{int(found['step'])}" if found["step"] else "*", "hour": "*"}


def _every_hours(found: re.Match[str]) -> Fields:
    minutes = [str(int(one)) for one in re.findall(r":(\d\d)", found["minutes"] or ":00")]
    return {"minute": ",".join(minutes), "hour": f"*/{int(found['step'])}" if found["step"] else "*"}


def _hours_from(found: re.Match[str]) -> Fields:
    hour, minute = found["clock"].split(":")
    return {"minute": str(int(minute)), "hour": f"{int(hour)}/{int(found['step'])}"}


def _clock(found: re.Match[str]) -> Fields:
    times = [time.split(":") for time in re.findall(_CLOCK, found[0])]
    minutes = {int(minute) for _, minute in times}
    if len(minutes) > 1:
        raise RefusedError("has times at different minutes; make a schedule for each")
    return {"minute": str(minutes.pop()), "hour": ",".join(str(int(hour)) for hour, _ in times)}


def _span(found: re.Match[str]) -> Fields:
    first, last = _weekday(found["first"]), _weekday(found["last"]) or 7
    if first <= last:
        return {"weekday": f"{first}-{last}"}
    return {"weekday": ",".join(map(str, [*range(last + 1), *range(first, 7)]))}


def _weekdays(found: re.Match[str]) -> Fields:
    return {"weekday": ",".join(str(_weekday(name)) for name in re.findall(_WEEKDAY, found[0]))}


def _weekday(name: str) -> int:
    return _WEEKDAY_NUMBER[name[:3]]


def _month(found: re.Match[str]) -> Fields:
    return {"month": str(_MONTH_NUMBER[found["month"][:3]])}


def _days(found: re.Match[str]) -> Fields:
    return {"day": ",".join(str(int(number)) for number in re.findall(r"\d+", found[0]))}


_CLAUSES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Fields]], ...] = tuple(
    (re.compile(rf"{pattern}(?![\w:/])[ ,]*", re.ASCII), take)
    for pattern, take in (
        (r"every (?:(?P<step>\d{1,4}) )?min(?:ute)?s?(?: from :(?P<start>\d\d))?", _every_minutes),
        (rf"every (?P<step>\d{{1,4}}) h(?:ou)?rs? from (?P<clock>{_CLOCK})", _hours_from),
        (
            rf"every (?:(?P<step>\d{{1,4}}) )?h(?:ou)?rs?(?: at (?P<minutes>:\d\d(?:{_AND}:\d\d)*))?",
            _every_hours,
        ),
        (rf"(?:at )?{_CLOCK}(?:{_AND}{_CLOCK})*", _clock),
        (r"(?:every ?day|daily)", lambda found: {"day": "*", "weekday": "*"}),
        (r"(?:on |every )?(?:weekdays?|working days?)", lambda found: {"weekday": "1-5"}),
        (r"(?:on |every )?weekends?", lambda found: {"weekday": "0,6"}),
        (rf"(?:on |every |from )?(?P<first>{_WEEKDAY})(?: ?[-–] ?| to )(?P<last>{_WEEKDAY})", _span),
        (rf"(?:on |every )?{_WEEKDAY}(?:{_AND}{_WEEKDAY})*", _weekdays),
        (rf"(?:on )?days? \d{{1,4}}(?:{_AND}\d{{1,4}})*(?: of (?:the|each|every) month)?", _days),
        (rf"in (?P<month>{'|'.join(name.lower() for name in MONTHS if name)})", _month),
        (r"utc", lambda found: {}),
    )
)

"""Which jobs a filter keeps.

train flavor:a10g* -status:completed label:team=ml     words that must all match
cost:>1 run:<90m age:<2d left:<15m                     comparisons: money, durations, ages
status:running OR status:waiting,failed                either side; a comma is an OR within one field
"timed out" name:"my run"                              quotes keep spaces
@mine                                                  a filter saved by that name
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

from .job import Job
from .nearest import nearest
from .query_fields import FIELDS, IS, SECONDS, TEXTS, USD, Facts, read_seconds, read_usd, state_words
from .query_words import QueryError, Word, words

__all__ = ["Facts", "Query", "QueryError", "compile_query", "saving"]

Query = Callable[[Job, Facts], bool]

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}
_MOST_NESTED = 8
_LEAST_CLOSE = 0.75
"""A word before a colon may be an image as well: only one that is very close is a mistake."""


def compile_query(text: str, saved: Mapping[str, str] | None = None) -> Query:
    """The test a filter text stands for; an empty one keeps everything. Raises QueryError."""
    return _any_of(words(text), saved or {}, 0)


def saving(text: str) -> tuple[str, str] | None:
    """The name and the filter of `@name=filter`, which saves one; None for any other text."""
    found = re.fullmatch(r"\s*@([\w-]+)=(.*)", text, re.DOTALL)
    return (found.group(1), found.group(2).strip()) if found else None


def _any_of(listed: list[Word], saved: Mapping[str, str], depth: int) -> Query:
    groups: list[list[Query]] = [[]]
    for number, word in enumerate(listed):
        if word.text in ("OR", "|") and word.bare == len(word.text):
            if not groups[-1] or number == len(listed) - 1:
                raise word.wrong("OR stands between two things to look for")
            groups.append([])
        else:
            groups[-1].append(_term(word, saved, depth))
    if len(groups) == 1:
        return _all_of(groups[0])
    either = [_all_of(group) for group in groups]
    return lambda job, facts: any(query(job, facts) for query in either)


def _all_of(terms: list[Query]) -> Query:
    if len(terms) == 1:
        return terms[0]
    return lambda job, facts: all(term(job, facts) for term in terms)


def _term(word: Word, saved: Mapping[str, str], depth: int) -> Query:
    if word.bare and word.text[0] in "-!":
        rest = Word(word.text[1:], word.start, word.end, word.bare - 1)
        if not rest.text:
            raise word.wrong(f"“{word.text}” turns round the word that follows it, without a space")
        positive = _term(rest, saved, depth)
        return lambda job, facts: not positive(job, facts)
    if word.bare and word.text[0] == "@" and len(word.text) > 1:
        return _saved(word, saved, depth)
    found = re.match(r"([A-Za-z]+)(:|[<>])", word.text[: word.bare])
    if found and (name := _field(word, found.group(1).lower(), colon=found.group(2) == ":")):
        return _field_term(word, name, word.text[len(found.group(1)) :].removeprefix(":"))
    wanted = word.text.casefold()
    return lambda job, facts: any(wanted in part for part in _haystack(job))


def _saved(word: Word, saved: Mapping[str, str], depth: int) -> Query:
    name = word.text[1:]
    if name not in saved:
        known = f"saved are {', '.join('@' + other for other in sorted(saved))}" if saved else "none is saved"
        raise word.wrong(f"there is no saved filter @{name}; {known}; @{name}=… saves one")
    if depth >= _MOST_NESTED:
        raise word.wrong(f"@{name} leads back to itself")
    try:
        return _any_of(words(saved[name]), saved, depth + 1)
    except QueryError as error:
        raise word.wrong(f"in @{name}: {error.explanation}") from None


def _field(word: Word, name: str, *, colon: bool) -> str:
    """The field of that name, empty when the word is just a word with a colon in it, like an image."""
    if name in FIELDS:
        return name
    close = nearest(name, FIELDS, least_close=_LEAST_CLOSE)
    if close and colon:
        raise word.wrong(f"there is no field “{name}”; did you mean “{close}:”?")
    return ""


def _field_term(word: Word, name: str, value: str) -> Query:
    if not value:
        raise word.wrong(f"“{name}:” wants something to look for: {_example(name)}")
    if name == "is":
        if value.lower() not in IS:
            raise word.wrong(f"“is:” knows {', '.join(IS)}")
        return IS[value.lower()]
    if name in TEXTS:
        return _text_term(TEXTS[name], value)
    return _number_term(word, name, value)


def _text_term(read: Callable[[Job], tuple[str, ...]], value: str) -> Query:
    tests = [_text_test(part) for part in value.casefold().split(",") if part]
    return lambda job, facts: any(test(part.casefold()) for part in read(job) if part for test in tests)


def _text_test(wanted: str) -> Callable[[str], bool]:
    if re.search(r"[*?]", wanted):
        return lambda part: fnmatchcase(part, wanted)
    return lambda part: part.startswith(wanted)


def _number_term(word: Word, name: str, value: str) -> Query:
    found = re.match(r"[<>]=?", value)
    sign = found.group() if found else ">="
    text = value[len(found.group()) :] if found else value
    read = SECONDS.get(name) or USD[name]
    limit = read_seconds(text) if name in SECONDS else read_usd(text)
    if limit is None:
        kind = "a duration like 90s, 15m, 1.5h, 2d" if name in SECONDS else "an amount like 0.50 or $3"
        raise word.wrong(f"“{text}” is not {kind}: {_example(name)}")
    compare = _COMPARE[sign]

    def keeps(job: Job, facts: Facts) -> bool:
        number = read(job, facts)
        return number is not None and compare(number, limit)

    return keeps


def _example(name: str) -> str:
    if name in SECONDS:
        return f"{name}:>15m or {name}:<2h"
    examples = {
        "status": "status:running",
        "flavor": "flavor:a10g*",
        "label": "label:team=ml",
        "is": "is:live",
    }
    return f"{name}:>1 or {name}:<0.50" if name in USD else examples.get(name, f"{name}:something*")


def _haystack(job: Job) -> tuple[str, ...]:
    labels = " ".join(job.labels.values())
    parts = (job.name, job.id, *state_words(job), job.flavor, job.image, job.space_id, job.namespace, labels)
    return tuple(part.casefold() for part in (*parts, " ".join(job.command)))

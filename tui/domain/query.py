"""Which rows of a table a filter keeps.

train flavor:a10g* -status:completed label:team=ml     words that must all match
cost:>1 run:<90m created:<2d created:2026-10-01         comparisons: money, durations, ages, dates
status:running OR status:waiting|failed                either side; | and , are an OR within one field
"timed out" name:"my run"                              quotes keep spaces
@mine                                                  a filter saved by that name
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from fnmatch import translate
from typing import Generic

from .nearest import nearest
from .query_fields import Field, Fields, Row
from .query_values import comparison
from .query_words import QueryError, Word, words

__all__ = ["Query", "QueryError", "before_unfinished", "compile_query", "quoted", "saving"]

Keeps = Callable[[Row], bool]
Query = Callable[[datetime], Keeps[Row]]
"""Given the present, the test of a row."""
Rows = Callable[[], Iterable[Row]]

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_NESTED = 8
_MOST_REMEMBERED = 20_000
_FIELDS_NAMED = 5
_FEW_VALUES = 6
_LIKE_A_NAME = re.compile(r"[A-Za-z][A-Za-z _-]*")


def compile_query(
    text: str,
    fields: Fields[Row],
    *,
    saved: Mapping[str, str] | None = None,
    rows: Rows[Row] = tuple,
    now: datetime = _LONG_AGO,
) -> Query[Row]:
    """The test a filter text stands for; an empty one keeps everything.

    `rows` are asked only about what would be a mistake otherwise: a text with a colon, like an image, and a
    value of a closed set are understood when a row shows them, `now`. Raises QueryError.
    """
    return _Compiler(fields, saved or {}, rows, now).any_of(words(text, fields.names), 0)


def saving(text: str) -> tuple[str, str] | None:
    """The name and the filter of `@name=filter`, which saves one; None for any other text."""
    found = re.fullmatch(r"\s*@([\w-]+)=(.*)", text, re.DOTALL)
    return (found.group(1), found.group(2).strip()) if found else None


def before_unfinished(text: str, error: QueryError) -> str | None:
    """The filter before a field at its end whose value is yet to come; None for any other mistake."""
    word = text[error.start : error.end]
    unfinished = error.end == len(text) and re.search(r"[:<>]=?$", word)
    return text[: error.start] if unfinished else None


def quoted(text: str) -> str:
    """The text as a filter takes it for one plain value: between quotes where it must be."""
    plain = re.fullmatch(r'[^\s"|,]+', text) and text[0] not in "<>"
    return text if plain else '"{}"'.format(text.replace('"', ""))


class _Compiler(Generic[Row]):
    def __init__(self, fields: Fields[Row], saved: Mapping[str, str], rows: Rows[Row], now: datetime) -> None:
        self._fields = fields
        self._saved = saved
        self._rows = rows
        self._now = now

    def any_of(self, listed: list[Word], depth: int) -> Query[Row]:
        groups: list[list[Query[Row]]] = [[]]
        for number, word in enumerate(listed):
            if word.text in ("OR", "|") and word.bare == len(word.text):
                if not groups[-1] or number == len(listed) - 1:
                    raise word.wrong("OR stands between two things to look for")
                groups.append([])
            else:
                groups[-1].append(self._term(word, depth))
        return _joined([_joined(group, all) for group in groups], any)

    def _term(self, word: Word, depth: int) -> Query[Row]:
        if word.bare and word.text[0] in "-!":
            if len(word.text) == 1:
                raise word.wrong(f"“{word.text}” turns round the word that follows it, without a space")
            positive = self._term(word.part(1), depth)
            return lambda now: _negated(positive(now))
        if word.bare and word.text[0] == "@" and len(word.text) > 1:
            return self._saved_term(word, depth)
        sign_at = word.sign_at
        if sign_at > 0 and (field := self._field(word, sign_at)):
            return self._field_term(word, field, sign_at)
        return self._text_term(word.text.casefold())

    def _saved_term(self, word: Word, depth: int) -> Query[Row]:
        name, saved = word.text[1:], self._saved
        if name not in saved:
            known = (
                f"saved are {', '.join('@' + other for other in sorted(saved))}" if saved else "none is saved"
            )
            raise word.wrong(f"there is no saved filter @{name}; {known}; @{name}=… saves one")
        if depth >= _MOST_NESTED:
            raise word.wrong(f"@{name} leads back to itself")
        try:
            return self.any_of(words(saved[name], self._fields.names), depth + 1)
        except QueryError as error:
            raise word.wrong(f"in @{name}: {error.explanation}") from None

    # A field, or a text with a colon in it

    def _field(self, word: Word, sign_at: int) -> Field[Row] | None:
        """The field a word begins with; None when the word is only text, like an address or an image."""
        name, value = word.text[:sign_at], word.text[sign_at + 1 :]
        if field := self._fields.get(name):
            return field
        compares = word.text[sign_at] in "<>"
        if not _LIKE_A_NAME.fullmatch(name) or value.startswith("//"):
            return None
        if compares and not re.match(r"=?[~$]?\d", value):
            return None
        if value and self._shown(word.text.casefold()):
            return None
        near = self._fields.nearest(name)
        listed = ", ".join(field.name for field in list(self._fields)[:_FIELDS_NAMED])
        meant = f"did you mean “{near}:”?" if near else f"the fields are {listed} … (F1 lists them)"
        raise word.wrong(f'“{name}” is not a field; {meant} In quotes it is text: "{word.text}"')

    def _shown(self, text: str) -> bool:
        """Whether a row holds this text."""
        text_of, now = self._fields.text_of, self._now
        return any(text in text_of(row, now) for row in self._rows())

    def _text_term(self, wanted: str) -> Query[Row]:
        text_of = self._fields.text_of
        if "…" in wanted and len(wanted) > 1:  # an id as it is shown
            pattern = re.compile(".*?".join(map(re.escape, wanted.split("…"))))
            return lambda now: lambda row: pattern.search(text_of(row, now)) is not None
        return lambda now: lambda row: wanted in text_of(row, now)

    # The value of a field

    def _field_term(self, word: Word, field: Field[Row], sign_at: int) -> Query[Row]:
        value = word.part(sign_at + (word.text[sign_at] == ":"))
        if not value.text.strip("<>="):
            raise word.wrong(f"“{word.text}” wants something to look for: {_example(field)}")
        if self._compared(value, field):  # an amount may hold a comma
            parts = [value]
        else:
            separators = "|" if self._compared(next(value.split("|"), value), field) else "|,"
            parts = list(value.split(separators)) or [value]
        return _joined([self._value_term(part, field) for part in parts], any)

    def _compared(self, value: Word, field: Field[Row]) -> Query[Row] | None:
        """The test of a comparison; None when the value is not one."""
        unit, number = field.unit, field.number
        if unit is None or number is None:
            return None
        sign = "" if value.quoted[:1] == (True,) else (re.match(r"[<>]=?|", value.text) or [""])[0]
        bound = comparison(unit, sign, value.text[len(sign) :].strip())
        if bound is None:
            return None

        def at(now: datetime) -> Keeps[Row]:
            test = bound(now)
            return lambda row: test(number(row, now))

        return at

    def _value_term(self, value: Word, field: Field[Row]) -> Query[Row]:
        text = value.text.casefold()
        shown = _shown_term(field, text)
        if field.unit is None:
            if field.closed:
                self._check_known(value, field)
            return shown
        compared = self._compared(value, field)
        signed = text[0] in "<>" and not value.quoted[0]
        if compared is not None:
            return compared if signed else _joined([compared, shown], any)
        if not signed and self._some_row(shown):
            return shown
        amount = text.lstrip("<>=")
        raise value.wrong(f"“{amount}” is not {field.unit.example}: {_example(field)}")

    def _check_known(self, value: Word, field: Field[Row]) -> None:
        """A word that no row can show is a mistake."""
        text = value.text.casefold()
        test = _text_test(text)
        if any(map(test, field.closed)) or self._some_row(_shown_term(field, text)):
            return
        near = nearest(text, field.closed)
        said = [f"did you mean “{near}”?"] if near else []
        if not near or len(field.closed) <= _FEW_VALUES:
            said.append(f"it is one of {', '.join(field.closed)}")
        raise value.wrong(f"“{value.text}” is not a value of {field.name}: {' '.join(said)}")

    def _some_row(self, query: Query[Row]) -> bool:
        return any(map(query(self._now), self._rows()))


def _shown_term(field: Field[Row], text: str) -> Query[Row]:
    texts = field.texts
    test = _remembered(_text_test(text) if field.unit is None else _cell_test(text))
    return lambda now: lambda row: any(test(part) for part in texts(row, now))


def _remembered(test: Callable[[str], bool]) -> Callable[[str], bool]:
    """The test of a text in any case, none is never one: rows share most of their words."""
    known: dict[str, bool] = {"": False}

    def remembered(part: str) -> bool:
        answer = known.get(part)
        if answer is None:
            if len(known) > _MOST_REMEMBERED:
                known.clear()
            answer = known[part] = bool(part) and test(part.casefold())
        return answer

    return remembered


def _cell_test(wanted: str) -> Callable[[str], bool]:
    """Whether a cell shows just this, or a word of it does: in "$0.10" there is no 1."""
    return lambda part: f" {wanted} " in f" {part} "


def _text_test(wanted: str) -> Callable[[str], bool]:
    """Whether a text in lower case, or a word in it, begins like this; `*` and `?` stand for anything."""
    if re.search(r"[*?…]", wanted):
        whole = re.compile(translate(wanted.replace("…", "*").replace("[", "[[]")))
        return lambda part: whole.match(part) is not None
    spaced = re.sub(r"[_-]", " ", wanted)
    if not wanted[:1].isalnum():
        return lambda part: wanted in part
    start = re.compile(rf"(?<![^\W_])(?:{re.escape(wanted)}|{re.escape(spaced)})")
    return lambda part: start.search(part) is not None


def _joined(queries: list[Query[Row]], how: Callable[[Iterable[bool]], bool]) -> Query[Row]:
    if len(queries) == 1:
        return queries[0]

    def at(now: datetime) -> Keeps[Row]:
        tests = [query(now) for query in queries]
        return lambda row: how(test(row) for test in tests)

    return at


def _negated(keeps: Keeps[Row]) -> Keeps[Row]:
    return lambda row: not keeps(row)


def _example(field: Field[Row]) -> str:
    if field.unit is not None:
        return f"{field.name}:{field.unit.comparison}"
    return f"{field.name}:{quoted(field.closed[0]) if field.closed else 'text'}"

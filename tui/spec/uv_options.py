"""The options of `uv run`: which take a value, and where among the words of a line they end.

As `uv run --help` of uv 0.13.9 lists them, with those it leaves out of its help but still takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

UV_VERSION = "0.13.9"

_SWITCHES = """
--all-extras --no-dev --only-dev --no-default-groups --all-groups -m/--module --no-editable --exact
--no-env-file --isolated --active --no-sync --locked --frozen -s/--script --gui-script --all-packages
--no-project --no-index -U/--upgrade --no-sources --reinstall --compile-bytecode --no-build-isolation
--no-build --no-binary --require-build-hashes --no-require-build-hashes -n/--no-cache --refresh
--managed-python --no-managed-python --no-python-downloads -q/--quiet -v/--verbose --system-certs --offline
--no-progress --no-config -h/--help
"""
_SWITCHES_NOT_IN_HELP = """
--dev --no-active --pre --native-tls --no-native-tls --preview --no-preview --allow-python-downloads
--show-resolution --no-color --no-refresh --no-upgrade --no-reinstall --no-compile-bytecode --compile
--no-compile --build --binary --build-isolation --no-offline --no-all-extras --inexact --editable
--no-system-certs --no-cache-dir --no-installer-metadata --no-exact --no-frozen --no-locked
"""
_WITH_VALUE = """
--extra --no-extra --group --no-group --only-group --no-editable-package --env-file -w/--with --with-editable
--with-requirements --package --python-platform --index --default-index -i/--index-url --extra-index-url
-f/--find-links --index-strategy --keyring-provider -P/--upgrade-package --upgrade-group --resolution
--prerelease --prerelease-package --fork-strategy --exclude-newer --exclude-newer-package
--no-sources-package --reinstall-package --link-mode -C/--config-setting --config-settings-package
--no-build-isolation-package --no-build-package --no-binary-package --cache-dir --refresh-package
-p/--python --color --allow-insecure-host --directory --project --config-file
"""
_WITH_VALUE_NOT_IN_HELP = """
--preview-features --preview-feature --python-preference --python-fetch --config-settings
--max-recursion-depth --trusted-host
"""

VALUES: dict[str, tuple[str, ...]] = {
    "--index-strategy": ("first-index", "unsafe-first-match", "unsafe-best-match"),
    "--keyring-provider": ("disabled", "subprocess"),
    "--resolution": ("highest", "lowest", "lowest-direct"),
    "--prerelease": ("disallow", "allow", "if-necessary", "explicit", "if-necessary-or-explicit"),
    "--fork-strategy": ("fewest", "requires-python"),
    "--link-mode": ("clone", "copy", "hardlink", "symlink"),
    "--color": ("auto", "always", "never"),
}
"""The values of options that take one of a few."""

PATHS = ("--with-requirements", "--with-editable", "--env-file", "--config-file", "--project", "--directory")
"""Options whose value is always a path where uv runs: in the job, not here."""

MAYBE_PATHS = ("--with", "--find-links", "--index", "--default-index", "--index-url", "--extra-index-url")
"""Options whose value may be a path as well as a name or an address."""


@dataclass(frozen=True, slots=True)
class UvOption:
    """One option of `uv run`."""

    name: str
    """The long spelling."""

    takes_value: bool
    in_help: bool
    short: str = ""
    """`-m`; empty where it has none."""


def _options(names: str, *, takes_value: bool, in_help: bool) -> Iterator[UvOption]:
    for spelled in names.split():
        short, slash, name = spelled.rpartition("/")
        yield UvOption(name, takes_value, in_help, short if slash else "")


UV_OPTIONS = (
    *_options(_SWITCHES, takes_value=False, in_help=True),
    *_options(_WITH_VALUE, takes_value=True, in_help=True),
    *_options(_SWITCHES_NOT_IN_HELP, takes_value=False, in_help=False),
    *_options(_WITH_VALUE_NOT_IN_HELP, takes_value=True, in_help=False),
)
_BY_NAME = {name: option for option in UV_OPTIONS for name in (option.name, option.short) if name}


def uv_option(name: str) -> UvOption | None:
    """Return the option of that long or short name."""
    return _BY_NAME.get(name)


@dataclass(frozen=True, slots=True)
class UvGiven:
    """One option as it stands among words."""

    option: UvOption | None
    """None for a dash word that `uv run` does not know."""

    spelled: str
    """The name as it was written."""

    value: str | None = None
    position: int = 0
    """The word it stands in, counted from 0."""

    value_position: int | None = None
    """The word that is the value and nothing else; None when there is none, or it is part of the first."""


@dataclass(frozen=True, slots=True)
class UvWords:
    """The words before a command, read as `uv run` reads them."""

    given: tuple[UvGiven, ...]
    count: int
    """How many words they are: the next one is the script or command."""

    lacks_value: str = ""
    """The last option, when the value it takes is missing."""


def read_uv_words(words: Sequence[str]) -> UvWords:
    """Tell the options of `uv run` from the command behind them. A `--` ends them and counts as one."""
    given: list[UvGiven] = []
    place = 0
    while place < len(words) and len(words[place]) > 1 and words[place].startswith("-"):
        word = words[place]
        if word == "--":
            place += 1
            break
        found = list(_long(word, place) if word.startswith("--") else _cluster(word, place))
        last = found[-1]
        place += 1
        if last.option is not None and last.option.takes_value and last.value is None:
            if place == len(words):
                return UvWords((*given, *found), place, last.spelled)
            found[-1] = UvGiven(last.option, last.spelled, words[place], last.position, place)
            place += 1
        given += found
    return UvWords(tuple(given), place)


def _long(word: str, place: int) -> Iterator[UvGiven]:
    name, equals, value = word.partition("=")
    yield UvGiven(uv_option(name), name, value if equals else None, place)


def _cluster(word: str, place: int) -> Iterator[UvGiven]:
    """Letters behind one dash: switches, then perhaps an option with its value."""
    for number, letter in enumerate(word[1:], start=2):
        option = uv_option(f"-{letter}")
        if option is not None and option.takes_value:
            value = word[number:].removeprefix("=")
            yield UvGiven(option, f"-{letter}", value or None, place)
            return
        yield UvGiven(option, f"-{letter}", None, place)

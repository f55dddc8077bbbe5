"""Drafts of every shape that `build` accepts, and the machine they are built on."""

from __future__ import annotations

import shlex
from typing import Any

from hypothesis import strategies as st

from tests.spec.fake_environment import FakeEnvironment
from tui.spec.draft import Draft, Kind, Pair, SecretPair
from tui.spec.meaning import meaning
from tui.spec.secret import Secret

HEADED = """\
# /// script
# dependencies = ["trl"]
# [tool.hf-jobs]
# image = "ghcr.io/acme/uv:1"
# flavor = "a10g-small"
# python = "3.11"
# timeout = "2h"
# name = "headed"
# secrets = ["API_KEY"]
# volumes = ["hf://buckets/org/b:/headed", "hf://org/model:/model"]
# env = { FROM_HERE = "script", HEADED = "1" }
# labels = { team = "ml", name = "unused" }
# ///
print(1)
"""

ENVIRONMENT = FakeEnvironment(
    variables={"FROM_HERE": "value of here", "API_KEY": "key of here"},
    login="hf_stored",
    files={
        "train.py": "",
        "headed.py": HEADED,
        "runs/my train.py": "",
        "config.yaml": "",
        "other/config.yaml": "",
        "tool": "",
        "reqs.txt": "trl\n",
        ".env": "FILED=one\nQUOTED='two words' # comment\nFROM_HERE\n",
        ".secrets": "FILED_SECRET=hidden\nAPI_KEY\n",
    },
    folders={"./inputs", "outputs"},
)
TYPED_SECRETS = ("WANDB_KEY", "A", "Db_1")
REFERENCES_IN_CLEAR = (
    "$FROM_HERE",
    "${FROM_HERE}",
    "'$FROM_HERE'",
    "%FROM_HERE%",
    '{os.environ["FROM_HERE"]}',
)
REFERENCES = (*REFERENCES_IN_CLEAR, "$HF_TOKEN", "${API_KEY}", "$API_KEY", "{api_key}", "$(hf auth token)")
"""Values that stand for variables of `ENVIRONMENT`."""


def means_itself(name: str, value: str, *, is_secret: bool = True) -> bool:
    """Whether a value is sent as it is typed."""
    return meaning(name, value, is_secret=is_secret) is None


_texts = st.text(
    alphabet=st.characters(
        exclude_categories=["Cs"], exclude_characters="\0\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
    ),
    max_size=12,
)
_words = st.one_of(
    st.sampled_from(
        ["--", "-c", "-e", "--flavor", "-la", "print(6*7, 'x')", "config.yaml", "other/config.yaml"]
    ),
    _texts.filter(lambda text: text and not text.endswith((".py", ".sh", ".yaml", ".yml", ".toml"))),
)
_env_names = st.from_regex(r"[a-zA-Z][_a-zA-Z0-9]{1,6}", fullmatch=True).filter(
    lambda name: name != "HF_TOKEN"
)
_label_keys = st.from_regex(r"[a-zA-Z0-9._-]{1,6}", fullmatch=True).filter(lambda key: key != "name")
_label_values = st.from_regex(r"[a-zA-Z0-9._-]{0,6}", fullmatch=True)
_images = st.sampled_from(["python:3.12", "ubuntu", "ghcr.io/a/b:c", "hf.co/spaces/ada/demo", "a@sha256:0f"])
_spaces = st.sampled_from(["ada/demo", "https://huggingface.co/spaces/ada/demo", "hf.co/spaces/a_b/c.d/"])
_scripts = st.sampled_from(
    ["train.py", "headed.py", "runs/my train.py", "https://x.org/a/sft.py?raw=1", "http://x.org", "tool"]
)
_programs = st.sampled_from(["python", "lighteval", "tool", "train.py"])
_uv_options = st.sampled_from(
    [
        *("", "", "", "--verbose", "-q --no-project", "--with-requirements reqs.txt", "--verbose --"),
        *('-w "torch>=2"', "--index-url 'https://x.org/simple?a=1&b=2'", "--with-editable .", "-p3.11 -n"),
        *("-m", "--with trl --refresh", "--prerelease=allow", "-C 'a=b c'", "--with $HOME"),
    ]
)
_amounts = st.one_of(
    st.integers(1, 20_000).map(str), st.floats(1.5, 100).map(lambda hours: f"{hours:.2f}"), st.just("")
)


@st.composite
def commands(draw: st.DrawFn, *, first: st.SearchStrategy[str] = _words) -> str:
    """A command as typed: words in shell quoting, the first one no option."""
    head = draw(first.filter(lambda word: not word.startswith("-")))
    return shlex.join([head, *draw(st.lists(_words, max_size=3))])


@st.composite
def arguments(draw: st.DrawFn) -> str:
    """The arguments of a script as typed."""
    return shlex.join(draw(st.lists(_words, max_size=3)))


@st.composite
def env_pairs(draw: st.DrawFn) -> tuple[Pair, ...]:
    """Rows of variables, one perhaps without a value."""
    typed = draw(st.dictionaries(_env_names, _texts | st.sampled_from(REFERENCES_IN_CLEAR), max_size=3))
    typed = {
        name: value
        for name, value in typed.items()
        if value in REFERENCES_IN_CLEAR or means_itself(name, value, is_secret=False)
    }
    bare = draw(st.sampled_from([(), (Pair("FROM_HERE", None),), (Pair("FROM_HERE", "${FROM_HERE}"),)]))
    return (*(Pair(name, value) for name, value in typed.items() if name != "FROM_HERE"), *bare)


@st.composite
def secret_pairs(draw: st.DrawFn) -> tuple[SecretPair, ...]:
    """Rows of secrets, some by name only."""
    values = _texts.filter(lambda value: bool(value)) | st.sampled_from(REFERENCES)
    typed = draw(st.dictionaries(st.sampled_from(TYPED_SECRETS), values, max_size=2))
    typed = {name: value for name, value in typed.items() if value in REFERENCES or means_itself(name, value)}
    bare = draw(
        st.sampled_from(
            [
                (),
                (SecretPair("HF_TOKEN"),),
                (SecretPair("HF_TOKEN", Secret("$HF_TOKEN")),),
                (SecretPair("API_KEY", Secret("{api_key}")), SecretPair("HF_TOKEN", Secret(""))),
                (SecretPair("API_KEY"), SecretPair("HF_TOKEN")),
            ]
        )
    )
    return (*(SecretPair(name, Secret(value)) for name, value in typed.items()), *bare)


@st.composite
def label_pairs(draw: st.DrawFn) -> tuple[Pair, ...]:
    """Rows of labels."""
    return tuple(
        Pair(key, value)
        for key, value in draw(st.dictionaries(_label_keys, _label_values, max_size=2)).items()
    )


def fields_of_program(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    """The fields that say what runs."""
    texts: dict[str, st.SearchStrategy[Any]]
    uv = {
        "dependencies": st.lists(st.sampled_from(["trl", "torch>=2", "a b"]), max_size=2).map(tuple),
        "python": st.sampled_from(["", "3.12"]),
        "uv_image": st.sampled_from(["", "my/uv:1"]),
        "uv_options": _uv_options,
    }
    match kind:
        case "uv-script":
            texts = {**uv, "script": _scripts, "command": arguments()}
        case "uv-command":
            texts = {**uv, "command": commands(first=_programs)}
        case "image":
            texts = {"image": _images, "command": commands()}
        case "space":
            texts = {"space": _spaces, "command": commands()}
    in_shell = {**texts, "shell": st.just(True), "command": _texts.filter(str.strip)}
    plain = st.fixed_dictionaries(texts)
    return plain | st.fixed_dictionaries(in_shell) if kind in ("image", "space") else plain


@st.composite
def timeouts(draw: st.DrawFn) -> dict[str, Any]:
    """A limit, or the default."""
    amount = draw(_amounts)
    units = ["s", "m", "h", "d"] if "." in amount else ["", "s", "m", "h", "d"]
    return {"timeout_amount": amount, "timeout_unit": draw(st.sampled_from(units))}


_volumes = st.sampled_from(
    [
        "hf://org/model:/model",
        "hf://models/org/model@refs/pr/3/sub/dir:/model-pr:ro",
        "hf://datasets/org/ds@v%2F1/train:/ds",
        "hf://spaces/org/app:/app:rw",
        "hf://buckets/org/b/sub/dir:/bucket",
        "hf://buckets/org/b:/bucket-ro:ro",
        "./inputs:/inputs",
        "outputs:/outputs:rw",
    ]
)
_ports = st.lists(st.integers(1, 65535).map(str), max_size=3).map(tuple)

_at_once: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"ssh": st.booleans()}),
    st.fixed_dictionaries(
        {
            "network_group": st.just("train-1"),
            "network_aliases": st.sampled_from([(), ("master",), ("a", "b-2")]),
        }
    ),
)
_scheduled: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "schedule": st.sampled_from(["@daily", "0 9 * * 1", "*/5  1,2 1-3 * *"]),
        "suspend": st.sampled_from([None, True, False]),
        "concurrency": st.sampled_from([None, True, False]),
    }
)
_the_rest = st.fixed_dictionaries(
    {
        "flavor": st.sampled_from(["", "cpu-basic", "a10g-small", "odd-one"]),
        "env": env_pairs(),
        "env_file": st.sampled_from(["", ".env"]),
        "secrets": secret_pairs(),
        "secrets_file": st.sampled_from(["", ".secrets"]),
        "labels": label_pairs(),
        "name": st.sampled_from(["", "nightly.run-1"]),
        "namespace": st.sampled_from(["", "acme"]),
        "volumes": st.lists(_volumes, max_size=3, unique=True).map(tuple),
        "expose": _ports,
        "expose_public": _ports,
        "attempts": st.sampled_from(["", "1", "3"]),
        "resource_group": st.sampled_from(["", "0123456789abcdef01234567"]),
    }
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft that `build` takes."""
    kind: Kind = draw(st.sampled_from(["uv-script", "uv-command", "image", "space"]))
    fields = draw(fields_of_program(kind)) | draw(timeouts()) | draw(_the_rest) | draw(_at_once | _scheduled)
    return Draft(kind=kind, **fields)

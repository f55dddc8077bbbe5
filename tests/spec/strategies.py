"""Drafts of every shape that `build` accepts, and the machine they are built on."""

from __future__ import annotations

import shlex

from hypothesis import strategies as st

from tests.spec.fake_environment import FakeEnvironment
from tui.spec.draft import Draft, Kind, Pair, SecretPair, TimeoutUnit
from tui.spec.secret import Secret

ENVIRONMENT = FakeEnvironment(
    variables={"FROM_HERE": "value of here", "API_KEY": "key of here"},
    login="hf_stored",
    files={
        "train.py": "",
        "runs/my train.py": "",
        "config.yaml": "",
        "other/config.yaml": "",
        "tool": "",
        ".env": "FILED=one\nQUOTED='two words' # comment\nFROM_HERE\n",
        ".secrets": "FILED_SECRET=hidden\nAPI_KEY\n",
    },
    folders={"./inputs", "outputs"},
)
TYPED_SECRETS = ("WANDB_KEY", "A", "Db_1")

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
    ["train.py", "runs/my train.py", "https://x.org/a/sft.py?raw=1", "http://x.org", "tool"]
)
_programs = st.sampled_from(["python", "lighteval", "tool", "train.py"])
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
    typed = draw(st.dictionaries(_env_names, _texts, max_size=3))
    bare = draw(st.sampled_from([(), (Pair("FROM_HERE", None),)]))
    return (*(Pair(name, value) for name, value in typed.items() if name != "FROM_HERE"), *bare)


@st.composite
def secret_pairs(draw: st.DrawFn) -> tuple[SecretPair, ...]:
    """Rows of secrets, some by name only."""
    typed = draw(st.dictionaries(st.sampled_from(TYPED_SECRETS), _texts, max_size=2))
    bare = draw(
        st.sampled_from([(), (SecretPair("HF_TOKEN"),), (SecretPair("API_KEY"), SecretPair("HF_TOKEN"))])
    )
    return (*(SecretPair(name, Secret(value)) for name, value in typed.items()), *bare)


@st.composite
def label_pairs(draw: st.DrawFn) -> tuple[Pair, ...]:
    """Rows of labels."""
    return tuple(
        Pair(key, value)
        for key, value in draw(st.dictionaries(_label_keys, _label_values, max_size=2)).items()
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft that `build` takes."""
    kind: Kind = draw(st.sampled_from(["uv-script", "uv-command", "image", "space"]))
    amount = draw(_amounts)
    units: list[TimeoutUnit] = ["s", "m", "h", "d"] if "." in amount else ["", "s", "m", "h", "d"]
    shell = draw(st.booleans())
    is_uv = kind in ("uv-script", "uv-command")
    if kind == "uv-script":
        command = draw(arguments())
    elif kind == "uv-command":
        command = draw(commands(first=_programs))
    elif shell:
        command = draw(_texts.filter(str.strip))
    else:
        command = draw(commands())
    return Draft(
        kind=kind,
        script=draw(_scripts) if kind == "uv-script" else "",
        image=draw(_images) if kind == "image" else "",
        space=draw(_spaces) if kind == "space" else "",
        command=command,
        shell=shell,
        dependencies=tuple(draw(st.lists(st.sampled_from(["trl", "torch>=2", "a b"]), max_size=2)))
        if is_uv
        else (),
        python=draw(st.sampled_from(["", "3.12"])) if is_uv else "",
        uv_image=draw(st.sampled_from(["", "my/uv:1"])) if is_uv else "",
        flavor=draw(st.sampled_from(["", "cpu-basic", "a10g-small", "odd-one"])),
        timeout_amount=amount,
        timeout_unit=draw(st.sampled_from(units)),
        env=draw(env_pairs()),
        secrets=draw(secret_pairs()),
        labels=draw(label_pairs()),
        name=draw(st.sampled_from(["", "nightly.run-1"])),
        namespace=draw(st.sampled_from(["", "acme"])),
    )

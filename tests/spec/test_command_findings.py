"""What is said of commands: nothing that is not so, and a fix where there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.spec.fake_environment import HOME, FakeEnvironment
from tui.domain.hardware import bundled_catalogue
from tui.spec.build import build
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.finding import Finding
from tui.spec.job_spec import JobSpec
from tui.spec.preflight import preflight
from tui.spec.secret import Secret

HEADER = "# /// script\n# dependencies = ['trl>=0.9', 'peft']\n{}# ///\nprint(1)\n"
MACHINE = FakeEnvironment(
    files={
        "train.py": "print(1)",
        "./train.py": "print(1)",
        "headed.py": HEADER.format(""),
        "launch.py": HEADER.format("# [tool.hf-jobs]\n# flavor = 'a10g-small'\n"),
        "conf.yaml": "",
        "data/in.csv": "",
        "pack/__main__.py": "",
        "pack/sub.py": "",
        "python": "",
        "reqs.txt": "trl",
        "more.txt": "peft",
        f"{HOME}/x.py": "",
        "/bin/ls": "",
        "/etc/hosts": "",
    },
    folders={".", "data", "./pkg", "trl"},
)
FIELDS = ("command", "uv_options", "dependencies", "name")
CALM = (SecretPair("HF_TOKEN", Secret("hf_of_mine")),)


def found(draft: Draft) -> tuple[Finding, ...]:
    spec = build(replace(draft, secrets=CALM), MACHINE)
    assert isinstance(spec, JobSpec), spec
    return tuple(one for one in preflight(spec, bundled_catalogue(), MACHINE) if one.field in FIELDS)


def image(command: str, **more: object) -> Draft:
    return replace(Draft(kind="image", image="ubuntu", command=command), **more)  # type: ignore[arg-type]


def in_shell(command: str) -> Draft:
    return image(command, shell=True)  # noqa: S604 - a field, not a process


def uv(command: str, **more: object) -> Draft:
    return replace(Draft(kind="uv-command", command=command, name="n"), **more)  # type: ignore[arg-type]


def script(path: str, **more: object) -> Draft:
    return replace(Draft(script=path, name="n"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("draft", "field", "says"),
    [
        (image("cd x && python a"), "command", "No shell runs the command: cd && are taken literally"),
        (image("echo $HOME"), "command", "$HOME is taken literally, as with `hf`"),
        (uv("python a | tee log"), "command", "No shell runs the command: |"),
        (script("train.py", command="--x > log"), "command", "No shell runs the command: >"),
        (image("python train.py"), "command", "train.py is here, not in the job: choose the kind UV script"),
        (image("python ./train.py", image="a/b"), "command", "choose the kind UV script"),
        (image("run --config=conf.yaml"), "command", "conf.yaml is here, not in the job: mount its folder"),
        (image("wc data/in.csv"), "command", "data/in.csv is here"),
        (image(f"python {HOME}/x.py"), "command", "x.py is here"),
        (image("python train.py", volumes=(".:/app",)), "command", "mounted, write /app/train.py"),
        (image("wc data/in.csv", volumes=("data:/in:rw",)), "command", "mounted, write /in/in.csv"),
        (in_shell("python train.py | tee log"), "command", "train.py is here"),
        (uv("accelerate launch headed.py"), "command", "Behind accelerate, uv does not read the header"),
        (uv("torchrun headed.py"), "command", "headed.py: trl>=0.9, peft not installed"),
        (uv("python headed.py", dependencies=("trl",)), "command", "headed.py: peft not installed"),
        (uv("python launch.py"), "command", "`hf` does not read the [tool.hf-jobs] of launch.py: flavor"),
        (script("launch.py", uv_options="-q"), "uv_options", "Behind -q, `hf` does not read the [tool.hf"),
        (uv("launch.py", uv_options="-q"), "uv_options", "Behind -q, `hf` does not read the [tool.hf"),
        (uv("python headed.py", uv_options="-q"), "command", "Behind python, uv does not read"),
        (script("train.py", uv_options="--pyth"), "uv_options", "did you mean --python?"),
        (script("train.py", uv_options="--flavor"), "uv_options", "is an option of `hf`, not of uv"),
        (script("train.py", uv_options="-h"), "uv_options", "prints its help and runs nothing"),
        (
            script("train.py", uv_options="--index-url https://me:pw@x.org/s"),
            "uv_options",
            "as the secret UV_INDEX_URL",
        ),
        (
            script("train.py", uv_options="--with-requirements=reqs.txt"),
            "uv_options",
            "The file reqs.txt of --with-requirements is here, not in the job; as a word of its own",
        ),
        (
            script("train.py", uv_options="--with-requirements reqs.txt,more.txt"),
            "uv_options",
            "The file more.txt of --with-requirements is here",
        ),
        (script("train.py", uv_options="--with-requirements no.txt"), "uv_options", "no.txt of --with-req"),
        (script("train.py", uv_options="--with-editable ."), "uv_options", "The folder . of --with-editable"),
        (script("train.py", uv_options="-w ./pkg"), "uv_options", "The folder ./pkg of --with is here"),
        (script("train.py", dependencies=("./pkg",)), "dependencies", "The folder ./pkg of --with is here"),
        (
            script("/vol/a.py", command="conf.yaml", volumes=("hf://buckets/a/b:/vol",)),
            "command",
            "conf.yaml is here, not in the job: mount its folder as a volume",
        ),
        (script("train.py", uv_options="-m"), "uv_options", "With -m uv runs a module by its name"),
        (uv("train --x", uv_options="-m"), "command", "The module train is train.py here, not in the job"),
        (uv("pack", uv_options="--module"), "command", "The module pack is pack/__main__.py here"),
        (uv("python -m pack.sub"), "command", "The module pack.sub is pack/sub.py here"),
        (image("/usr/bin/python3.12 -u -m train"), "command", "The module train is train.py here"),
        (image("python -m train"), "command", "The module train is train.py here"),
        (script("train.py", uv_options="-q", name=""), "name", "`hf` takes -q for the script and names"),
    ],
)
def test_a_finding_of_a_command(draft: Draft, field: str, says: str) -> None:
    assert [one for one in found(draft) if one.field == field and says in one.message], found(draft)


@pytest.mark.parametrize(
    "draft",
    [
        image("python -c 'print(1)'"),
        in_shell("cd /app && python a.py"),
        image("sh -c 'cd /app && python a.py'"),
        image("python"),
        image("python app.py"),
        image("ls /bin/ls /etc/hosts"),
        image("run data trl"),
        image("curl https://x.org/train.py?a=1&b=2"),
        in_shell("echo 'a: 1' > conf.yaml && cat conf.yaml"),
        in_shell("git clone https://x.org/ft.git && cd ft && python train.py"),
        image("python /app/train.py", volumes=(".:/app",)),
        Draft(kind="space", space="ada/demo", command="python train.py"),
        uv("python train.py --config conf.yaml"),
        uv("python -c 'print(1)'"),
        uv("headed.py --lr 3"),
        uv("http.server 8000", uv_options="-m"),
        uv("python -m pip list"),
        image("python -m data.in"),
        image("python -m train", volumes=(".:/app",)),
        image("git commit -m train"),
        uv("pytest -m train"),
        uv("python headed.py", dependencies=("trl", "peft")),
        script("headed.py"),
        script("launch.py", command="headed.py conf.yaml"),
        script("headed.py", uv_options="--verbose"),
        script("train.py", uv_options="--with-requirements reqs.txt --with-requirements more.txt"),
        script("train.py", uv_options="--with-requirements https://x.org/reqs.txt"),
        script("train.py", uv_options="--with-requirements /image/reqs.txt"),
        script("train.py", uv_options="-w trl --index-url https://x.org/simple?a=1&b=2"),
        script("train.py", uv_options="--prerelease allow -p 3.12 -qv --directory sub"),
        script("train.py", uv_options="--with-editable /src", volumes=("hf://a/b:/src",)),
        script("train.py", uv_options="-q", name="", labels=(Pair("name", "x"),)),
        script("train.py", dependencies=("trl", "git+https://x.org/a.git")),
    ],
)
def test_nothing_is_said_of_a_command_in_order(draft: Draft) -> None:
    assert found(draft) == ()


def test_a_file_is_not_missed_where_the_command_goes_elsewhere_first() -> None:
    (only,) = found(image("cd /app && python train.py"))
    assert only.message.startswith("No shell runs the command")


@pytest.mark.parametrize(
    ("draft", "change"),
    [
        (image("a && b"), {"shell": True}),
        (Draft(kind="space", space="a/b", command="a > b"), {"shell": True}),
        (uv("a && b 'c d'"), {"command": "sh -c \"a && b 'c d'\""}),
        (uv("torchrun headed.py"), {"dependencies": ("trl>=0.9", "peft")}),
        (
            script("train.py", uv_options="-n --with-requirements=reqs.txt -q"),
            {"uv_options": "-n --with-requirements reqs.txt -q"},
        ),
        (
            script("train.py", uv_options="--with-requirements reqs.txt,more.txt"),
            {"uv_options": "--with-requirements reqs.txt --with-requirements more.txt"},
        ),
    ],
)
def test_a_fix_changes_the_form_so_that_nothing_is_left_to_say(
    draft: Draft, change: dict[str, object]
) -> None:
    fix = next(one.fix for one in found(draft) if one.fix is not None)
    assert replace(fix.draft, secrets=()) == replace(draft, **change)  # type: ignore[arg-type]
    assert found(fix.draft) == ()

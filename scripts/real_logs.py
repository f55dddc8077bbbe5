"""Run real tools as jobs on the local hub, take pictures of their logs: `python scripts/real_logs.py FOLDER`.

`--python` names the interpreter of an environment that has uv, pytest, tqdm, rich and structlog, and for the
training torch, transformers and accelerate. What is not there is left out and said.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
for name in [
    name for name in os.environ if name.startswith(("HF_", "SSH_", "TEXTUAL_")) or name == "NO_COLOR"
]:
    del os.environ[name]
os.environ["TEXTUAL_ANIMATIONS"] = "none"

from tests.driver import USUAL, Dashboard, dashboard  # noqa: E402
from tests.local_hub import LocalHub  # noqa: E402

TQDM = """
import time
from tqdm import tqdm
for epoch in tqdm(range(3), desc="epochs"):
    for step in tqdm(range(40), desc=f"epoch {epoch}", leave=False):
        time.sleep(0.01)
    tqdm.write(f"epoch {epoch}: loss {1 / (epoch + 1):.3f}")
for i in tqdm(range(30), desc="eval", position=0):
    for j in tqdm(range(5), desc="batch", position=1, leave=False):
        time.sleep(0.005)
"""
RICH = """
import time
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
console = Console(force_terminal=True, width=100)
with Progress(console=console) as progress:
    tasks = [progress.add_task(f"shard {n}", total=40) for n in range(3)]
    for step in range(40):
        for n, task in enumerate(tasks): progress.update(task, advance=1 + n / 2)
        if step % 15 == 5: console.log(f"checkpoint at {step}")
        time.sleep(0.03)
table = Table("metric", "value", title="evaluation")
for n in range(3): table.add_row(f"acc@{n}", f"[bold green]{0.9 - n / 10:.2f}[/]")
console.print(table)
with console.status("saving"): time.sleep(0.3)
try: {}["loss"]
except KeyError: console.print_exception(show_locals=True)
"""
TRACEBACKS = """
import asyncio, traceback
def load(path): return open(path)
def batches():
    try: load("/no/such/file")
    except OSError as error: raise RuntimeError("no batches") from error
try: batches()
except RuntimeError: traceback.print_exc()
print("trying once more")
async def fetch(n): raise ValueError(f"shard {n} is broken")
async def main():
    async with asyncio.TaskGroup() as group:
        for n in range(2): group.create_task(fetch(n))
try: asyncio.run(main())
except* ValueError as error: traceback.print_exception(error)
try: exec("def f(:")
except SyntaxError: traceback.print_exc()
class Loss: pass
Loss().backward()
"""
PYTEST = """
import pytest, warnings
@pytest.mark.parametrize("n", range(20))
def test_fine(n): assert n < 30
def test_equal(): assert {"loss": 0.1, "step": 3} == {"loss": 0.2, "step": 3}
def test_warns(): warnings.warn("old thing", DeprecationWarning)
@pytest.fixture
def broken(): raise RuntimeError("no gpu")
def test_setup(broken): pass
"""
JSON_LOG = """
import logging, sys, time, structlog
from structlog.processors import JSONRenderer, TimeStamper, add_log_level, dict_tracebacks
structlog.configure(processors=[add_log_level, TimeStamper(fmt="iso"), dict_tracebacks, JSONRenderer()])
log = structlog.get_logger()
for n in range(5): log.info("step", step=n, loss=1 / (n + 1), grads={"mean": 0.1, "layers": [1, 2, 3]})
log.warning("slow batch", seconds=12.5)
try: 1 / 0
except ZeroDivisionError: log.exception("failed", path="/data/x.parquet")
logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)-8s %(name)s: %(message)s")
logging.getLogger("trainer").info("starting")
logging.getLogger("trainer").warning("no eval set")
logging.getLogger("trainer").error("could not push: 401")
"""
TRAINING = """
import torch
from torch.utils.data import Dataset
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments
class Data(Dataset):
    def __len__(self): return 160
    def __getitem__(self, n):
        ids = torch.arange(n, n + 16) % 64
        return {"input_ids": ids, "labels": ids}
model = GPT2LMHeadModel(GPT2Config(vocab_size=64, n_positions=16, n_embd=16, n_layer=1, n_head=2))
args = TrainingArguments("out", num_train_epochs=2, per_device_train_batch_size=8, logging_steps=5,
    report_to=[], use_cpu=True, save_strategy="no", eval_strategy="epoch")
Trainer(model, args, train_dataset=Data(), eval_dataset=Data()).train()
"""
C = '#include <stdio.h>\nint main(void) { int unused; char *s = 3; printf("%d", "x"); return missing; }\n'
RUST = 'fn main() { let x: i32 = "one"; let unused = 2; println!("{}", y); }\n'


def commands(python: str, folder: Path) -> dict[str, list[str]]:
    """What is run, by a name for the picture; relative files are written first."""
    tools = Path(python).parent
    for name, text in (("tests_of_it.py", PYTEST), ("bad.c", C), ("bad.rs", RUST)):
        (folder / name).write_text(text)
    (folder / "package.json").write_text('{"name": "x", "version": "1.0.0", "scripts": {"build": "exit 3"}}')
    shell = {
        "pip": f"{python} -m pip download --no-cache-dir --progress-bar on -d dl numpy && "
        f"{python} -m pip install no-such-package-at-all",
        "uv": f"{tools}/uv venv -q uvenv && {tools}/uv pip install --python uvenv --no-cache requests && "
        f"{tools}/uv pip install --python uvenv 'requests<1' 'rich>99'",
        "pytest": f"{python} -m pytest -p no:cacheprovider --color=yes {folder}/tests_of_it.py",
        "gcc": f"gcc -fdiagnostics-color=always -Wall {folder}/bad.c -o bad",
        "rust": f"rustc --color always {folder}/bad.rs",
        "npm": f"cd {folder} && npm run build",
        "git": f"git clone --progress file://{ROOT}/.git cloned && cd cloned && "
        "git -c color.ui=always log --stat -3 && git checkout no-such-branch",
        "bash": "set -x; ls --color=always / | head -5; no-such-command; dd if=/dev/zero of=z bs=1M count=20 "
        "status=progress; printf 'half a line'; exit 137",
    }  # fmt: skip
    code = {
        "tqdm": TQDM, "rich": RICH, "tracebacks": TRACEBACKS, "json": JSON_LOG, "training": TRAINING,
    }  # fmt: skip
    scripts = {name: [python, "-u", "-c", text] for name, text in code.items()}
    return scripts | {name: ["bash", "-c", text] for name, text in shell.items()}


async def take(t: Dashboard, name: str, folder: Path) -> None:
    """Pictures of one log: its end, and its beginning with nothing folded."""
    await t.row_says(name, " ")
    t.table.move_to(next(key for key, job in t.app.snapshot.jobs.items() if job.name == name))
    await t.press("enter")
    await t.until(lambda: "ended" in t.screen_text or "── " in t.screen_text, f"the end of {name}")
    for suffix, keys in (("end", ()), ("start", ("z", "g"))):
        await t.press(*keys)
        await t.pilot.pause()
        svg = t.app.export_screenshot(title=name).replace("<text ", '<text xml:space="preserve" ')
        (folder / f"{name}-{suffix}.svg").write_text(svg, encoding="utf-8")
    await t.press("q")


async def main(folder: Path, python: str, only: list[str]) -> None:
    """Run them all, then look at each."""
    with tempfile.TemporaryDirectory() as home, LocalHub() as hub:
        os.environ.update(HF_HOME=home, HF_JOBS_TUI_HOME=home)
        work = Path(home)
        chosen = {n: c for n, c in commands(python, work).items() if not only or n in only}
        async with dashboard(hub, size=USUAL) as t:
            await t.listed()
            for name, command in chosen.items():
                if command[0] == "bash" and not shutil.which(name) and name in ("gcc", "npm", "git"):
                    print(f"{name} is not here", file=sys.stderr)
                    continue
                await asyncio.to_thread(run_job, hub, name, command)
                await take_when_ended(t, hub, name, folder)


def run_job(hub: LocalHub, name: str, command: list[str]) -> None:
    """Start a job that really runs."""
    import httpx2

    body = {
        "dockerImage": "python:3.12",
        "command": command,
        "flavor": "cpu-basic",
        "labels": {"name": name},
        "environment": {
            "PATH": os.environ["PATH"],
            "FORCE_COLOR": "1",
            "TERM": "xterm-256color",
            "COLUMNS": "110",
            "UV_SYSTEM_CERTS": "1",
        },
    }
    httpx2.post(f"{hub.endpoint}/api/jobs/{hub.user}", json=body, headers=hub.headers).raise_for_status()


async def take_when_ended(t: Dashboard, hub: LocalHub, name: str, folder: Path) -> None:
    """Wait for the end of a job, however long it takes, then take its pictures."""
    await t.press("r")
    await t.until(lambda: any(job.name == name for job in t.app.snapshot.jobs.values()), name)
    while any(job.name == name and job.live for job in t.app.snapshot.jobs.values()):  # noqa: ASYNC110
        await asyncio.sleep(0.2)
    await take(t, name, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only", nargs="*", default=[])
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(arguments.folder, arguments.python, arguments.only))

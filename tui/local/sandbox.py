"""The place a job runs in: its folder and its environment, with nothing of whoever started the hub.

Jobs-api.md §12 names the variables; PATH and LANG are all that is taken over, since HOME, tokens and the
like belong to the user and not to the job.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .allotment import allotment_of
from .folders import remove_folder
from .jobs import Job, JobRequest
from .mounts import Mounts
from .strays import MARK

DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin"
PYTHON_IMAGES = (
    *("python", "docker.io/python", "library/python", "docker.io/library/python"),
    "ghcr.io/astral-sh/uv",
)
"""Images that have a Python of their own."""


class Sandbox:
    """Folders of jobs and of the commands that stand in for an image, below one folder of the hub."""

    def __init__(self, root: Path) -> None:
        self._jobs = root / "jobs"
        self._shims = root / "shims"
        self._uv_cache = root / "uv-cache"
        """What `uv` downloaded for one job serves the next, until the hub ends."""

    def make_folder(self, job: Job) -> Path:
        """A fresh folder that only the user can read."""
        folder = self._jobs / job.id
        if folder.exists():  # of an attempt whose folder could not be removed
            remove_folder(folder)
        folder.mkdir(mode=0o700, parents=True)
        return folder

    def environment(self, job: Job, folder: Path, paths: Mounts) -> dict[str, str]:
        """All the variables the job sees."""
        path = os.pathsep.join([*self._shims_for(job.request), os.environ.get("PATH", DEFAULT_PATH)])
        taken_over = {"LANG": os.environ["LANG"]} if "LANG" in os.environ else {}
        return {
            "PATH": path,
            **taken_over,
            "HOME": str(folder),
            "HF_HOME": str(folder),
            "UV_CACHE_DIR": str(self._uv_cache),
            "PYTHONUNBUFFERED": "1",
            "JOB_ID": job.id,
            **allotment_of(job.request.flavor).variables,
            **paths.environment(job.request.environment),
            **job.request.secrets,
            MARK: str(folder),
        }

    def _shims_for(self, request: JobRequest) -> list[str]:
        """Folders that come first on PATH: `uv` always, `python` for the images that have it."""
        shims = [self._shim("uv", _uv_links())]
        image = (request.docker_image or "").partition("@")[0]
        if image.rpartition(":")[0] in PYTHON_IMAGES or image in PYTHON_IMAGES:
            interpreter = os.path.realpath(sys.executable)
            shims.insert(0, self._shim("python", {"python": interpreter, "python3": interpreter}))
        return shims

    def _shim(self, name: str, links: dict[str, str]) -> str:
        folder, unfinished = self._shims / name, self._shims / f".{name}"
        if not folder.exists():
            remove_folder(unfinished)
            unfinished.mkdir(mode=0o700, parents=True)
            for link, target in links.items():
                (unfinished / link).symlink_to(target)
            unfinished.rename(folder)
        return str(folder)


def _uv_links() -> dict[str, str]:
    """The uv of the extra, if it is installed."""
    try:
        from uv import find_uv_bin

        return {"uv": find_uv_bin()}
    except (ImportError, FileNotFoundError):
        return {}

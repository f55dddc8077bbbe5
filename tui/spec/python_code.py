"""A spec as Python that starts the same job through huggingface_hub; secrets are looked up, never written."""

from __future__ import annotations

from collections.abc import Iterator

from .in_volume import runs_from_volume
from .job_spec import DEFAULT_UV_IMAGE, JobSpec, LocalFolder, UploadFile, Volume
from .meaning import LOGIN

_SPACE_ADDRESS = "hf.co/spaces/"


def python_code(spec: JobSpec) -> str:
    """A few lines that run as they stand, given the same files and variables."""
    is_uv = spec.draft.kind in ("uv-script", "uv-command") and not runs_from_volume(spec.draft)
    function = _FUNCTIONS[is_uv, spec.schedule is not None]
    arguments = [*(_uv(spec) if is_uv else _container(spec)), *_common(spec)]
    body = "".join(f"    {argument},\n" for argument in arguments)
    return f"{_imports(spec, function)}\njob = {function}(\n{body})\n"


_FUNCTIONS = {
    (False, False): "run_job",
    (True, False): "run_uv_job",
    (False, True): "create_scheduled_job",
    (True, True): "create_scheduled_uv_job",
}


def _imports(spec: JobSpec, function: str) -> str:
    names = [function]
    secrets = [_secret(spec, name) for name in spec.secrets]
    if _LOGIN in secrets:
        names.append("get_token")
    if spec.local_folders:
        names.append("sync_job_volume")
    if len(spec.local_folders) < len(spec.volumes):
        names.append("Volume")
    uses_environment = any(secret != _LOGIN for secret in secrets)
    names.sort(key=lambda name: (name[0].islower(), name))
    imports = f"from huggingface_hub import {', '.join(names)}\n"
    return f"import os\n\n{imports}" if uses_environment else imports


def _uv(spec: JobSpec) -> Iterator[str]:
    dependencies = [text.strip() for text in spec.draft.dependencies if text.strip()]
    python = spec.from_script.get("python") or spec.draft.python.strip()
    words = spec.command[2 + 2 * len(dependencies) + 2 * bool(python) :]
    script, *arguments = [word.source if isinstance(word, UploadFile) else word for word in words]
    yield repr(script)
    if arguments:
        yield f"script_args={arguments!r}"
    if dependencies:
        yield f"dependencies={dependencies!r}"
    if python:
        yield f"python={python!r}"
    if spec.image != DEFAULT_UV_IMAGE:
        yield f"image={_reference(spec)!r}"


def _container(spec: JobSpec) -> Iterator[str]:
    yield f"image={_reference(spec)!r}"
    yield f"command={[word for word in spec.command if isinstance(word, str)]!r}"


def _reference(spec: JobSpec) -> str:
    return spec.image if spec.image is not None else f"{_SPACE_ADDRESS}{spec.space_id}"


def _common(spec: JobSpec) -> Iterator[str]:
    """The arguments every kind takes; what is not set is not there."""
    if spec.schedule is not None:
        yield f"schedule={spec.schedule.cron!r}"
        if spec.schedule.suspend is not None:
            yield f"suspend={spec.schedule.suspend}"
        if spec.schedule.concurrency is not None:
            yield f"concurrency={spec.schedule.concurrency}"
    yield f"flavor={spec.flavor!r}"
    if spec.timeout_seconds is not None:
        yield f"timeout={spec.timeout_seconds}"
    if spec.environment:
        yield f"env={dict(spec.environment)!r}"
    if spec.secrets:
        yield f"secrets={{{', '.join(f'{name!r}: {_secret(spec, name)}' for name in spec.secrets)}}}"
    yield f"labels={dict(spec.labels)!r}"
    if spec.volumes:
        yield f"volumes=[{', '.join(_volume(volume, spec.namespace) for volume in spec.volumes)}]"
    yield from _rarer(spec)


def _rarer(spec: JobSpec) -> Iterator[str]:
    if spec.attempts is not None:
        yield f"attempts={spec.attempts}"
    if spec.expose:
        yield f"expose={list(spec.expose)}"
    if spec.expose_public:
        yield f"expose_public={list(spec.expose_public)}"
    if spec.ssh:
        yield "ssh=True"
    if spec.network_group is not None:
        yield f"network_group={spec.network_group!r}"
    if spec.network_aliases:
        yield f"network_aliases={list(spec.network_aliases)!r}"
    if spec.resource_group_id is not None:
        yield f"resource_group_id={spec.resource_group_id!r}"
    if spec.namespace is not None:
        yield f"namespace={spec.namespace!r}"


_LOGIN = "get_token()"


def _secret(spec: JobSpec, name: str) -> str:
    origin = spec.secret_origins.get(name)
    variable = (origin.variable if origin else "") or name
    return _LOGIN if variable == LOGIN else f"os.environ[{variable!r}]"


def _volume(volume: Volume | LocalFolder, namespace: str | None) -> str:
    if isinstance(volume, LocalFolder):
        writable = "" if volume.read_only else ", read_only=False"
        payer = "" if namespace is None else f", namespace={namespace!r}"
        return f"sync_job_volume({volume.source!r}, {volume.mount_path!r}{writable}{payer})"
    rest = {"revision": volume.revision, "read_only": volume.read_only, "path": volume.path}
    said = "".join(f", {key}={value!r}" for key, value in rest.items() if value is not None)
    return f"Volume(type={volume.type!r}, source={volume.source!r}, mount_path={volume.mount_path!r}{said})"

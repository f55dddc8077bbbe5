"""A flavor in words: one row of the picker, one line of the form."""

from __future__ import annotations

from textual.content import Content

from ..domain.hardware import Flavor
from ..domain.text import safe
from ..domain.units import UNKNOWN, duration, money
from ..spec.job_spec import DEFAULT_TIMEOUT_SECONDS
from ..spec.price import usd_at_limit
from .job_text import toned


def accelerator(flavor: Flavor) -> str:
    """`4× A10G 24 GB`, empty for a CPU flavor."""
    if not flavor.accelerator_model:
        return ""
    return f"{flavor.accelerator_count}× {flavor.accelerator_model} {flavor.vram or ''}".rstrip()


def flavor_heading(timeout_seconds: int | None) -> Content:
    """What the columns of `flavor_row` are."""
    limit = duration(DEFAULT_TIMEOUT_SECONDS if timeout_seconds is None else timeout_seconds)
    columns = f"{'vCPU':>5}{'RAM':>6}  {'accelerators':<21}{'disk':>7}{'an hour':>8}{'in ' + limit:>9}"
    return toned(f"{'':<16}{columns}", "dim")


def flavor_row(flavor: Flavor, timeout_seconds: int | None = None, attempts: int | None = None) -> Content:
    """One aligned row: name, processors, memory, accelerator, disk, price per hour and at the timeout."""
    price = money(flavor.usd_per_hour) if flavor.usd_per_hour is not None else UNKNOWN
    most = money(usd_at_limit(flavor.usd_per_hour, timeout_seconds, attempts))
    return Content.assemble(
        Content(f"{safe(flavor.name):<16}"),
        toned(f"{safe(flavor.cpu.removesuffix(' vCPU')):>5}{short_size(flavor.ram):>6}  ", "dim"),
        Content(f"{short_size(accelerator(flavor)):<21}"),
        toned(f"{short_size(flavor.disk):>7}", "dim"),
        Content(f"{price:>8}"),
        toned(f"{most:>9}", "dim"),
    )


def short_size(text: str) -> str:
    """`1024G` for "1024 GB"."""
    return safe(text).replace(" GB", "G").replace(" TB", "T")


def flavor_words(flavor: Flavor | None, name: str, *, price: bool = True) -> str:
    """What a flavor has, in a few words."""
    if flavor is None:
        return f"“{safe(name)}” is not on offer: the Hub may refuse it" if name else ""
    parts = [flavor.cpu, flavor.ram, accelerator(flavor)]
    if price:
        parts.append(f"{money(flavor.usd_per_hour)}/h")
    return " · ".join(safe(part) for part in parts if part)

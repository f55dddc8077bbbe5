"""A flavor in words: one row of the picker, one line of the form."""

from __future__ import annotations

from textual.content import Content

from ..domain.hardware import Flavor
from ..domain.text import safe
from ..domain.units import UNKNOWN, money
from .job_text import toned


def accelerator(flavor: Flavor) -> str:
    """`4× A10G 24 GB`, empty for a CPU flavor."""
    if not flavor.accelerator_model:
        return ""
    return f"{flavor.accelerator_count}× {flavor.accelerator_model} {flavor.vram or ''}".rstrip()


def flavor_row(flavor: Flavor) -> Content:
    """One aligned row: name, processors, memory, accelerator, disk, price per hour."""
    price = money(flavor.usd_per_hour) if flavor.usd_per_hour is not None else UNKNOWN
    return Content.assemble(
        Content(f" {safe(flavor.name):<16}"),
        toned(f"{safe(flavor.cpu):>8} {safe(flavor.ram):>7}  ", "dim"),
        Content(f"{safe(accelerator(flavor)):<23}"),
        toned(f"{safe(flavor.disk):>8}", "dim"),
        Content(f"{price:>7}"),
    )


def flavor_words(flavor: Flavor | None, name: str, *, price: bool = True) -> str:
    """What a flavor has, in a few words."""
    if flavor is None:
        return f"“{safe(name)}” is not on offer: the Hub may refuse it" if name else ""
    parts = [flavor.cpu, flavor.ram, accelerator(flavor)]
    if price:
        parts.append(f"{money(flavor.usd_per_hour)}/h")
    return " · ".join(safe(part) for part in parts if part)

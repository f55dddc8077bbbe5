"""The columns of the hardware on offer, and one flavor in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from ..domain.hardware import CATALOGUE_DATE, Catalogue, Family, Flavor
from ..domain.job import Job
from ..domain.query_fields import Field, Fields
from ..domain.query_values import COUNT, GIGABYTES, SECONDS, USD
from ..domain.text import safe
from ..domain.units import UNKNOWN, clock_time, duration, money
from ..domain.waits import Waits
from .cells import Cell, Column, Tone
from .column_fields import column_fields
from .flavor_text import short_size
from .job_text import labelled

FAMILIES: tuple[Family, ...] = ("cpu", "gpu", "tpu")


@dataclass(frozen=True, slots=True)
class Offer:
    """One flavor, and how long you waited for it."""

    flavor: Flavor
    waits: Waits | None = None


def offers(catalogue: Catalogue, waits: Mapping[str, Waits]) -> dict[str, Offer]:
    """Every flavor by name."""
    return {flavor.name: Offer(flavor, waits.get(flavor.name)) for flavor in catalogue.flavors}


def hardware_fields() -> Fields[Offer]:
    """The fields of the filter."""
    known: dict[str, Field[Offer]] = {
        "kind": Field("kind", "gpu, cpu or tpu", _family, ("family",), closed=FAMILIES, offered=_family),
        "name": Field(
            "flavor",
            "the flavor, or gpu, cpu, tpu",
            lambda row, now: (row.flavor.name, row.flavor.pretty_name, row.flavor.family),
            ("hardware",),
            offered=lambda row, now: (row.flavor.name,),
        ),
        "cpu": Field("vcpu", "number of CPUs", _no_texts, ("cpus",)),
        "ram": Field("ram", "memory in GB", _no_texts, ("memory",)),
        "accelerator": Field(
            "accelerator",
            "the model, or how many there are",
            lambda row, now: (row.flavor.accelerator_model or "",),
            ("accelerators", "gpu", "model"),
            unit=COUNT,
            number=lambda row, now: row.flavor.accelerator_count or None,
        ),
        "vram": Field("vram", "memory of one accelerator in GB", _no_texts),
        "hour": Field("price", "dollars an hour", _no_texts, ("rate", "cost")),
        "wait": Field("wait", "how long your jobs waited for it", _no_texts),
    }
    return Fields(column_fields(hardware_columns(), known), _offer_text)


def _no_texts(row: Offer, now: datetime) -> tuple[str, ...]:
    return ()


def _family(row: Offer, now: datetime) -> tuple[str, ...]:
    return (row.flavor.family,)


def _offer_text(offer: Offer, now: datetime) -> str:
    flavor = offer.flavor
    parts = (flavor.name, flavor.pretty_name, flavor.cpu, flavor.ram, flavor.vram or "", flavor.family)
    return " ".join((*parts, flavor.accelerator_model or "")).casefold()


def hardware_columns() -> tuple[Column[Offer], ...]:
    """The columns; in a narrow table the price by the minute and the disk go first."""
    return (
        Column("kind", "", _kind, lambda row, now: 0, width=3),
        Column("name", "FLAVOR", lambda row, now: Cell(safe(row.flavor.name)), _name_key, width=15, grow=4),
        _text("cpu", "vCPU", lambda flavor: flavor.cpu.removesuffix(" vCPU"), 4, drop=2),
        _text("ram", "RAM", lambda flavor: short_size(flavor.ram), 5, drop=3),
        Column("accelerator", "ACCELERATORS", _accelerator, _accelerator_key, width=15, grow=4),
        _text("vram", "VRAM", lambda flavor: short_size(flavor.vram or ""), 5, drop=4),
        _text("disk", "DISK", lambda flavor: short_size(flavor.disk), 6, drop=8),
        Column(
            "minute",
            "$/MIN",
            lambda row, now: Cell(_per_minute(row.flavor), "dim"),
            _price_key,
            width=7,
            drop=9,
            right=True,
            unit=USD,
            number=lambda row, now: row.flavor.usd_per_minute,
        ),
        Column(
            "hour",
            "$/H",
            lambda row, now: Cell(money(row.flavor.usd_per_hour)),
            _price_key,
            7,
            right=True,
            unit=USD,
            number=lambda row, now: row.flavor.usd_per_hour,
        ),
        Column(
            "wait",
            "WAIT",
            _wait,
            _wait_key,
            width=8,
            right=True,
            unit=SECONDS,
            number=lambda row, now: None if row.waits is None else row.waits.median_seconds,
        ),
    )


def _text(
    column_id: str, title: str, read: Callable[[Flavor], str], width: int, *, drop: int = 0
) -> Column[Offer]:
    return Column(
        column_id,
        title,
        lambda row, now: Cell(safe(read(row.flavor)) or UNKNOWN, "dim"),
        lambda row, now: _size(read(row.flavor)),
        width=width,
        drop=drop,
        right=True,
        unit=COUNT if column_id == "cpu" else GIGABYTES,
        number=lambda row, now: _size(read(row.flavor)) if read(row.flavor) else None,
    )


def _size(text: str) -> float:
    """The number in "1024 GB", in gigabytes; nothing is smallest."""
    found = re.search(r"\d+(?:\.\d+)?", text)
    return -1.0 if found is None else float(found.group()) * (1024 if "T" in text else 1)


def _kind(row: Offer, now: datetime) -> Cell:
    return Cell(row.flavor.family.upper(), "dim")


def _name_key(row: Offer, now: datetime) -> str:
    return row.flavor.name


def _accelerator(row: Offer, now: datetime) -> Cell:
    flavor = row.flavor
    return Cell(
        f"{flavor.accelerator_count}× {safe(flavor.accelerator_model)}" if flavor.accelerator_model else ""
    )


def _accelerator_key(row: Offer, now: datetime) -> tuple[str, int]:
    return row.flavor.accelerator_model or "", row.flavor.accelerator_count


def _price_key(row: Offer, now: datetime) -> float:
    return float("inf") if row.flavor.usd_per_minute is None else row.flavor.usd_per_minute


def _wait(row: Offer, now: datetime) -> Cell:
    if row.waits is None:
        return Cell(UNKNOWN, "dim")
    return Cell(f"{duration(row.waits.median_seconds)} ×{row.waits.runs}")


def _wait_key(row: Offer, now: datetime) -> float:
    return float("inf") if row.waits is None else row.waits.median_seconds


def _per_minute(flavor: Flavor) -> str:
    usd = flavor.usd_per_minute
    return UNKNOWN if usd is None else f"${usd:.4f}"


def offer_facts(
    offer: Offer, waiting: Iterable[Job], now: datetime, *, columns: int, jobs_known: bool = True
) -> Content:
    """One flavor in full; `waiting` are the jobs that wait for it now, if the jobs are known."""
    flavor = offer.flavor
    price = f"{money(flavor.usd_per_hour)} an hour, {_per_minute(flavor)} a minute"
    rows: list[tuple[str, str, Tone]] = [
        ("price", price, "plain"),
        ("wait", _waits(offer.waits, jobs_known=jobs_known), "plain" if offer.waits else "dim"),
        ("now", _waiting(waiting, now) if jobs_known else UNKNOWN, "warn" if jobs_known else "dim"),
        ("has", _parts(flavor), "plain"),
    ]
    title = flavor.pretty_name if flavor.pretty_name != flavor.name else ""
    head = Content.assemble((safe(flavor.name), "bold"), (f"  {safe(title)}", "dim"))
    return Content("\n").join([head, labelled([row for row in rows if row[1]], columns=columns)])


def _parts(flavor: Flavor) -> str:
    cards = f"{flavor.accelerator_count}× {flavor.accelerator_model}" if flavor.accelerator_model else ""
    vram = f"{flavor.vram} VRAM in all" if flavor.vram else ""
    parts = (flavor.cpu, flavor.ram, cards, vram, f"{flavor.disk} disk" if flavor.disk else "")
    return ", ".join(safe(part) for part in parts if part)


def _waits(waits: Waits | None, *, jobs_known: bool) -> str:
    if waits is None and not jobs_known:
        return UNKNOWN
    if waits is None:
        return "none of your jobs in the table ran on it"
    if waits.runs == 1:
        return f"{duration(waits.median_seconds)}, the one time a job of yours ran on it"
    shortest, longest = waits.seconds[0], waits.seconds[-1]
    return (
        f"{duration(waits.median_seconds)} in the middle of {waits.runs} runs of yours, "
        f"from {duration(shortest)} to {duration(longest)}"
    )


def _waiting(jobs: Iterable[Job], now: datetime) -> str:
    waits = sorted(job.scheduling_seconds(now) or 0.0 for job in jobs)
    if not waits:
        return ""
    verb = "waits" if len(waits) == 1 else "wait"
    return f"{len(waits)} of yours {verb} for it now, the longest for {duration(waits[-1])}"


def hardware_status(catalogue: Catalogue, shown: int, read_at: datetime | None) -> str:
    """How many, whose list it is, and which groups are empty."""
    total = len(catalogue.flavors)
    counted = f"{total} flavors" if shown == total else f"{shown} of {total} flavors"
    source = (
        f"bundled list of {CATALOGUE_DATE}: the Hub's has not been read"
        if catalogue.bundled
        else f"the Hub's list, read {clock_time(read_at)}"
    )
    empty = [family.upper() for family in FAMILIES if not catalogue.of_family(family)]
    none = f" · no {' and no '.join(empty)} on offer" if empty and not catalogue.bundled else ""
    return f"{counted} · {source}{none}"

"""Hardware flavors: what a job can run on and what a minute of it costs (jobs-api.md §2.4)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from .convert import as_float, as_mapping, as_str

Family = Literal["cpu", "gpu", "tpu"]

CATALOGUE_DATE = "2026-08-22"
"""When the bundled catalogue was printed by `hf jobs hardware`; shown where it stands in for the Hub's."""


@dataclass(frozen=True, slots=True)
class Flavor:
    """One line of the hardware catalogue. Unknown figures are None, never zero."""

    name: str
    pretty_name: str
    cpu: str
    """As the Hub words it: "2 vCPU"."""
    ram: str
    """As the Hub words it: "16 GB"."""
    disk: str
    accelerator_model: str | None
    accelerator_count: int
    vram: str | None
    """Memory of one accelerator, as the Hub words it."""
    family: Family
    usd_per_minute: float | None

    @property
    def usd_per_hour(self) -> float | None:
        """Dollars for sixty minutes, None when the Hub gave no price."""
        return None if self.usd_per_minute is None else self.usd_per_minute * 60


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every flavor on offer, in the Hub's own order."""

    flavors: tuple[Flavor, ...]
    bundled: bool = False
    """True while the list that came with the program stands in for the Hub's."""

    def get(self, name: str) -> Flavor | None:
        """The flavor of that name, None when the catalogue has none."""
        return next((flavor for flavor in self.flavors if flavor.name == name), None)

    @property
    def not_offered(self) -> tuple[str, ...]:
        """Documented TPU flavors that the Hub does not list: no price and no specification is known."""
        return tuple(name for name in known_tpus() if self.get(name) is None)

    def of_family(self, family: Family) -> tuple[Flavor, ...]:
        """The flavors of one group of the picker."""
        return tuple(flavor for flavor in self.flavors if flavor.family == family)


def flavor_from_json(item: dict[str, Any]) -> Flavor | None:
    """Read one catalogue entry leniently; None when it has not even a name."""
    name = as_str(item.get("name"))
    if not name:
        return None
    accelerator = as_mapping(item.get("accelerator"))
    kind = (as_str(accelerator.get("type")) or "").lower()
    micro_usd = as_float(item.get("unitCostMicroUSD"))
    usd = micro_usd / 1e6 if micro_usd is not None else as_float(item.get("unitCostUSD"))
    return Flavor(
        name=name,
        pretty_name=as_str(item.get("prettyName")) or name,
        cpu=as_str(item.get("cpu")) or "",
        ram=as_str(item.get("ram")) or "",
        disk=as_str(item.get("ephemeralStorage")) or "",
        accelerator_model=as_str(accelerator.get("model")),
        accelerator_count=int(as_float(accelerator.get("quantity")) or (1 if accelerator else 0)),
        vram=as_str(accelerator.get("vram")),
        family="tpu" if kind == "tpu" else "gpu" if accelerator else "cpu",
        usd_per_minute=usd if usd is None or as_str(item.get("unitLabel")) in (None, "minute") else None,
    )


def catalogue_from_json(items: Iterable[Any], *, bundled: bool = False) -> Catalogue:
    """Read the array of `GET /api/jobs/hardware`, leaving out entries that cannot be read."""
    found = (flavor_from_json(item) for item in items if isinstance(item, dict))
    return Catalogue(tuple(flavor for flavor in found if flavor is not None), bundled)


@cache
def _bundled() -> dict[str, Any]:
    text = Path(__file__).with_name("hardware.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def bundled_items() -> tuple[dict[str, Any], ...]:
    """The catalogue that came with the program, in the shape of the Hub's answer."""
    return tuple(_bundled()["hardware"])


def known_tpus() -> tuple[str, ...]:
    """TPU flavors that the Hub's documentation names, whether or not they are on offer."""
    return tuple(_bundled()["tpu"])


@cache
def bundled_catalogue() -> Catalogue:
    """The catalogue that came with the program, as flavors; see `CATALOGUE_DATE`."""
    return catalogue_from_json(bundled_items(), bundled=True)

"""What runs here: the bundled list, and the TPU flavors the Hub's documentation names (jobs-api.md §2.4).

The Hub lists no TPU, so its figures are unknown. Here each has those of Google's TPU v5e machines with 1, 4
and 8 chips, with 16 GB of memory a chip, at Google's list price of $1.20 an hour for a chip.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tui.domain.hardware import bundled_items, known_tpus

_CHIP_MEMORY_GB = 16
_CHIP_MICRO_USD_PER_MINUTE = 20_000
_MACHINES = {1: ("24 vCPU", "48 GB", "100 GB"), 4: ("112 vCPU", "192 GB", "400 GB")}
_LARGEST = ("224 vCPU", "384 GB", "800 GB")


@cache
def catalogue_items() -> tuple[dict[str, Any], ...]:
    """Return every flavor on offer, in the shape of the Hub's answer."""
    return (*bundled_items(), *map(_tpu, known_tpus()))


def _tpu(name: str) -> dict[str, Any]:
    """Return the entry of a flavor named `v5e-<rows>x<columns>` by the layout of its chips."""
    generation, _, layout = name.partition("-")
    rows, _, columns = layout.partition("x")
    chips = int(rows) * int(columns)
    cpu, ram, disk = _MACHINES.get(chips, _LARGEST)
    micro_usd = chips * _CHIP_MICRO_USD_PER_MINUTE
    return {
        "name": name,
        "prettyName": f"Google TPU {generation} - {layout}",
        "cpu": cpu,
        "ram": ram,
        "ephemeralStorage": disk,
        "accelerator": {
            "type": "tpu",
            "model": generation,
            "quantity": str(chips),
            "vram": f"{chips * _CHIP_MEMORY_GB} GB",
            "manufacturer": "Google",
        },
        "unitCostMicroUSD": micro_usd,
        "unitCostUSD": micro_usd / 1e6,
        "unitLabel": "minute",
    }

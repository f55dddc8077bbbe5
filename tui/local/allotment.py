"""What a flavor gives a job, in numbers (jobs-api.md §2.4); on this machine never more than there is."""

from __future__ import annotations

from dataclasses import dataclass

from .catalogue import catalogue_items

GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class Allotment:
    """Processors, memory and disk of one flavor."""

    flavor: str
    cpus: int | None = None
    """None for a flavor the catalogue does not have."""
    memory_bytes: int | None = None
    storage_bytes: int | None = None
    accelerators: int = 0
    accelerator_memory_bytes: int = 0
    """Of one card."""

    @property
    def variables(self) -> dict[str, str]:
        """What the Hub tells a job about its hardware (jobs-api.md §12): "16 GB" becomes "16Gi"."""
        variables = {"ACCELERATOR": self.flavor if self.accelerators or self.cpus is None else "none"}
        if self.cpus is not None and self.memory_bytes is not None:
            variables |= {"CPU_CORES": str(self.cpus), "MEMORY": f"{self.memory_bytes // GIGABYTE}Gi"}
        return variables


def allotment_of(flavor: str) -> Allotment:
    """The numbers in the catalogue's words: "2 vCPU", "16 GB"; the memory of accelerators is that of all."""
    item = next((item for item in catalogue_items() if item["name"] == flavor), None)
    if item is None:
        return Allotment(flavor)
    accelerator = item["accelerator"] or {"quantity": "0", "vram": "0 GB"}
    count = int(accelerator["quantity"])
    return Allotment(
        flavor,
        cpus=_number(item["cpu"]),
        memory_bytes=_number(item["ram"]) * GIGABYTE,
        storage_bytes=_number(item["ephemeralStorage"]) * GIGABYTE,
        accelerators=count,
        accelerator_memory_bytes=_number(accelerator["vram"]) * GIGABYTE // max(1, count),
    )


def _number(words: str) -> int:
    return int(words.partition(" ")[0])

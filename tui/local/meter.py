"""Samples of what a real job uses (jobs-api.md §5).

Traffic is 0: the system does not count it by process. There are no accelerators on this machine to tell of.
"""

from __future__ import annotations

from .allotment import allotment_of
from .metrics import Sample


class Meter:
    """Looks at the processes of one attempt; slow to make and to ask, so not for the server's loop."""

    def __init__(self, guard_pid: int, flavor: str, replica: str, memory_bytes: int | None) -> None:
        from .process_tree import ProcessTree, machine_cpus, machine_memory_bytes

        allotment = allotment_of(flavor)
        cpus, memory = machine_cpus(), memory_bytes or machine_memory_bytes()
        self._tree = ProcessTree(guard_pid)
        self._replica = replica
        self._cpus = min(allotment.cpus or cpus, cpus)
        self._memory_bytes = min(allotment.memory_bytes or memory, memory)
        self.processes = 0
        """How many there were at the last look."""
        self._tree.look()

    def sample(self) -> Sample:
        """What is used now, of what the flavor gives and the machine has."""
        use = self._tree.look()
        self.processes = use.processes
        return Sample(
            cpu_usage_pct=100 * use.cpus / self._cpus,
            cpu_millicores=1000 * self._cpus,
            memory_used_bytes=use.memory_bytes,
            memory_total_bytes=self._memory_bytes,
            replica=self._replica,
        )

"""The ports of a job that are reached from outside: the Hub only knows "replace all" (jobs-api.md §3.8)."""

from __future__ import annotations

from dataclasses import dataclass

from .job import Job


@dataclass(frozen=True, slots=True)
class Ports:
    """Exposed ports, and those among them that need no token."""

    exposed: tuple[int, ...] = ()
    public: tuple[int, ...] = ()

    @classmethod
    def of(cls, job: Job) -> Ports:
        """Those of a job now."""
        return cls(job.ports, job.public_ports)


@dataclass(frozen=True, slots=True)
class PortsEdit:
    """What somebody wants instead of what was seen."""

    seen: Ports
    wanted: Ports

    def __bool__(self) -> bool:
        before, after = self.seen, self.wanted
        return (set(before.exposed), set(before.public)) != (set(after.exposed), set(after.public))

    @property
    def newly_public(self) -> tuple[int, ...]:
        """Ports that anyone can reach after this and could not before."""
        return tuple(port for port in self.wanted.public if port not in self.seen.public)

    def over(self, now: Ports) -> Ports:
        """The ports as they are now with the edit made: what others opened or closed meanwhile stays so."""
        exposed = _merged(self.seen.exposed, self.wanted.exposed, now.exposed)
        public = _merged(self.seen.public, self.wanted.public, now.public)
        return Ports(exposed, tuple(port for port in public if port in exposed))


def _merged(seen: tuple[int, ...], wanted: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, ...]:
    removed = set(seen) - set(wanted)
    added = [port for port in wanted if port not in seen and port not in now]
    return (*(port for port in now if port not in removed), *added)

"""Who is logged in, and whose money a job may spend (jobs-api.md §1.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_STARTS_JOBS = re.compile(r"jobs?\.(?:\w+\.)*(?:write|manage|create|start|admin)", re.IGNORECASE)
"""`job.write` is the only name seen (jobs-api.md §1.1), in no specification: its kin are taken for it."""


@dataclass(frozen=True, slots=True)
class Payer:
    """A namespace jobs can run under."""

    name: str
    kind: str
    """"user" or "org"."""
    can_pay: bool | None = None
    """The only hint there is before a submit; None when the Hub does not say."""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The user behind the token."""

    user: Payer
    organisations: tuple[Payer, ...] = field(default=())
    token_name: str = ""
    """What the token is called in the settings of the Hub; never the token."""
    token_role: str = ""
    """`read`, `write`, `god` or `fineGrained`; empty when the Hub does not say."""

    token_rights: Mapping[str, tuple[str, ...]] | None = None
    """What a fine-grained token may do, by namespace; under "" what it may do everywhere. None: unknown."""

    @property
    def only_reads(self) -> bool:
        """Whether the token is known to be one that changes nothing."""
        return self.token_role == "read"  # noqa: S105 - the name of a role

    def missing_right(self, namespace: str) -> str:
        """The right that the token lacks to start a job there, empty when it has it or that is unknown."""
        if self.only_reads:
            return "write"
        if self.token_rights is None:
            return ""
        rights = (*self.token_rights.get("", ()), *self.token_rights.get(namespace, ()))
        return "" if any(map(_STARTS_JOBS.fullmatch, rights)) else "job.write"

    @property
    def starts_no_jobs(self) -> str:
        """The right that the token lacks to start a job in any of the accounts; empty as above."""
        missing = [self.missing_right(payer.name) for payer in (self.user, *self.organisations)]
        return missing[0] if all(missing) else ""

    @property
    def name(self) -> str:
        """The user's name: the namespace of everything that names none."""
        return self.user.name

    def payer(self, namespace: str) -> Payer | None:
        """The account of that name among the user and their organisations."""
        return next((payer for payer in (self.user, *self.organisations) if payer.name == namespace), None)

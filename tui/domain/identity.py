"""Who is logged in, and whose money a job may spend (jobs-api.md §1.1)."""

from __future__ import annotations

from dataclasses import dataclass, field


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

    @property
    def name(self) -> str:
        """The user's name: the namespace of everything that names none."""
        return self.user.name

    def payer(self, namespace: str) -> Payer | None:
        """The account of that name among the user and their organisations."""
        return next((payer for payer in (self.user, *self.organisations) if payer.name == namespace), None)

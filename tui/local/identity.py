"""Who the hub says its one user is, and the organisations of that user (jobs-api.md §1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Account:
    """A namespace that can own jobs."""

    id: str
    name: str
    full_name: str
    kind: Literal["user", "org"]
    can_pay: bool
    role: Literal["admin", "write", "read"] = "admin"
    """What the user may do in this organisation."""

    @property
    def avatar_url(self) -> str:
        """A path, as the Hub gives for accounts without a picture."""
        return f"/avatars/{self.id}.svg"

    def as_owner(self) -> dict[str, Any]:
        """The `owner` of a job (jobs-api.md §2.1)."""
        return {"id": self.id, "name": self.name, "type": self.kind, "avatarUrl": self.avatar_url}


@dataclass(frozen=True, slots=True)
class Identity:
    """The user behind the hub's token and the organisations that user belongs to."""

    user: Account
    organisations: tuple[Account, ...]

    def account(self, namespace: str) -> Account | None:
        """The account of that name if the user may look into it."""
        accounts = (self.user, *self.organisations)
        return next((account for account in accounts if account.name == namespace), None)

    def whoami(self) -> dict[str, Any]:
        """The answer of `GET /api/whoami-v2`."""
        return {
            "type": "user",
            "id": self.user.id,
            "name": self.user.name,
            "fullname": self.user.full_name,
            "isPro": True,
            "canPay": self.user.can_pay,
            "billingMode": "prepaid",
            "avatarUrl": self.user.avatar_url,
            "emailVerified": True,
            "orgs": [_organisation_entry(organisation) for organisation in self.organisations],
            "auth": {
                "type": "access_token",
                "accessToken": {
                    "displayName": "local hub",
                    "role": "write",
                    "createdAt": "2026-01-02T03:04:05.000Z",
                },
            },
        }


def _organisation_entry(organisation: Account) -> dict[str, Any]:
    return {
        "type": "org",
        "id": organisation.id,
        "name": organisation.name,
        "fullname": organisation.full_name,
        "avatarUrl": organisation.avatar_url,
        "plan": "team",
        "canPay": organisation.can_pay,
        "roleInOrg": organisation.role,
        "resourceGroups": [],
    }


ADA = Account("65aa00000000000000000001", "ada", "Ada", "user", can_pay=True)
ACME = Account("65aa00000000000000000002", "acme", "Acme", "org", can_pay=True, role="write")
PENNILESS = Account(
    "65aa00000000000000000004", "penniless", "Penniless Lab", "org", can_pay=False, role="write"
)
"""An organisation without credit: starting a job in it is answered 402."""

LOCAL_IDENTITY = Identity(ADA, (ACME, PENNILESS))

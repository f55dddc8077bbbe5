"""Pages of the Hub's website on which what it refuses can be put right."""

from __future__ import annotations

from urllib.parse import quote


def billing_page(endpoint: str, namespace: str, own_name: str) -> str:
    """Where credit is added for a namespace: the user's own settings, or those of an organisation."""
    if namespace in ("", own_name):
        return f"{endpoint}/settings/billing"
    return f"{endpoint}/organizations/{quote(namespace, safe='')}/settings/billing"


def tokens_page(endpoint: str) -> str:
    """Where a token is given rights."""
    return f"{endpoint}/settings/tokens"


def ssh_keys_page(endpoint: str) -> str:
    """Where a public key is registered."""
    return f"{endpoint}/settings/keys"

"""Text that looks like a credential, wherever it should not be."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    (?<![A-Za-z0-9])
    (?:
        hf_(?:oauth_|jwt_|app_)?(?:(?=[A-Za-z]*[0-9A-Z])[A-Za-z0-9]{10,}|[a-z]{20,})  # Hugging Face
      | sk-[A-Za-z0-9_-]{16,}                                                         # OpenAI, Anthropic
      | gh[pousr]_[A-Za-z0-9]{20,} | github_pat_[A-Za-z0-9_]{20,}
      | glpat-[A-Za-z0-9_-]{16,}
      | (?:AKIA|ASIA)[0-9A-Z]{16}                                                     # AWS
      | AIza[0-9A-Za-z_-]{30,}                                                        # Google
      | xox[abprs]-[A-Za-z0-9-]{10,}                                                  # Slack
      | r8_[A-Za-z0-9]{30,}                                                           # Replicate
      | -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----
    )
    """,
    re.VERBOSE,
)
_TELLING_NAME = re.compile(
    r"(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|ACCESS_KEY)(?:$|_)", re.IGNORECASE
)

_PREFIX_CHARS = 6


def find_token(text: str) -> str | None:
    """The first characters of the first thing that looks like a token, never all of it."""
    match = _TOKEN.search(text)
    return f"{match[0][:_PREFIX_CHARS]}…" if match else None


def mask_tokens(text: str) -> str:
    """The text with only the first characters left of what looks like a token."""
    return _TOKEN.sub(lambda match: f"{match[0][:_PREFIX_CHARS]}…", text)


def names_a_secret(name: str) -> bool:
    """Whether a variable of this name usually holds a credential."""
    return bool(_TELLING_NAME.search(name))

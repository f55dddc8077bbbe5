"""One request in words and on the wire, so that whatever goes wrong can be told by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.text import safe, short_id
from .credentials import Token
from .endpoint import Endpoint

_HIDDEN = "(token hidden)"
_TOKEN_LIKE = re.compile(r"\bhf_[A-Za-z0-9]{8,}|(?<=Bearer )[^\s\"']+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of the Hub: the wire's side and the words for it."""

    doing: str
    """Fits after "Could not": "list the jobs of acme"."""
    endpoint: Endpoint
    url: str
    method: str = "GET"
    params: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    """May hold secret values."""
    namespace: str = ""
    job_id: str = ""
    schedule_id: str = ""
    token: Token | None = None
    payer_is_user: bool | None = None
    """Whether the namespace is the user's own; None while the identity is unknown."""

    @property
    def writes(self) -> bool:
        """Whether a lost answer leaves it open if something happened."""
        return self.method != "GET"

    @property
    def job_words(self) -> str:
        """The job as messages name it."""
        return f"job {short_id(self.job_id)} of {safe(self.namespace)}"

    @property
    def schedule_words(self) -> str:
        """The scheduled job as messages name it."""
        return f"scheduled job {short_id(self.schedule_id)} of {safe(self.namespace)}"

    @property
    def path(self) -> str:
        """What of the address follows the host."""
        return self.url.removeprefix(self.endpoint.url)

    def scrub(self, text: str) -> str:
        """The text without this request's token and without anything else that looks like one."""
        if self.token is not None:
            text = text.replace(self.token.reveal(), _HIDDEN)
        return _TOKEN_LIKE.sub(_HIDDEN, text)

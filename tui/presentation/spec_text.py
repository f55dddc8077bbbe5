"""A job that is being composed, in words: its command, its price, what to confirm."""

from __future__ import annotations

import json
import shlex
from pathlib import PurePath

from textual.content import Content
from textual.style import Style

from ..domain.hardware import Catalogue
from ..domain.identity import Identity
from ..domain.text import safe, safe_block
from ..domain.units import duration, money, plural
from ..spec.collect import Errors
from ..spec.draft import DEFAULT_FLAVOR, Draft
from ..spec.finding import Finding, Grade
from ..spec.job_spec import DEFAULT_TIMEOUT_SECONDS, JobSpec, UploadFile
from ..spec.line import hf_line
from ..spec.price import spec_usd_at_limit, spec_usd_per_hour
from ..spec.python_code import python_code
from ..spec.render import preview_body
from ..spec.tokens import mask_tokens
from .cells import Tone
from .flavor_text import flavor_words
from .job_text import toned
from .schedule_text import schedule_words
from .token_text import token_doubt
from .values_text import value_rows

_COMMAND_CHARS = 116
"""Two lines of the last question."""


def command_block(draft: Draft, built: JobSpec | Errors = ()) -> Content:
    """The equivalent command; secrets are names in it, and what looks like a token is masked."""
    return Content(safe_block(mask_tokens(hf_line(built if isinstance(built, JobSpec) else draft))))


def python_block(built: JobSpec | Errors) -> Content:
    """The Python that starts the same job; what looks like a token is masked."""
    if not isinstance(built, JobSpec):
        return _unfinished(built)
    return Content(safe_block(mask_tokens(python_code(built).rstrip())))


def request_block(built: JobSpec | Errors) -> Content:
    """The request as it will be sent, secrets masked."""
    if not isinstance(built, JobSpec):
        return _unfinished(built)
    collection = "jobs" if built.schedule is None else "scheduled-jobs"
    body = json.dumps(preview_body(built), indent=2, ensure_ascii=False)
    return Content(safe_block(mask_tokens(f"POST /api/{collection}/{built.namespace or '<you>'}\n{body}")))


def _unfinished(errors: Errors) -> Content:
    fields = len({error.field for error in errors})
    return toned(f"{plural(fields, 'field')} still to be filled in or put right", "dim")


def price_words(spec: JobSpec, catalogue: Catalogue) -> str:
    """Price an hour and the most it can cost at its timeout; says when it is unknown."""
    per_hour = spec_usd_per_hour(spec, catalogue)
    if per_hour is None:
        return "price unknown"
    each = " a run" if spec.schedule is not None else ""
    return f"{money(per_hour)}/h, at most {money(spec_usd_at_limit(spec, catalogue))}{each}"


def limit_words(spec: JobSpec) -> str:
    """The timeout, and whether it is the Hub's own."""
    seconds = _limit_seconds(spec)
    odd = int(seconds) % 60 if 60 <= seconds < 3600 else 0
    text = f"{duration(seconds)} {odd}s" if odd else duration(seconds)
    return text if spec.timeout_seconds is not None else f"{text}, the Hub's default"


def money_line(
    draft: Draft, built: JobSpec | Errors, catalogue: Catalogue, identity: Identity | None
) -> Content:
    """What the job would cost and who would pay, or how many fields still need a look."""
    name = draft.flavor.strip() or DEFAULT_FLAVOR
    flavor = catalogue.get(name)
    words = flavor_words(flavor, name, price=False)
    lines = [toned(words if flavor is None else f"{safe(name)}  {words}", "plain")]
    if isinstance(built, JobSpec):
        known = spec_usd_per_hour(built, catalogue) is not None
        within = "in" if known else "and a limit of"
        lines.append(Content(f"{price_words(built, catalogue)} {within} {limit_words(built)}"))
        if payer := built.namespace or (identity.name if identity else ""):
            lines[1:] = _with_payer(lines[1], payer, identity)
    else:
        lines.append(_unfinished(built))
    return Content("\n").join(lines)


def _with_payer(price: Content, name: str, identity: Identity | None) -> list[Content]:
    """The price and who pays; on a line of its own whether the Hub says that they cannot."""
    payer = identity.payer(name) if identity else None
    if payer is not None and payer.can_pay is False:
        return [price, toned(f"{safe(name)} pays, but cannot as the Hub has it", "warn")]
    if identity is not None and payer is None:
        return [price, toned(f"{safe(name)} pays, which is none of your accounts", "warn")]
    return [Content.assemble(price, toned(f" · {safe(name)} pays", "dim"))]


_GRADES: dict[Grade, tuple[str, Tone]] = {
    "error": ("✗", "bad"),
    "warning": ("⚠", "warn"),
    "note": ("·", "dim"),
}


def findings_block(findings: tuple[Finding, ...], fix_key: str = "", fix_action: str = "") -> Content:
    """What is worth knowing before it is sent, the gravest first.

    The first one that can be put right says by which key; a click on that does it as well.
    """
    lines = []
    fixable = first_fixable(findings)
    for finding in findings:
        sign, tone = _GRADES[finding.grade]
        line = toned(f"{sign} {safe(finding.message)}", tone)
        if finding is fixable and finding.fix is not None:
            link = Style.from_meta({"@click": fix_action}) if fix_action else Style()
            words = toned(f"{fix_key}: {safe(finding.fix.label)}", "accent").stylize(link)
            line = Content.assemble(line, "\n  ", words)
        lines.append(line)
    return Content("\n").join(lines)


def first_fixable(findings: tuple[Finding, ...]) -> Finding | None:
    """The finding that the key for it puts right: the gravest that can be."""
    return next((finding for finding in findings if finding.fix is not None), None)


def confirmation_rows(
    spec: JobSpec, namespace: str, catalogue: Catalogue, identity: Identity | None
) -> list[tuple[str, str]]:
    """What runs, payer, hardware, limit and price, as the last question names them."""
    payer = identity.payer(namespace) if identity else None
    doubt = ", who cannot pay as the Hub has it" if payer is not None and payer.can_pay is False else ""
    flavor = catalogue.get(spec.flavor)
    return [
        ("job", spec.name),
        ("runs", spec.image or f"Space {spec.space_id}"),
        *([("command", _command_words(spec))] if spec.command else []),
        *([("when", schedule_words(spec.schedule.cron))] if spec.schedule else []),
        ("payer", f"{namespace or 'you'}{doubt}"),
        *([("token", words)] if (words := token_doubt(identity, namespace)) else []),
        ("flavor", f"{spec.flavor}  {flavor_words(flavor, spec.flavor)}"),
        ("limit", limit_words(spec)),
        ("price", price_words(spec, catalogue)),
        *value_rows(spec),
    ]


def _command_words(spec: JobSpec) -> str:
    """The command on a line or two: scripts without their folders, a long one without its middle."""
    words = [PurePath(word.source).name if isinstance(word, UploadFile) else word for word in spec.command]
    line = mask_tokens(shlex.join(words))
    if len(line) <= _COMMAND_CHARS:
        return line
    return f"{line[: _COMMAND_CHARS // 2]} … {line[-_COMMAND_CHARS // 2 :]}"


def _limit_seconds(spec: JobSpec) -> int:
    return spec.timeout_seconds or DEFAULT_TIMEOUT_SECONDS

"""What the text of a variable or secret stands for: itself, a variable of this machine, or nothing yet.

`hf` sends every text as it stands. Public guides and files are full of `$HF_TOKEN`, `{token}`, `hf_xxx` and
`op://…`, which a shell, a notebook, the reader or a password manager should have replaced first. The kinds
below are told apart by their form; text of any other form is a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tokens import names_a_secret

LOGIN = "HF_TOKEN"
"""The one variable that the stored login answers for as well."""


class Verbatim(str):
    """A value that a job on the Hub has as it stands, whatever it looks like."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a variable of this machine is meant."""

    variable: str
    sure: bool = True
    """False: it is one only if that variable is set, else the text itself is meant."""

    loose: bool = False
    """Written as `{name}`, which names a variable of a notebook: the name may differ from the one here."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something else was to be put in its place."""

    reason: str
    """What is wrong with the value, to follow its name. It never quotes the value."""

    unmistakable: bool
    """Whether no program could want this text: true of a variable too that is no secret."""


Meaning = Reference | Placeholder | None
"""None: the text is the value."""

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_CALL = r"""[\[(]\s*["']?(?P<{0}>[A-Za-z_]\w*)["']?\s*(?:,[^()\[\]]*)?[\])]"""
_SHELL_VARIABLE = re.compile(rf"\$(?P<bare>{_NAME})|\$\{{(?P<braced>{_NAME})(?::?\?[^{{}}]*|:?-)?\}}")
_OTHER_VARIABLE = re.compile(
    rf"\$env:(?P<powershell>{_NAME})|\$\{{env:(?P<editor>{_NAME})\}}|%(?P<cmd>{_NAME})%", re.IGNORECASE
)
_IN_CODE = re.compile(
    rf"""
    \$?\{{?\s*
    (?:(?:os\.)?environ(?:\.get)?\s*{_CALL.format("environ")} | (?:os\.)?getenv\s*{_CALL.format("getenv")}
      | ENV\s*{_CALL.format("ruby")} | process\.env\.(?P<node>{_NAME}))
    \s*\}}?
    """,
    re.VERBOSE,
)
_PRINTED = re.compile(
    rf"""
    (?:\$\(|`)\s*
    (?:printenv\s+(?P<printenv>{_NAME}) | echo\s+"?\$\{{?(?P<echo>{_NAME})\}}?"?
      | (?P<login>hf\s+auth\s+token | (?:cat\s+|<\s*)["']?\S*huggingface/token["']?))
    \s*[)`]
    | \$?\{{\s*(?P<call>(?:\w+\.)*get_token\(\))\s*\}}
    """,
    re.VERBOSE,
)
_FIELD = re.compile(rf"\{{\s*(?P<field>{_NAME})\s*\}}")
_NAME_OF_A_VARIABLE = re.compile(
    r"[A-Z_][A-Z0-9_]*|[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z0-9]*(?:token|key|secret|password|passwd|pwd)"
)
"""Names of variables as people choose them; a password may begin with a dollar too."""

_NOUN = r"(?:token|key|secret|password|passwd|pwd|pass|value|credentials?|id|name|username|login|code|string)"
_LEAD = r"(?:[a-z]{2,6}[_-])?"
_MASK = r"(?:\*{2,}|\.{3,}|…+|[•●]{2,}|x{3,})"
_PREFIX = r"(?:hf|sk|pk|gh[pousr]|github_pat|glpat|r8|xox[abprs]|api|key|token)(?:[_-][a-z]{2,8})?[_-]"


def _kind(pattern: str, reason: str, *, unmistakable: bool = True) -> tuple[re.Pattern[str], Placeholder]:
    flags = re.VERBOSE | re.IGNORECASE | re.DOTALL
    return re.compile(pattern, flags), Placeholder(reason, unmistakable)


_FORMULA = "holds an expression that nothing fills in here"
_SAMPLE = "holds the sample text of a guide"
_MASKED = "holds a token that was shortened or masked"

_KINDS = (
    _kind(r"\$?\{\{.*\}\}", _FORMULA),
    _kind(r"\$\(.*\)|`.*`|[<>]\(.*\)", "holds a shell command that nothing runs here"),
    _kind(r"\$\{[A-Za-z_!#][^{}]*\}", "holds a shell expression that nothing fills in here"),
    _kind(
        r"""
        (?:ref\+)?(?:op|1password|bw|bitwarden|vault|doppler|infisical|lpass|pass|keyring|keychain|keyvault|akv
          |azurekeyvault|gcpsm|gcp-?secrets?(?:-?manager)?|gsm|sm|ssm|aws-?sm|aws-?secrets?|aws-?ssm
          |secrets?|secrets?-?manager|sops|tss|conjur|chamber|kms|awskms|gkms)(?:\+\w+)?://\S+
        | vault:\S+ | (?:keyring|keychain|ssm|secretsmanager|sops|doppler):\S+
        | arn:aws[\w-]*:(?:secretsmanager|ssm):\S+
        | projects/[^/\s]+/secrets/\S+ | @Microsoft\.KeyVault\(.*\) | !vault\b.*
        """,
        "refers to a secret manager, which is not asked here",
    ),
    _kind(
        r"""
        encrypted:\S+ | ENC\[.*\] | \$ANSIBLE_VAULT;.* | -----BEGIN[ ]PGP[ ]MESSAGE-----.*
        | -----BEGIN[ ]AGE[ ]ENCRYPTED[ ]FILE-----.*
        """,
        "is encrypted, and nothing decrypts it here",
    ),
    _kind(r"\{[a-z_]\w*(?:[.\[(!:][^{}\"]*)\}|%\(\w+\)[sr]", _FORMULA),
    _kind(
        rf"""
        (?:bearer[ ]|{_LEAD})<[ ]*[a-z][^<>=/\"]*>
        | (?:bearer[ ]|{_LEAD})\[[ ]*(?:your|my|insert|enter|paste)\b[^\[\]]*\]
        | {_LEAD}(?:(?:insert|enter|paste|put|add|use)[ _-]?)?your[\w .-]*?{_NOUN}
          (?:[ _-]?(?:goes[ _-]?)?here)?
        | {_LEAD}your[ _-][\w .-]*here
        | {_LEAD}[a-z_ -]*{_NOUN}[ _-]?(?:goes[ _-]?)?here
        | {_LEAD}(?:insert|enter|paste|replace|change|put|add|fill|set|edit|update)[ _-]?(?:with[ _-]?)?
          (?:me|this|it|in|(?:the[ _-]?|a[ _-]?|my[ _-]?)?[\w -]*?{_NOUN})(?:[ _-]?(?:please|now|here))?
        """,
        _SAMPLE,
    ),
    _kind(rf"{_PREFIX}{_MASK}\S*|{_PREFIX}\w{{0,12}}(?:\*{{2,}}|\.{{3}}|…|[•●])\S*", _MASKED),
    _kind(r"\*{3,}|\.{3,}|…+|[•●]+|\#{3,}|\?{2,}|_{3,}|-{3,}|x{3,}", _MASKED, unmistakable=False),
    _kind(r"\w{2,8}(?:…|[•●]{2,})\w{0,8}", _MASKED, unmistakable=False),
    _kind(
        rf"{_LEAD}(?:my|the|some)[ _-](?:[a-z]+[ _-])?(?:token|api[ _-]?key|access[ _-]?token|key)",
        _SAMPLE,
        unmistakable=False,
    ),
    _kind(
        r"todo|tbd|tba|fixme|placeholder|redacted",
        _SAMPLE,
        unmistakable=False,
    ),
    _kind(
        r"(?-i:None)|null|nil|undefined|\(null\)",
        "holds the word for a value that was missing",
        unmistakable=False,
    ),
)


def meaning(name: str, value: str, *, is_secret: bool = True) -> Meaning:
    """What the value of that name stands for.

    Of a variable that is no secret and whose name is not that of one, much more is taken for a value.
    """
    if isinstance(value, Verbatim):
        return None
    text = _unquoted(value.strip())
    if (reference := _reference(name, text, is_secret=is_secret)) is not None:
        return reference
    strict = is_secret or names_a_secret(name)
    if strict and _is_a_name(name, text, is_secret=is_secret):
        return Placeholder("holds the name of a variable in place of its value", unmistakable=False)
    if len(text) > _LONGEST_CHARS:
        return None
    for pattern, placeholder in _KINDS:
        if pattern.fullmatch(text) and (strict or placeholder.unmistakable):
            return placeholder
    return None


_LONGEST_CHARS = 2000
"""Nothing longer is a placeholder: certificates and JSON keys are."""


def plain_reference(name: str, value: str, *, is_secret: bool = True) -> str | None:
    """The variable that a text surely refers to, as far as the text alone tells; None for any other text.

    Such a text is no secret: it may be written where its value may not.
    """
    meant = meaning(name, value, is_secret=is_secret)
    if not isinstance(meant, Reference) or not meant.sure:
        return None
    return name if meant.loose and alike(name, meant.variable) else meant.variable


def _unquoted(text: str) -> str:
    quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1].strip() if quoted else text


def _reference(name: str, text: str, *, is_secret: bool) -> Reference | None:
    if match := _SHELL_VARIABLE.fullmatch(text):
        variable = match["braced"] or match["bare"]
        looks_so = _NAME_OF_A_VARIABLE.fullmatch(variable) is not None or alike(name, variable)
        return Reference(variable, sure=bool(match["braced"]) or looks_so or not is_secret)
    if match := _OTHER_VARIABLE.fullmatch(text) or _IN_CODE.fullmatch(text):
        return Reference(next(found for found in match.groups() if found))
    if match := _PRINTED.fullmatch(text):
        return Reference(match["printenv"] or match["echo"] or LOGIN)
    if match := _FIELD.fullmatch(text):
        variable = match["field"]
        return Reference(variable, sure=is_secret or alike(name, variable), loose=True)
    return None


def _is_a_name(name: str, text: str, *, is_secret: bool) -> bool:
    """Whether a value is but the name of a variable, its own or that of another credential."""
    if text.casefold() == name.casefold() and text:
        return True
    if not is_secret or not re.fullmatch(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+", text):
        return is_secret and text.casefold() in ("token", "key", "api_key", "api-key") and alike(name, text)
    return names_a_secret(text)


def alike(name: str, variable: str) -> bool:
    """Whether two names differ only in case or in how much of the name is said: `HF_TOKEN` and `token`."""
    words, others = (
        {word for word in re.split(r"[_-]", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).casefold()) if word}
        for text in (name, variable)
    )
    return bool(words and others) and (words <= others or others <= words)

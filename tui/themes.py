"""The looks: the terminal's own sixteen colours by default, and five others (ux.md §5)."""

from __future__ import annotations

from textual.theme import Theme

DEFAULT_THEME = "terminal"
MONO_THEME = "mono"

_PLAIN = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "input-selection-background": "ansi_default",
    "input-selection-foreground": "ansi_default",
    "screen-selection-background": "ansi_default",
    "screen-selection-foreground": "ansi_default",
    "text-muted": "ansi_default",
    "text-disabled": "ansi_default",
    "border": "ansi_default",
    "border-blurred": "ansi_default",
    "scrollbar": "ansi_default",
    "scrollbar-background": "ansi_default",
    "scrollbar-corner-color": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "block-cursor-text-style": "reverse",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "button-foreground": "ansi_default",
    "button-color-foreground": "ansi_default",
    "primary-muted": "ansi_default",
    "link-color": "ansi_default",
}


def _jobs(*colours: str) -> dict[str, str]:
    """Colours that tell jobs apart on one page."""
    return {f"log-job-{number}": colour for number, colour in enumerate(colours, 1)}


def _own_colours(name: str, *, accent: str, good: str, warn: str, bad: str, jobs: dict[str, str]) -> Theme:
    """A look made of colours that the terminal's user has chosen, on their own background."""
    return Theme(
        name=name,
        ansi=True,
        primary=accent,
        secondary=accent,
        accent=accent,
        success=good,
        warning=warn,
        error=bad,
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            **_PLAIN,
            **jobs,
            "text-accent": accent,
            "text-primary": accent,
            "text-success": good,
            "text-warning": warn,
            "text-error": bad,
        },
    )


def _painted(
    name: str,
    *,
    dark: bool,
    ground: tuple[str, str, str, str],
    tones: tuple[str, str, str, str],
    jobs: dict[str, str],
) -> Theme:
    """A look of fixed colours: background, surface, panel and text; accent, good, warning and bad."""
    background, surface, panel, text = ground
    accent, good, warn, bad = tones
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        success=good,
        warning=warn,
        error=bad,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        variables={
            **jobs,
            "text-accent": accent,
            "text-primary": accent,
            "text-success": good,
            "text-warning": warn,
            "text-error": bad,
        },
    )


THEMES: tuple[Theme, ...] = (
    _own_colours(
        DEFAULT_THEME,
        accent="ansi_cyan",
        good="ansi_green",
        warn="ansi_yellow",
        bad="ansi_red",
        jobs=_jobs(
            "ansi_cyan", "ansi_magenta", "ansi_green", "ansi_yellow", "ansi_blue", "ansi_bright_black"
        ),
    ),
    _own_colours(
        MONO_THEME,
        accent="ansi_default",
        good="ansi_default",
        warn="ansi_default",
        bad="ansi_default",
        jobs={**_jobs("ansi_default"), "log-ink": "none"},
    ),
    _painted(
        "dark",
        dark=True,
        ground=("#14161b", "#1c1f26", "#22262f", "#d7dae0"),
        tones=("#7cc4ff", "#7fd88f", "#f2c55c", "#ff7b72"),
        jobs=_jobs("#7cc4ff", "#d6a8ff", "#7fd88f", "#f2c55c", "#ff9eb5", "#6fd6cf"),
    ),
    _painted(
        "light",
        dark=False,
        ground=("#fbfbfc", "#f1f2f4", "#e6e8ec", "#1d2026"),
        tones=("#0b5cad", "#1a6b2c", "#855300", "#b3261e"),
        jobs=_jobs("#0b5cad", "#7a3db8", "#1a6b2c", "#855300", "#a3195b", "#00666b"),
    ),
    _painted(
        "high-contrast",
        dark=True,
        ground=("#000000", "#000000", "#101010", "#ffffff"),
        tones=("#00ffff", "#00ff5f", "#ffff00", "#ff8080"),
        jobs=_jobs("#00ffff", "#ff80ff", "#00ff5f", "#ffff00", "#80b0ff", "#ffb060"),
    ),
    _painted(
        "colour-blind",
        dark=True,
        ground=("#12151c", "#1a1f29", "#212733", "#dfe3ea"),
        tones=("#8ab8ff", "#56b4e9", "#f0e442", "#ff9e4a"),
        jobs=_jobs("#8ab8ff", "#f0e442", "#d0d0d0", "#ff9e4a", "#56b4e9", "#cc79a7"),
    ),
)
"""Good and bad of the last one are blue and orange, which every kind of colour vision tells apart."""

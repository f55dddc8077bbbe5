"""Keep the generated parts of README.md as the program has them: `python scripts/readme.py [--check]`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tui.keys import key_table
from tui.presentation.filter_help import filter_table

README = Path(__file__).parent.parent / "README.md"
GENERATED = {"keys": key_table, "filter": filter_table}


def rendered(text: str) -> str:
    """The README with every generated part made anew."""
    for name, make in GENERATED.items():
        start, end = f"<!-- generated: {name} -->", f"<!-- end: {name} -->"
        pattern = re.compile(f"{re.escape(start)}.*{re.escape(end)}", re.DOTALL)
        replacement = f"{start}\n{make()}\n{end}"
        text, count = pattern.subn(lambda _, new=replacement: new, text)
        if count != 1:
            raise SystemExit(f"README.md: {count} parts named {name}, one is needed")
    return text


def main() -> int:
    """Write the file, or with --check say whether it is current."""
    text = README.read_text(encoding="utf-8")
    current = rendered(text)
    if "--check" in sys.argv[1:]:
        if text != current:
            print("README.md is not current: run python scripts/readme.py")
            return 1
        print("README.md is current")
        return 0
    README.write_text(current, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

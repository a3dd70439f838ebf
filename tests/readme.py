"""Writes README's table of languages again: `python -m tests.readme`."""

import re
from pathlib import Path

from pipeline.languages import markdown_table

_PATH = Path(__file__).parent.parent / "README.md"
_TABLE = re.compile("(?<=<!-- languages -->\n).*(?=<!-- /languages -->)", re.DOTALL)


def main() -> None:
    """Put the table between its markers."""
    text = _PATH.read_text(encoding="utf-8")
    _PATH.write_text(_TABLE.sub(lambda _: markdown_table() + "\n", text), encoding="utf-8")


if __name__ == "__main__":
    main()

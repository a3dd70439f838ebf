"""Writes what is seen of each language's golden file: `python -m tests.outlines.golden`.

A golden file is real-style code, `tests/golden/LANGUAGE/NAME.EXT`; what its outline was when
somebody last looked at it stands beside it in `outline.txt`. Review the difference before you
commit it.
"""

import sys
from pathlib import Path

from transforms.languages.spec import Language, load_languages
from transforms.outlines.outline import Definition, Outline, Span
from transforms.outlines.parse import outline

FOLDER = Path(__file__).parent.parent / "golden"
SEEN = "outline.txt"


def structured() -> list[str]:
    """The languages whose definitions are found."""
    return [name for name, language in load_languages().items() if language.outline]


def golden_file(language: str) -> Path:
    """The one file of code in the language's folder.

    Raises:
      ValueError: if it has none, or several.
    """
    folder = FOLDER / language
    files = [path for path in folder.glob("*") if path.name != SEEN]
    if len(files) != 1:
        raise ValueError(f"{folder} must have one file of code; it has {len(files)}")
    return files[0]


def describe(text: bytes, language: Language) -> str:
    """Write an outline down for people: a line a definition, indented like the code."""
    found = outline(text, language)
    lines = [f"error_ratio {found.error_ratio:.4f}"]
    lines += [f"import {_cut(text, span)}" for span in found.imports]
    lines.append(f"comments {len(found.comments)}")
    for index, definition in enumerate(found.definitions):
        indent = "    " * _depth(found, index)
        lines += [indent + line for line in _definition(text, definition)]
    return "\n".join(lines) + "\n"


def _definition(text: bytes, definition: Definition) -> list[str]:
    parameters = ", ".join(
        p.name + (f": {p.type}" if p.type else "") + (f" = {p.default}" if p.default else "")
        for p in definition.details.parameters
    )
    words = [
        definition.kind,
        f"{definition.qualified_name}({parameters})",
        f"-> {definition.details.returns}" if definition.details.returns else "",
        definition.details.visibility,
        f"lines {definition.start_line}-{definition.end_line}",
        f"complexity {definition.details.complexity}/{definition.details.nesting}",
        "ERROR" if definition.has_error else "",
    ]
    lines = [" ".join(word for word in words if word)]
    lines += [f"    @ {_cut(text, span)}" for span in definition.details.decorators]
    if definition.doc is not None:
        lines.append(f"    doc {_cut(text, definition.doc)} | {definition.details.summary[:60]}")
    lines.append(f"    signature {_cut(text, definition.signature)}")
    if definition.body is not None:
        lines.append(f"    body {_cut(text, definition.body)}")
    return lines


def _cut(text: bytes, span: Span) -> str:
    """A span's text on one line, its middle left out."""
    cut = text[span.start : span.end].decode()
    return repr(cut if len(cut) < 90 else f"{cut[:60]}...{cut[-25:]}")


def _depth(found: Outline, index: int) -> int:
    depth = 0
    parent = found.definitions[index].parent
    while parent is not None:
        parent = found.definitions[parent].parent
        depth += 1
    return depth


def main(names: list[str]) -> None:
    """Write the outlines of the languages named, or of all."""
    for name in names or structured():
        source = golden_file(name)
        seen = describe(source.read_bytes(), load_languages()[name])
        (FOLDER / name / SEEN).write_text(seen, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The table of languages: what is supported for each."""

from transforms.languages.spec import Language, load_languages
from transforms.samples.augmentations import load_augmentations

_COLUMNS = ("parsed", "structured", "documented", "type-hinted", "renameable", "tested")


def support(language: Language) -> tuple[bool, ...]:
    """Tell which of the table's columns hold.

    parsed: its files have a syntax tree. structured: definitions are found. documented: so are
    their docs. type-hinted: types may be left out, as hints. renameable: local names can be
    changed. tested: tests are told from other code.
    """
    outlines = [language.outline] if language.outline else []
    for outline in outlines:
        embedded = [
            load_languages()[piece.language] for piece in outline.embedded if piece.language
        ]
        outlines += [inner.outline for inner in embedded if inner.outline]
    docs = [outline.doc for outline in outlines]
    return (
        bool(language.grammar),
        any(outline.definitions for outline in outlines),
        any(doc.inside or doc.block or doc.line for doc in docs),
        language.hints is not None,
        _is_renameable(language),
        language.tests is not None,
    )


def _is_renameable(language: Language) -> bool:
    """Whether its local variables can be renamed: for a variant, or to be named well again."""
    varied = any(language.name in augmentation.languages for augmentation in load_augmentations())
    return varied or bool(language.refactor and language.refactor.renaming)


def languages_table() -> str:
    """The table for a terminal: all languages, with the names of their files."""
    rows: list[tuple[str, ...]] = [("name", *_COLUMNS, "files")]
    for name, language in load_languages().items():
        endings = [f".{extension}" for extension in language.extensions]
        files = " ".join([*endings, *language.file_names])
        if not files:
            used = "(none: it stands inside other files)"
        else:
            used = files if language.code else f"{files} (left out: not code)"
        rows.append((name, *("yes" if mark else "-" for mark in support(language)), used))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def markdown_table() -> str:
    """The table for a page: the languages whose definitions are found."""
    lines = ["| language | " + " | ".join(_COLUMNS[2:]) + " |", "|---" * 5 + "|"]
    for language in sorted(load_languages().values(), key=lambda one: one.title.lower()):
        marks = support(language)
        if marks[1]:
            cells = " | ".join("yes" if mark else "" for mark in marks[2:])
            lines.append(f"| {language.title} | {cells} |")
    return "\n".join(lines)

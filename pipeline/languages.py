"""The table of languages: what is supported for each."""

from rich.console import Console
from rich.table import Table

from transforms.languages.spec import Language, load_languages
from transforms.samples.augmentations import load_augmentations

COLUMNS = (
    "parsed",
    "structured",
    "documented",
    "type-hinted",
    "renameable",
    "tested",
)


def support(language: Language) -> tuple[bool, ...]:
    """Tell which of `COLUMNS` hold.

    parsed: its files have a syntax tree. structured: definitions are found. documented: so are their
    docs. type-hinted: types may be left out, as hints. renameable: local names can be changed.
    tested: tests are told from other code.
    """
    outline = language.outline
    structured = outline is not None and bool(outline.definitions)
    documented = outline is not None and bool(
        outline.doc.inside or outline.doc.block or outline.doc.line
    )
    return (
        bool(language.grammar),
        structured,
        documented,
        language.optional_types,
        any(language.name in augmentation.languages for augmentation in load_augmentations()),
        language.tests is not None,
    )


def print_languages() -> None:
    """Print the table."""
    table = Table("name", "language", *COLUMNS, "files", box=None, pad_edge=False)
    for name, language in load_languages().items():
        marks = ["yes" if mark else "" for mark in support(language)]
        endings = [f".{extension}" for extension in language.extensions]
        files = " ".join([*endings, *language.file_names]) if language.code else "left out: no code"
        table.add_row(name, language.title, *marks, files)
    Console().print(table)

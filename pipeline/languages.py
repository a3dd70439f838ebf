"""The table of languages."""

from rich.console import Console
from rich.table import Table

from transforms.languages.spec import load_languages


def print_languages() -> None:
    """Print, for each language, how its files are used."""
    table = Table("name", "language", "used as", "files", box=None, pad_edge=False)
    for name, language in sorted(load_languages().items()):
        use = (
            "structure" if language.outline else "lines" if language.code else "left out (not code)"
        )
        endings = [f".{extension}" for extension in language.extensions]
        table.add_row(name, language.title, use, " ".join([*endings, *language.file_names]))
    Console().print(table)

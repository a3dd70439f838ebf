"""Make the list of keywords from the parser's grammars: `python -m pipeline.keywords`.

A grammar has a node kind without a name for each of its keywords. A word that several grammars
share is one; but some write a language's reserved words otherwise, and some share what programs
name their variables. Both are listed here, by eye.
"""

import collections
import re
import textwrap
import typing
from collections.abc import Iterable
from pathlib import Path

import click
import tree_sitter_language_pack

GRAMMARS = 4  # share a keyword, or more
TABLE = Path(__file__).parent.parent / "transforms" / "similarity" / "keywords.toml"

# Reserved in languages that many write, and in fewer grammars or as nodes of other names.
RESERVED = """
False None Self True associatedtype base chan char checked companion crate decimal deinit del dyn
endforeach endwhile ensure esac extension fallthrough fi fileprivate fixed guard impl implicit
include_once init isset lateinit move next nonlocal pub redo require_once rescue rethrows retry
sbyte stackalloc strictfp subscript synchronized throws typealias uint ulong unchecked unsafe ushort
"""
# Keywords of some languages or of some contexts, and names in far more programs.
NAMES = """
L _ abs add after align all any array binary block buffer call cast concept constant constructor
data define div dynamic enable encoding eq error event exception exec exit field file filter get
group i infix input label lazy line list lock macro memory merge meta method never number object
opaque open option optional output param parameter primitive print property ptr pure quote read rec
record rem required reset s sequence set shared start stop string table target task text time tuple
uniform unit unknown value version wait weak write x
"""
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@click.command()
@click.option("--output", default=TABLE, type=click.Path(path_type=Path), help="The list's file.")
def main(output: Path) -> None:
    """Write the list of keywords that the grammars give."""
    words = keywords(typing.get_args(tree_sitter_language_pack.SupportedLanguage))
    output.write_text(write_keywords(words), "utf-8")
    click.echo(f"{output}: {len(words)} keywords")


def keywords(grammars: Iterable[str]) -> list[str]:
    """The words that `GRAMMARS` of these share or that are reserved, but names."""
    shared: collections.Counter[str] = collections.Counter()
    for grammar in grammars:
        shared.update(_words(grammar))
    common = {word for word, count in shared.items() if count >= GRAMMARS}
    return sorted((common | set(RESERVED.split())) - set(NAMES.split()))


def _words(grammar: str) -> set[str]:
    language = tree_sitter_language_pack.get_language(grammar)
    kinds = (
        language.node_kind_for_id(kind) or ""
        for kind in range(language.node_kind_count)
        if language.node_kind_is_visible(kind) and not language.node_kind_is_named(kind)
    )
    return {kind for kind in kinds if _WORD.fullmatch(kind)}


def write_keywords(words: Iterable[str]) -> str:
    """Return the text of the list's file."""
    heading = "# Made by `make keywords`. What the view `identifiers` of a text leaves as it is."
    return f'{heading}\nkeywords = """\n{textwrap.fill(" ".join(words), 100)}\n"""\n'


if __name__ == "__main__":
    main()

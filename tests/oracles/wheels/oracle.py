"""Tags of a grammar's own wheel: prints those of the files named on standard input.

Runs where the wheels of requirements.txt are installed: `python oracle.py LANGUAGE`.
"""

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import tree_sitter

HERE = Path(__file__).parent
SITE = Path(tree_sitter.__file__).parent.parent

# The module, and the function in it that makes the grammar, where they are not the usual ones.
_GRAMMARS = {
    "csharp": ("tree_sitter_c_sharp", "language"),
    "ocaml": ("tree_sitter_ocaml", "language_ocaml"),
    "ocaml_interface": ("tree_sitter_ocaml", "language_ocaml_interface"),
    "php": ("tree_sitter_php", "language_php"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
}
# The folders with the queries. TypeScript's only add to JavaScript's, as its own settings say.
_QUERIES = {
    "csharp": ("c-sharp",),
    "ocaml_interface": ("ocaml",),
    "tsx": ("typescript", "javascript"),
    "typescript": ("typescript", "javascript"),
}
_DEFINITION = "definition."


class Tags:
    """Reads the tags of one language.

    Attributes:
      parser: the grammar's own.
      tags: the query that its wheel ships.
      excluded: a query that captures the names of tags which are no definitions of an outline, as
        what they are instead.
    """

    def __init__(self, language: str) -> None:
        module, function = _GRAMMARS.get(language, (f"tree_sitter_{language}", "language"))
        grammar = tree_sitter.Language(getattr(importlib.import_module(module), function)())
        self.parser = tree_sitter.Parser(grammar)
        names = _QUERIES.get(language, (language,))
        tags = [SITE / f"tree_sitter_{name}" / "queries/tags.scm" for name in names]
        excluded = [HERE / "excluded" / f"{name}.scm" for name in names]
        self.tags = tree_sitter.Query(grammar, _join(tags))
        self.excluded = tree_sitter.Query(
            grammar, _join([path for path in excluded if path.exists()])
        )

    def read(self, source: bytes) -> dict[str, Any]:
        """All that is tagged as a definition, each name once."""
        root = self.parser.parse(source).root_node
        excluded: dict[int, str] = {}
        for kind, nodes in tree_sitter.QueryCursor(self.excluded).captures(root).items():
            excluded |= {node.id: kind for node in nodes}
        found: dict[int, dict[str, Any]] = {}
        for kind, name in self._names(root):
            definition = {
                "kind": kind,
                "name": (name.text or b"").decode(errors="replace"),
                "line": name.start_point.row + 1,
                "name_start": name.start_byte,
                "excluded": excluded.get(name.id, ""),
            }
            found.setdefault(name.start_byte, definition)
        definitions = [found[start] for start in sorted(found)]
        return {"has_error": root.has_error, "definitions": definitions}

    def _names(self, root: tree_sitter.Node) -> Iterator[tuple[str, tree_sitter.Node]]:
        """Kinds and names, without those that the parser only supposed."""
        for _, captures in tree_sitter.QueryCursor(self.tags).matches(root):
            for capture in captures:
                if capture.startswith(_DEFINITION):
                    for name in captures["name"]:
                        if not name.is_missing:
                            yield capture.removeprefix(_DEFINITION), name


def _join(paths: Sequence[Path]) -> str:
    return "\n".join(path.read_text("utf-8") for path in paths)


def main(language: str) -> None:
    """Print a JSON line a file: its definitions, and whether it has a syntax error."""
    tags = Tags(language)
    for path in (line.rstrip("\n") for line in sys.stdin):
        print(json.dumps({"path": path} | tags.read(Path(path).read_bytes())))


if __name__ == "__main__":
    main(sys.argv[1])

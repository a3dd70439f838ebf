"""What a local variable of a Python function could be called, by what it is bound to."""

import ast
import re
from collections.abc import Iterable, Mapping

_Names = tuple[str, ...]

ANY = ("value", "data", "obtained", "current_value", "computed", "intermediate")
_INDEX = ("index", "position", "offset", "step")
_ITEM = ("item", "element", "entry", "current")
_RESOURCE = ("resource", "handle", "opened", "managed")
_RESULT = ("result", "outcome", "answer", "output")
_COLLECTION = ("items", "collected", "values", "entries")
_FLAG = ("flag", "condition", "enabled", "state")
_TEXT = ("text", "content", "label", "message")
_NUMBER = ("number", "amount", "counter", "total")

_DISPLAYS = (ast.List, ast.Set, ast.Dict, ast.Tuple)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_MAX_NOUN_CHARS = 24
_NO_NOUNS = frozenset({"get", "pop", "copy", "setdefault", "next", "iter", "call", "apply", "run"})
_VERB = re.compile(r"^(get|read|load|make|create|find|parse|build|compute|new|to|is|has)_(?=[a-z])")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def suggest_names(function: Iterable[ast.AST]) -> Mapping[str, _Names]:
    """Return new names that fit a variable's role, for those of the function's that have one.

    Args:
      function: all its nodes, outer ones first.
    """
    suggested: dict[str, _Names] = {}
    statements = (ast.For, ast.AsyncFor, ast.withitem, ast.Assign, ast.Return)
    nodes = [node for node in function if isinstance(node, statements)]
    for node in nodes:
        if isinstance(node, ast.For | ast.AsyncFor):
            _suggest_for_loop(suggested, node)
        elif isinstance(node, ast.withitem):
            _suggest(suggested, node.optional_vars, _RESOURCE)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                _suggest(suggested, target, _for_literal(node.value))
    for node in nodes:
        if isinstance(node, ast.Return):
            _suggest(suggested, node.value, _RESULT)
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                _suggest(suggested, target, _for_lookup(node.value))
    return suggested


def _suggest(suggested: dict[str, _Names], target: ast.AST | None, names: _Names) -> None:
    if isinstance(target, ast.Name) and names:
        suggested.setdefault(target.id, names)


def _suggest_for_loop(suggested: dict[str, _Names], loop: ast.For | ast.AsyncFor) -> None:
    called = loop.iter.func if isinstance(loop.iter, ast.Call) else None
    counts = isinstance(called, ast.Name) and called.id in ("range", "enumerate")
    targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
    for number, target in enumerate(targets):
        _suggest(suggested, target, _INDEX if counts and number == 0 else _ITEM)


def _for_literal(value: ast.expr) -> _Names:
    if isinstance(value, _DISPLAYS + _COMPREHENSIONS):
        return _COLLECTION
    if isinstance(value, ast.Compare | ast.BoolOp):
        return _FLAG
    if isinstance(value, ast.JoinedStr):
        return _TEXT
    if isinstance(value, ast.Constant):
        by_type = {bool: _FLAG, str: _TEXT, int: _NUMBER, float: _NUMBER}
        return by_type.get(type(value.value), ())
    return ()


def _for_lookup(value: ast.expr) -> _Names:
    """Name what a function returns, or an attribute holds, after the function or attribute."""
    called = isinstance(value, ast.Call)
    source = value.func if isinstance(value, ast.Call) else value
    if isinstance(source, ast.Attribute):
        word = source.attr
    elif isinstance(source, ast.Name) and called:
        word = source.id
    else:
        return ()
    noun = _VERB.sub("", _HUMP.sub("_", word).lower().strip("_"))
    fits = re.fullmatch(r"[a-z][a-z0-9_]{2,}", noun) and len(noun) <= _MAX_NOUN_CHARS
    if not fits or noun in _NO_NOUNS:
        return ()
    if called:
        return (f"{noun}_result", f"{noun}_output", f"resulting_{noun}")
    return (f"{noun}_value", f"current_{noun}", f"local_{noun}")

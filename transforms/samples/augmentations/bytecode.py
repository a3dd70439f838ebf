"""Whether two versions of a Python function mean the same but for the names of local variables."""

import ast
import types
import warnings
from collections.abc import Mapping

_Code = types.CodeType


def parse(source: str) -> ast.Module | None:
    """Parse a function as a module of its own; None where that is no Python of this version."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(stand_alone(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def stand_alone(source: str) -> str:
    """Put an indented function below an `if`: dedenting would change strings over several lines."""
    return f"if 1:\n{source}" if source[:1].isspace() else source


def same_meaning(original: str, varied: str, names: Mapping[str, str]) -> bool:
    """Whether both compile to the same code, but for these names of local variables.

    Compared are, of each code object, its instructions, constants, names, flags, exception table
    and line numbers. Columns differ where names differ in length.
    """
    pairs = [(_compiled(original), _compiled(varied))]
    while pairs:  # lambdas can nest deeper than calls
        a, b = pairs.pop()
        if a is None or b is None or not _same(a, b, names):
            return False
        pairs += [(x, y) for x, y in zip(a.co_consts, b.co_consts, strict=True) if _is_code(x)]
    return True


def _compiled(source: str) -> _Code | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(stand_alone(source), "<definition>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _same(a: _Code, b: _Code, names: Mapping[str, str]) -> bool:
    """Compare two code objects but for those among their constants."""
    return (
        _invariants(a) == _invariants(b)
        and tuple(names.get(name, name) for name in a.co_varnames) == b.co_varnames
        and len(set(b.co_varnames)) == len(b.co_varnames)
        and len(a.co_consts) == len(b.co_consts)
        and all(_same_constant(x, y) for x, y in zip(a.co_consts, b.co_consts, strict=True))
    )


def _invariants(code: _Code) -> tuple[object, ...]:
    return (
        code.co_code,
        code.co_names,
        code.co_freevars,
        code.co_cellvars,
        code.co_flags,
        code.co_argcount,
        code.co_posonlyargcount,
        code.co_kwonlyargcount,
        code.co_stacksize,
        code.co_name,
        code.co_qualname,
        code.co_exceptiontable,
        tuple(code.co_lines()),
    )


def _same_constant(a: object, b: object) -> bool:
    return type(a) is type(b) and (_is_code(a) or _written(a) == _written(b))


def _is_code(constant: object) -> bool:
    return isinstance(constant, _Code)


def _written(constant: object) -> object:
    """Write a constant so that 0.0 differs from -0.0, and a set not from itself in another order.

    In which order a set shows its items depends on the process's hash seed, even for equal sets.
    """
    if isinstance(constant, tuple):
        return [_written(item) for item in constant]
    return sorted(map(repr, constant)) if isinstance(constant, frozenset) else repr(constant)

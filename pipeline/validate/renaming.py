"""Whether one Python definition is another with its local names renamed, and means the same.

Four views have to agree: the words of the text, the syntax tree, the scopes, and the bytecode.
"""

import ast
import dis
import io
import keyword
import re
import symtable
import tokenize
import types
from collections.abc import Iterator, Mapping
from typing import Any

_WORD = re.compile(r"(\w+)")
# Where the syntax tree holds a variable's name; its other names are of attributes, keywords and
# definitions.
_VARIABLE_FIELDS: Mapping[type[ast.AST], str] = {
    ast.Name: "id",
    ast.ExceptHandler: "name",
    ast.Nonlocal: "names",
    ast.alias: "asname",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
    ast.MatchMapping: "rest",
}
_SYMBOL_FLAGS = (
    "is_referenced is_parameter is_global is_declared_global is_nonlocal is_local is_free "
    "is_imported is_assigned is_annotated is_namespace"
).split()
_SEES_NAMES = frozenset(("locals", "eval", "exec"))
_SEES_NAMES_WITHOUT_ARGUMENTS = frozenset(("vars", "dir"))
_CELL_STEPS = frozenset(
    ("MAKE_CELL", "LOAD_CLOSURE", "LOAD_FAST")
)  # LOAD_FAST is LOAD_CLOSURE since 3.13


class NotARenaming(ValueError):
    """The texts differ in more than local names; the message says in what."""


def renamed_words(original: str, variant: str) -> dict[str, str]:
    """Which words of a text stand for which in another one that is equal but for these.

    Raises:
      NotARenaming: if the texts are not equal but for words, or the words do not go one to one.
    """
    old, new = _WORD.split(original), _WORD.split(variant)
    if len(old) != len(new) or old[::2] != new[::2]:
        raise NotARenaming("differs in more than words")
    names: dict[str, str] = {}
    for before, after in zip(old[1::2], new[1::2], strict=True):
        if before != after and names.setdefault(before, after) != after:
            raise NotARenaming(f"{before} became both {names[before]} and {after}")
    if len(set(names.values())) < len(names):
        raise NotARenaming("two names became one")
    if not names:
        raise NotARenaming("renames nothing")
    return names


def is_definition(module: str, *, nested: bool) -> bool:
    """Whether a module, or the class that is all of it, holds one definition and nothing else.

    Raises:
      SyntaxError: if it does not parse.
    """
    body = ast.parse(module).body
    if nested and len(body) == 1 and isinstance(body[0], ast.ClassDef):
        body = body[0].body
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return len(body) == 1 and isinstance(body[0], definitions)


def check_python(module: str, variant: str, names: Mapping[str, str]) -> None:
    """Check that two modules differ only by a renaming of local variables, and compile to the same.

    Args:
      module: a module's text with the original definition.
      variant: the same with the variant in its place.
      names: what became what.

    Raises:
      NotARenaming: if they differ in more.
      SyntaxError: if either does not compile.
    """
    for before, after in names.items():
        if not before.isidentifier() or not after.isidentifier() or keyword.iskeyword(after):
            raise NotARenaming(f"{before} to {after} is not from name to name")
    if _comments(module) != _comments(variant):
        raise NotARenaming("comments differ")
    trees = ast.parse(module), ast.parse(variant)
    check_trees(*trees, names)
    check_observers(trees[0])
    changed: set[str] = set()
    check_scopes(
        symtable.symtable(module, "", "exec"),
        symtable.symtable(variant, "", "exec"),
        names,
        changed,
    )
    if changed != names.keys():
        raise NotARenaming(f"{sorted(names.keys() - changed)} are not local variables")
    old, new = (compile(tree, "", "exec", dont_inherit=True) for tree in trees)
    check_code(old, new, names)


def _comments(module: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(module).readline)
    try:
        return [token.string for token in tokens if token.type == tokenize.COMMENT]
    except tokenize.TokenError as error:
        raise SyntaxError(str(error)) from error


def check_trees(old: ast.AST, new: ast.AST, names: Mapping[str, str]) -> None:
    """Compare syntax trees: equal but for the names of variables."""
    waiting: list[tuple[Any, Any]] = [(old, new)]  # trees may be deeper than calls may
    while waiting:
        one, other = waiting.pop()
        if type(one) is not type(other) or (isinstance(one, list) and len(one) != len(other)):
            raise NotARenaming("the syntax trees differ in shape")
        if isinstance(one, list):
            waiting += zip(one, other, strict=True)
        elif isinstance(one, ast.AST):
            for field in one._fields:
                pair = getattr(one, field, None), getattr(other, field, None)
                if field != _VARIABLE_FIELDS.get(type(one)) or not _same_names(*pair, names):
                    waiting.append(pair)
        elif one != other:
            raise NotARenaming(f"{one!r} became {other!r} where no variable stands")


def _same_names(old: Any, new: Any, names: Mapping[str, str]) -> bool:  # a name, names or None
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return all(_same_names(one, other, names) for one, other in zip(old, new, strict=True))
    return old == new or (isinstance(old, str) and names.get(old) == new)


def check_observers(tree: ast.AST) -> None:
    """Refuse code that can see the names of its variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in _SEES_NAMES:
            raise NotARenaming(f"{node.id} sees names of variables")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.args:
            if node.func.id in _SEES_NAMES_WITHOUT_ARGUMENTS:
                raise NotARenaming(f"{node.func.id}() sees names of variables")


def check_scopes(
    old: symtable.SymbolTable,
    new: symtable.SymbolTable,
    names: Mapping[str, str],
    changed: set[str],
) -> None:
    """Compare scopes and those in them; collect the names that changed where they belong."""
    old_symbols = {symbol.get_name(): symbol for symbol in old.get_symbols()}
    new_symbols = {symbol.get_name(): symbol for symbol in new.get_symbols()}
    if old.get_type() != new.get_type() or len(old_symbols) != len(new_symbols):
        raise NotARenaming(f"the scope {old.get_name()} has other names")
    for name, symbol in old_symbols.items():
        renamed = name in names and name not in new_symbols
        twin = new_symbols.get(names[name] if renamed else name)
        if twin is None or _flags(symbol) != _flags(twin):
            raise NotARenaming(f"{name} is another variable in the scope {old.get_name()}")
        if not renamed or symbol.is_free():
            continue
        if (
            old.get_type() != "function"
            or not symbol.is_local()
            or symbol.is_parameter()
            or symbol.is_namespace()
        ):
            raise NotARenaming(f"{name} can be seen from outside the definition")
        changed.add(name)
    for inner in zip(old.get_children(), new.get_children(), strict=True):
        check_scopes(*inner, names, changed)


def _flags(symbol: symtable.Symbol) -> list[bool]:
    return [getattr(symbol, flag)() for flag in _SYMBOL_FLAGS]


def check_code(old: types.CodeType, new: types.CodeType, names: Mapping[str, str]) -> None:
    """Compare bytecode, instruction by instruction and code object by code object."""
    heads = [
        (
            c.co_name,
            c.co_argcount,
            c.co_posonlyargcount,
            c.co_kwonlyargcount,
            c.co_flags,
            c.co_exceptiontable,
        )
        for c in (old, new)
    ]
    here = {name: names[name] for name in _variables(old) if names.get(name) in _variables(new)}
    one, other = list(_steps(old, here)), list(_steps(new, {}))
    if heads[0] != heads[1] or len(one) != len(other):
        raise NotARenaming(f"the bytecode of {old.co_name} differs")
    for (operation, argument), (other_operation, other_argument) in zip(one, other, strict=True):
        if operation != other_operation or type(argument) is not type(other_argument):
            raise NotARenaming(f"the bytecode of {old.co_name} differs at {operation}")
        if isinstance(argument, types.CodeType):
            check_code(argument, other_argument, names)
        elif argument != other_argument:
            raise NotARenaming(f"the bytecode of {old.co_name} differs at {operation} {argument}")


def _variables(code: types.CodeType) -> set[str]:
    return {*code.co_varnames, *code.co_cellvars, *code.co_freevars}


def _steps(code: types.CodeType, names: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """(operation, argument) of each instruction, variables renamed.

    Cells are made, and handed to closures, in the order of their names: such runs are sorted.
    """
    cells = {names.get(name, name) for name in (*code.co_cellvars, *code.co_freevars)}
    run: list[tuple[str, str]] = []
    for step in dis.get_instructions(code):
        argument = step.argval
        if step.opcode in dis.haslocal or step.opcode in dis.hasfree:
            argument = _renamed(argument, names)
            if argument in cells and step.opname in _CELL_STEPS:
                run.append((step.opname, argument))
                continue
        yield from sorted(run)
        run.clear()
        yield step.opname, argument
    yield from sorted(run)


def _renamed(argument: Any, names: Mapping[str, str]) -> Any:  # a name, or two in later versions
    if isinstance(argument, tuple):
        return tuple(_renamed(name, names) for name in argument)
    return names.get(argument, argument)

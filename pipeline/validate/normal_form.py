"""A normal form of Python functions: two that a refactoring makes of each other have the same one.

Branches that leave have what follows in their `else`; conditions are not negated; conditional
expressions, `+=`, f-strings, comprehensions and chains of comparisons have one way to be written.
"""

import ast
import copy
from collections.abc import Sequence

_JUMPS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_POSITIVE = {ast.IsNot: ast.Is, ast.NotIn: ast.In}


def normal_form(module: str) -> str:
    """Write the normal form of a module.

    Raises:
      SyntaxError: if it does not parse.
    """
    tree = _Expressions().visit(ast.parse(module))
    return ast.dump(_Blocks().visit(tree))


class _Expressions(ast.NodeTransformer):
    """One way to write expressions and single statements."""

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        pairs: list[ast.expr] = []
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            positive = _POSITIVE.get(type(operator))
            pair = ast.Compare(copy.deepcopy(left), [positive() if positive else operator], [right])
            pairs.append(ast.UnaryOp(ast.Not(), pair) if positive else pair)
        return pairs[0] if len(pairs) == 1 else ast.BoolOp(ast.And(), pairs)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        values: list[ast.expr] = []
        for value in node.values:
            same = isinstance(value, ast.BoolOp) and type(value.op) is type(node.op)
            values += value.values if same and isinstance(value, ast.BoolOp) else [value]
        return ast.BoolOp(node.op, values)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        self.generic_visit(node)
        template, values = "", []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                spec = _constant_spec(part.format_spec)
                if spec is None:
                    return node
                mark = f"!{chr(part.conversion)}" if part.conversion >= 0 else ""
                template += f"{{{mark}{spec}}}"
                values.append(part.value)
            elif isinstance(part, ast.Constant):
                template += str(part.value).replace("{", "{{").replace("}", "}}")
        if not values:
            return node
        function = ast.Attribute(ast.Constant(template), "format", ast.Load())
        return ast.Call(function, values, [])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        self.generic_visit(node)
        if not isinstance(node.target, ast.Name):
            return node
        value = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        return ast.Assign([node.target], value)


def _constant_spec(spec: ast.expr | None) -> str | None:
    """A format as it stands after a colon; None where it is computed."""
    if spec is None:
        return ""
    # Formats were visited before: one without values is as it was.
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    if all(isinstance(part, ast.Constant) for part in parts) and parts:
        return ":" + "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
    return None


class _Blocks(ast.NodeTransformer):
    """One way to write branches."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if not isinstance(statements, list):
                continue
            tail = ""
            if name == "body" and isinstance(node, _LOOPS):
                tail = "loop"
            elif name == "body" and isinstance(node, _FUNCTIONS):
                tail = "function"
            if not isinstance(node, ast.If):  # those are done from around them
                setattr(node, name, _block(statements, tail))
        if isinstance(node, ast.If):
            node.body, node.orelse = _folded(node.body), _folded(node.orelse)
            return _merged(node)
        return node


def _merged(node: ast.If) -> ast.If:
    """Make one branch of a branch that is all of a branch."""
    inner = node.body[0] if len(node.body) == 1 and not node.orelse else None
    if not isinstance(inner, ast.If) or inner.orelse:
        return node
    values: list[ast.expr] = []
    for test in (node.test, inner.test):
        both = isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And)
        values += test.values if both and isinstance(test, ast.BoolOp) else [test]
    return ast.If(ast.BoolOp(ast.And(), values), inner.body, [])


def _folded(statements: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Undo loops that build lists and variables that are returned at once; expand conditionals."""
    done: list[ast.stmt] = []
    for statement in statements:
        last = done[-1] if done else None
        name = _assigned(last)
        if name and isinstance(last, ast.Assign) and _is_empty_list(last.value):
            built = _comprehension(statement, name)
            if built is not None:
                done[-1] = ast.Assign(last.targets, built)
                continue
        if name and isinstance(last, ast.Assign) and isinstance(statement, ast.Return):
            if isinstance(statement.value, ast.Name) and statement.value.id == name:
                done.pop()
                statement = ast.Return(last.value)
        done.append(statement)
    return [_expanded(statement) for statement in done]


def _assigned(statement: ast.stmt | None) -> str:
    """The one name that a statement assigns to."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else ""
    return ""


def _is_empty_list(value: ast.expr) -> bool:
    return isinstance(value, ast.List) and not value.elts


def _comprehension(loop: ast.stmt, name: str) -> ast.ListComp | None:
    """The comprehension that a loop does the work of; None where it does more."""
    if not isinstance(loop, ast.For) or loop.orelse or len(loop.body) != 1:
        return None
    inner = loop.body[0]
    tests: list[ast.expr] = []
    if isinstance(inner, ast.If) and len(inner.body) + len(inner.orelse) == 1:
        negated = ast.UnaryOp(ast.Not(), inner.test)  # branches are not negated any more
        tests, inner = [inner.test if inner.body else negated], (inner.body or inner.orelse)[0]
    call = inner.value if isinstance(inner, ast.Expr) else None
    if not isinstance(call, ast.Call) or len(call.args) != 1 or call.keywords:
        return None
    if ast.dump(call.func) != ast.dump(
        ast.Attribute(ast.Name(name, ast.Load()), "append", ast.Load())
    ):
        return None
    return ast.ListComp(call.args[0], [ast.comprehension(loop.target, loop.iter, tests, 0)])


def _expanded(statement: ast.stmt) -> ast.stmt:
    """Write a conditional expression that is a statement's value as branches."""
    value = getattr(statement, "value", None)
    if not isinstance(value, ast.IfExp):
        return statement
    if not _assigned(statement) and not isinstance(statement, ast.Return):
        return statement
    branches: list[list[ast.stmt]] = []
    for part in (value.body, value.orelse):
        if isinstance(statement, ast.Assign):
            branches.append([ast.Assign(statement.targets, part)])
        else:
            branches.append([ast.Return(part)])
    return ast.If(value.test, *branches)


def _block(statements: Sequence[ast.stmt], tail: str) -> list[ast.stmt]:
    """Put what follows a branch that leaves into the other branch, and drop needless leaving."""
    rest = _folded(statements)
    while rest and _is_needless(rest[-1], tail):
        rest.pop()
    for at, statement in enumerate(rest):
        if not isinstance(statement, ast.If):
            continue
        node = ast.If(statement.test, [*statement.body], [*statement.orelse])
        after = rest[at + 1 :]
        if after and _leaves(node.body):
            node.orelse, after = node.orelse + after, []
        elif after and _leaves(node.orelse):
            node.body, after = node.body + after, []
        inside = "" if after else tail
        body, orelse = _block(node.body, inside), _block(node.orelse, inside)
        branch = _branch(node.test, body, orelse)
        return [*rest[:at], branch, *(_block(after, tail) if after else [])]
    return [each for each in rest if not isinstance(each, ast.Pass)]


def _branch(test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> ast.stmt:
    """One way to write a branch: not negated, and a condition itself where it is returned."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, body, orelse = test.operand, orelse, body
    values = [_returned(body), _returned(orelse)]
    if isinstance(test, ast.Compare) and values == [True, False]:
        return ast.Return(test)
    if values == [False, True]:
        return ast.Return(ast.UnaryOp(ast.Not(), test))
    return ast.If(test, body, orelse)


def _returned(statements: Sequence[ast.stmt]) -> object:
    """The constant that statements do nothing but return."""
    only = statements[0] if len(statements) == 1 else None
    value = only.value if isinstance(only, ast.Return) else None
    return value.value if isinstance(value, ast.Constant) else None


def _is_needless(statement: ast.stmt, tail: str) -> bool:
    """Whether leaving is what would come to pass anyway."""
    if isinstance(statement, ast.Return) and tail == "function":
        nothing = isinstance(statement.value, ast.Constant) and statement.value.value is None
        return statement.value is None or nothing
    return isinstance(statement, ast.Continue) and tail == "loop"


def _leaves(statements: Sequence[ast.stmt]) -> bool:
    last = statements[-1] if statements else None
    if isinstance(last, ast.If):
        return _leaves(last.body) and _leaves(last.orelse)
    return isinstance(last, _JUMPS)

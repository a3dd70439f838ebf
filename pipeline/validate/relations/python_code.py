"""Python code in two rows of text, compared as Python itself reads it."""

import ast
import re
import warnings

_INDENTED = re.compile(r"^([ \t]+)(?:@|def\b|class\b|async\b)", re.MULTILINE)


def parsed(code: str) -> ast.Module | None:
    """Parse a definition that may stand deeper than its first line; None if it is no Python."""
    indents = [found.group(1) for found in _INDENTED.finditer(code)]
    shallow = min(indents, key=len, default="")
    for text in (code, f"if True:\n{shallow}{code}"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return tree
    return None


def same_code(first: str, second: str) -> bool:
    """Whether two texts are the same code; also where one is no Python of this version."""
    trees = (parsed(first), parsed(second))
    if trees[0] is None or trees[1] is None:
        return trees[0] is trees[1]
    return ast.dump(trees[0]) == ast.dump(trees[1])


class _Untyped(ast.NodeTransformer):
    """Takes all annotations out of a tree."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Leave a parameter's name."""
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Leave out what a function returns."""
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Leave out what a function returns."""
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Make it an assignment, where it is one."""
        self.generic_visit(node)
        if node.value is None:
            return ast.Pass()
        return ast.Assign(targets=[node.target], value=node.value, lineno=node.lineno)


def untyped(code: str) -> str | None:
    """What code is without annotations, as Python writes it; None if it is no Python."""
    tree = parsed(code)
    return None if tree is None else ast.unparse(ast.fix_missing_locations(_Untyped().visit(tree)))


def written(code: str) -> str | None:
    """What code is, as Python writes it; None if it is no Python."""
    tree = parsed(code)
    return None if tree is None else ast.unparse(tree)

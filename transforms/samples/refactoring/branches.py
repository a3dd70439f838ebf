"""Rules that make branches worse: each undoes a refactoring that people do, and is exact."""

import re

import tree_sitter

from transforms.samples.refactoring.code import Code, Found, Rewrite

_WORD = re.compile(r"[^\W\d]\w*")
_JUMP = re.compile(r"(?:\{\s*)?(continue|return)\s*;?(?:\s*\})?")
_BETWEEN_ELSE = re.compile(r"[\s:]*else[\s:]*")
_BEFORE_BODY = re.compile(r"[\s():]*(?:then\s*)?")
_LONG = 40  # lines; nobody nests more than fits on a screen


def else_after_jump(code: Code, found: Found) -> Rewrite | None:
    """Put what follows a guard that leaves into an `else`."""
    site, body = _statement(code, found["site"]), found["body"]
    rest, step = _rest(code, site), code.unit(site, body)
    if (
        rest is None
        or step is None
        or not code.says(site.start_byte, body.start_byte, _head(code, found))
    ):
        return None
    inner = code.indented(*rest, step)
    if inner is None:
        return None
    inner = inner.strip("\n")
    indent, start, end = code.indent(site.start_byte), site.start_byte, site.end_byte
    guard = code.between(start, end)  # with it, so that nothing else is done to the guard
    if code.spec.style == "indent":
        return start, rest[1], f"{guard}\n{indent}else:\n{inner}"
    if code.spec.style == "end":
        return start, rest[1], f"{guard.removesuffix('end')}else\n{inner}\n{indent}end"
    middle = f"\n{indent}else\n{indent}{{" if code.opens_lines else " else {"
    return start, rest[1], f"{guard}{middle}\n{inner}\n{indent}}}"


def nested_guard(code: Code, found: Found) -> Rewrite | None:
    """Turn a guard that leaves the loop's or function's body into a branch around the rest."""
    site, body, condition = _statement(code, found["site"]), found["body"], found["condition"]
    jump = _JUMP.sub(r"\1", code.of(body))
    around = _around(code, site)
    if not _JUMP.fullmatch(code.of(body)) or around is None or around.parent is None:
        return None
    kinds = code.spec.loops if jump == "continue" else code.spec.functions
    rest = _rest(code, site)
    if around.parent.type not in kinds or rest is None or (jump == "return" and _returns(around)):
        return None
    if len(_following(code, site)) == 1 and "if" in _following(code, site)[0].type:
        return None  # two branches would read as one
    step = _step(code, site, around)
    negated = code.negated(condition)
    if (
        step is None
        or negated is None
        or not code.says(site.start_byte, body.start_byte, _head(code, found))
    ):
        return None
    inner = code.indented(*rest, step)
    if inner is None:
        return None
    indent = code.indent(site.start_byte)
    branch = code.branch(negated, inner.strip("\n"), indent)
    return site.start_byte, rest[1], branch


def nested_and(code: Code, found: Found) -> Rewrite | None:
    """Take a condition of two parts apart, into a branch in a branch."""
    site, body = _statement(code, found["site"]), found["body"]
    step = code.unit(site, body)
    span = code.content_span(body)
    if step is None or span is None or not code.stands_alone(site) or _around(code, site) is None:
        return None
    if not code.says(site.start_byte, body.start_byte, _head(code, found)):
        return None
    inner = code.indented(*span, step)
    left, right = code.of(found["left"]), code.of(found["right"])
    if inner is None or not code.is_all(found["condition"], (left, right)):
        return None
    if "\n" in left + right or "let " in left + right:
        return None
    indent = code.indent(site.start_byte)
    nested = indent + step + code.branch(right, inner, indent + step)
    return site.start_byte, site.end_byte, code.branch(left, nested, indent)


def swapped_branches(code: Code, found: Found) -> Rewrite | None:
    """Negate a condition and swap its branches."""
    condition, body, other = found["condition"], found["body"], found["else"]
    negated = code.negated(condition)
    mark = code.spec.negation.partition("@")[0]
    if negated is None or code.of(condition).startswith(mark):
        return None  # a person who negates a condition had a reason
    before = code.between(condition.end_byte, body.start_byte)
    middle = code.between(body.end_byte, other.start_byte)
    if not _BEFORE_BODY.fullmatch(before) or not _BETWEEN_ELSE.fullmatch(middle):
        return None
    if code.spec.style == "indent" and not (
        code.begins_line(body.start_byte) and code.stands_alone(other)
    ):
        return None
    parts = (negated, before, code.of(other), middle, code.of(body))
    return condition.start_byte, other.end_byte, "".join(parts)


def nested_else_if(code: Code, found: Found) -> Rewrite | None:
    """Put the rest of a chain of branches into an `else` of its own."""
    site, inner, body = found["site"], found["inner"], found["body"]
    step = code.unit(site, body)
    indent = code.indent(site.start_byte)
    if step is None or not code.begins_line(site.start_byte) or not code.ends_line(site.end_byte):
        return None
    if code.indent(inner.start_byte) != indent:
        return None
    start, end = inner.start_byte, site.end_byte
    chain = code.indented(start, end, step)
    if chain is None:
        return None
    chain = chain.removeprefix(step)
    word = code.spec.else_if
    if word and code.of(inner).startswith(word):
        chain = "if" + chain.removeprefix(word)
        opening = {"indent": "else:", "end": "else", "braces": "else {"}[code.spec.style]
        closing = {"indent": "", "end": f"\n{indent}end", "braces": f"\n{indent}}}"}[
            code.spec.style
        ]
        return start, end, f"{opening}\n{indent}{step}{chain}{closing}"
    if code.spec.style != "braces" or not code.between(start - 6, start).endswith("else "):
        return None
    line = code.between(code.line_start(start), start).strip()
    opening = f"\n{indent}{{" if line == "else" and code.opens_lines else " {"
    return start - 1, end, f"{opening}\n{indent}{step}{chain}\n{indent}}}"


def _head(code: Code, found: Found) -> str:
    return code.spec.head.replace("@", code.of(found["condition"]))


def _statement(code: Code, node: tree_sitter.Node) -> tree_sitter.Node:
    """The statement that a node is, where expressions can be statements."""
    parent = node.parent
    return parent if parent is not None and parent.type in code.spec.wraps else node


def _around(code: Code, statement: tree_sitter.Node) -> tree_sitter.Node | None:
    """The block a statement stands in; None where it stands elsewhere."""
    node = statement.parent
    while node is not None and node.type in code.spec.lists:
        node = node.parent
    return node if node is not None and node.type in code.spec.blocks else None


def _following(code: Code, statement: tree_sitter.Node) -> list[tree_sitter.Node]:
    """The statements after one in its block."""
    found, node = [], statement.next_named_sibling
    while node is not None:
        if "comment" not in node.type:
            found.append(node)
        node = node.next_named_sibling
    return found


def _rest(code: Code, statement: tree_sitter.Node) -> tuple[int, int] | None:
    """The lines after a statement to its block's end, where they can be a block of their own."""
    around, following = _around(code, statement), _following(code, statement)
    if around is None or not following or not code.stands_alone(statement):
        return None
    start = code.line_end(statement.end_byte) + 1
    if code.spec.style == "braces":
        span = code.content_span(around)
        end = span[1] if span else start
    else:
        end = code.line_end(around.end_byte)
        after = code.text[end:].lstrip()
        if code.spec.style == "indent" and after.startswith(b"#"):
            return None  # whose remark that is, its indentation tells
    if end <= start or code.text.count(b"\n", start, end) > _LONG:
        return None
    if any(not code.begins_line(node.start_byte) for node in following[:1]):
        return None
    before = set(_WORD.findall(code.between(code.start, statement.start_byte)))
    return None if _names(code, following) & before else (start, end)


def _names(code: Code, statements: list[tree_sitter.Node]) -> set[str]:
    """The names that declarations among statements declare which others could see."""
    names: set[str] = set()
    for statement in statements:
        if statement.type not in code.spec.elsewhere:
            continue
        for node in (statement, *statement.named_children):
            for field in ("name", "left"):
                for part in node.children_by_field_name(field):
                    names |= set(_WORD.findall(code.of(part)))
    return names


def _step(code: Code, site: tree_sitter.Node, around: tree_sitter.Node) -> str | None:
    """One step of indentation, of a block's statement below what the block belongs to."""
    outer = code.indent(around.parent.start_byte) if around.parent else ""
    inner = code.indent(site.start_byte)
    step = inner.removeprefix(outer)
    return step if inner.startswith(outer) and step and len(step) <= 8 else None


def _returns(body: tree_sitter.Node) -> bool:
    """Whether a function says that it returns something."""
    function = body.parent
    names = ("result", "return_type", "type", "returns")
    types = [function.child_by_field_name(name) for name in names] if function else []
    return any(
        node is not None and node.text not in (b"void", b": void", b"None") for node in types
    )

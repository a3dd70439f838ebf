"""Rules that make statements longer than they need be, each exactly undone by a refactoring."""

import re

import tree_sitter

from transforms.samples.refactoring.code import Code, Found, Rewrite

_RESULTS = ("result", "ret", "retval", "res", "output")
_SIMPLE = re.compile(r"[\w.$]+|\"[^\"\\]*\"|'[^'\\]*'")
_LOGICAL = frozenset(("&&=", "||=", "??="))
_ASSERTION = re.compile(rb"\w*(?:assert|check|require|ensure|expect)\w*!?\s*\(", re.IGNORECASE)
_STEP = "    "


def long_boolean(code: Code, found: Found) -> Rewrite | None:
    """Return true or false in two branches instead of the condition."""
    value = code.of(found["value"])
    return _in_branches(code, found, value, code.spec.true, code.spec.false)


def branches_for_conditional(code: Code, found: Found) -> Rewrite | None:
    """Write a conditional expression as two branches."""
    name = found.get("name")
    parts = [code.of(found[part]) for part in ("condition", "yes", "no")]
    if not code.is_all(found["value"], parts):
        return None
    if name is not None and code.of(name) in re.findall(r"[\w$]+", "".join(parts[1:])):
        return None
    return _in_branches(code, found, *parts)


def needless_variable(code: Code, found: Found) -> Rewrite | None:
    """Return a variable that was just assigned instead of its value."""
    site, value = found["site"], found["value"]
    text = code.of(value)
    name = next((word for word in _RESULTS if not _has_word(code, word)), None)
    declare = code.spec.declare.replace("@", name or "")
    if "%" in declare:
        result = _result_type(code, site)
        if result is None:
            return None
        declare = declare.replace("%", result)
    if name is None or not declare or "\n" in text or not _is_plain_statement(code, site):
        return None
    before = code.between(site.start_byte, value.start_byte)
    after = code.between(value.end_byte, site.end_byte)
    if before.strip() not in ("return", "") or after.strip() not in (";", ""):
        return None
    sigil = declare[0] if declare[0] == "$" else ""
    end = ";" if after.strip() or not before else ""
    lines = f"{declare}{text}{end}\n{code.indent(site.start_byte)}{before}{sigil}{name}{after}"
    return site.start_byte, site.end_byte, lines


def long_assignment(code: Code, found: Found) -> Rewrite | None:
    """Write `x += y` as `x = x + y`."""
    name, operator, value = (code.of(found[part]) for part in ("name", "operator", "value"))
    sign = operator.removesuffix("=")
    if operator in _LOGICAL or sign == operator or not sign or "\n" in value:
        return None
    if not _SIMPLE.fullmatch(value):
        value = f"({value})"
    start, end = found["name"].start_byte, found["value"].end_byte
    return start, end, f"{name} = {name} {sign} {value}"


def negated_equality(code: Code, found: Found) -> Rewrite | None:
    """Write `a != b` as `!(a == b)`."""
    site, operator = found["site"], found["operator"]
    if _is_asserted(code, site):
        return None  # what an assertion says when it fails is its text
    for pair in code.spec.opposites:
        equal, unequal = pair.split("|")
        if code.of(operator) == unequal:
            start, end = site.start_byte, site.end_byte
            left = code.between(start, operator.start_byte)
            right = code.between(operator.end_byte, end)
            return start, end, f"{code.spec.negation.replace('@', '')}({left}{equal}{right})"
    return None


def compared_to_true(code: Code, found: Found) -> Rewrite | None:
    """Compare a condition with true, or a negated one with false."""
    site = found["site"]
    text = code.of(site)
    mark = code.spec.negation.partition("@")[0]
    if "\n" in text or "(" in text.removeprefix(mark)[:1]:
        return None
    if text.startswith(mark):
        return site.start_byte, site.end_byte, f"{text.removeprefix(mark)} == {code.spec.false}"
    return site.start_byte, site.end_byte, f"{text} == {code.spec.true}"


def _is_asserted(code: Code, site: tree_sitter.Node) -> bool:
    """Whether an expression stands in the parentheses of an assertion."""
    node = site.parent
    while node is not None and node.type not in code.spec.blocks:
        if _ASSERTION.match(code.text, node.start_byte):
            return True
        node = node.parent
    return False


def _in_branches(code: Code, found: Found, condition: str, yes: str, no: str) -> Rewrite | None:
    """Put a statement into two branches, in each with a value in the place of the whole."""
    site, value = found["site"], found["value"]
    if "\n" in condition + yes + no or not _is_plain_statement(code, site):
        return None
    before = code.between(site.start_byte, value.start_byte)
    after = code.between(value.end_byte, site.end_byte)
    following = site.next_named_sibling
    if before.startswith("return") and following is not None and "comment" not in following.type:
        return None  # what follows is never reached
    if after.strip(" ;)") or before.count("(") != after.count(")"):
        return None
    indent, step = code.indent(site.start_byte), _step(code, site)
    lines = [f"{indent}{step}{before}{part}{after}" for part in (yes, no)]
    text = code.branch(condition, lines[0], indent, lines[1])
    return site.start_byte, site.end_byte, text


def _is_plain_statement(code: Code, site: tree_sitter.Node) -> bool:
    """Whether a statement has its lines for itself and stands in a block."""
    parent = site.parent
    while parent is not None and parent.type in code.spec.lists:
        parent = parent.parent
    return parent is not None and parent.type in code.spec.blocks and code.stands_alone(site)


def _step(code: Code, site: tree_sitter.Node) -> str:
    """One step of indentation, as of a statement below what its block belongs to."""
    indent, block = code.indent(site.start_byte), site.parent
    while block is not None and block.type in code.spec.lists:
        block = block.parent
    holder = block.parent if block is not None else None
    outer = code.indent(holder.start_byte) if holder is not None else ""
    step = indent.removeprefix(outer)
    plausible = indent.startswith(outer) and 0 < len(step) <= len("        ")
    return step if plausible else ("\t" if "\t" in indent else _STEP)


def _has_word(code: Code, word: str) -> bool:
    return re.search(rb"\b" + word.encode() + rb"\b", code.text) is not None


def _result_type(code: Code, site: tree_sitter.Node) -> str | None:
    """The type that the function around a statement returns, where that is written in one piece."""
    node: tree_sitter.Node | None = site
    while node is not None and node.type not in code.spec.functions:
        node = node.parent
    written = node.child_by_field_name("type") if node is not None else None
    declarator = node.child_by_field_name("declarator") if node is not None else None
    if written is None or (declarator is not None and declarator.type != "function_declarator"):
        return None
    return code.of(written)

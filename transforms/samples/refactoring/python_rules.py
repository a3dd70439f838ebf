"""Rules for what only Python has: comprehensions, f-strings, chains of comparisons, its `+=`."""

import re

import tree_sitter

from transforms.samples.refactoring.code import Code, Found, Rewrite

_WORD = re.compile(r"[^\W\d]\w*")
_NOT_IN_LOOPS = re.compile(r"\b(?:lambda|yield|await|async|global|nonlocal|class)\b|:=")
_PLAIN_STRING = re.compile(r"[fF](\"(?!\")|'(?!'))")
_RESULTS = ("result", "results", "items", "collected")
# Where a comparison may become two without parentheses.
_ROOMY = frozenset(
    ("if_statement", "elif_clause", "while_statement", "return_statement", "assignment",
     "parenthesized_expression")
)  # fmt: skip


def loop_for_comprehension(code: Code, found: Found) -> Rewrite | None:
    """Build a list in a loop instead of a comprehension."""
    site, comprehension = found["site"], found["comprehension"]
    parts = [child for child in comprehension.named_children if child.type != "comment"]
    tests = [code.of(part)[2:].strip() for part in parts[2:] if part.type == "if_clause"]
    if len(parts) != 2 + len(tests) or len(tests) > 1 or not _can_loop(code, found):
        return None
    value, target, source = (code.of(found[part]) for part in ("value", "target", "source"))
    given = found.get("name")
    name = code.of(given) if given else _fresh(code)
    if name is None or any("\n" in part for part in (value, target, source, *tests)):
        return None
    indent, step = code.indent(site.start_byte), " " * 4
    if "\t" in indent:
        step = "\t"
    lines = [f"{name} = []", f"{indent}for {target} in {source}:"]
    if tests:
        lines.append(f"{indent}{step}if {tests[0]}:")
    lines.append(f"{indent}{step * len(lines[1:])}{name}.append({value})")
    if given is None:
        lines.append(f"{indent}return {name}")
    return site.start_byte, site.end_byte, "\n".join(lines)


def _can_loop(code: Code, found: Found) -> bool:
    """Whether the loop's variables are seen nowhere else, and nothing can tell the difference."""
    site, comprehension = found["site"], found["comprehension"]
    if _NOT_IN_LOOPS.search(code.between(code.start, code.end)) or not code.stands_alone(site):
        return False
    inside = _WORD.findall(code.of(comprehension))
    outside = (
        code.between(code.start, comprehension.start_byte)
        + " "
        + code.between(comprehension.end_byte, code.end)
    )
    if set(_WORD.findall(code.of(found["target"]))) & set(_WORD.findall(outside)):
        return False
    node = site.parent
    while node is not None and node.type != "function_definition":
        if node.type in ("try_statement", "with_statement"):
            return False  # the list could be seen when it is half done
        node = node.parent
    return node is not None and ("name" not in found or code.of(found["name"]) not in inside)


def _fresh(code: Code) -> str | None:
    words = set(_WORD.findall(code.between(code.start, code.end)))
    return next((name for name in _RESULTS if name not in words), None)


def format_for_f_string(code: Code, found: Found) -> Rewrite | None:
    """Call `format` on a string instead of writing the values into it."""
    site = found["site"]
    text = code.of(site)
    if not _PLAIN_STRING.match(text) or "\n" in text or _in_strings(site):
        return None
    template, values, at = [], [], site.start_byte + 1
    for part in site.named_children:
        if part.type != "interpolation":
            continue
        value = part.child_by_field_name("expression")
        if value is None or value.type in (
            "expression_list",
            "lambda",
            "yield",
            "named_expression",
        ):
            return None
        rest = code.between(value.end_byte, part.end_byte)
        if not re.fullmatch(r"\s*(?:![rsa])?(?::[^{}]*)?\}", rest) or "=" in rest.partition(":")[0]:
            return None
        template.append(code.between(at, part.start_byte) + "{" + rest.strip())
        values.append(code.of(value))
        at = part.end_byte
    if not values or any(value.startswith(("*", "{")) for value in values):
        return None
    template.append(code.between(at, site.end_byte))
    return site.start_byte, site.end_byte, f"{''.join(template)}.format({', '.join(values)})"


def _in_strings(node: tree_sitter.Node) -> bool:
    """Whether a string is one of several that are written as one, or part of another."""
    parent = node.parent
    return parent is None or parent.type in ("concatenated_string", "interpolation", "case_pattern")


def split_chain(code: Code, found: Found) -> Rewrite | None:
    """Take a chain of two comparisons apart."""
    site = found["site"]
    parts = [child for child in site.children if child.type != "comment"]
    if len(parts) != 5 or parts[2].type not in ("identifier", "integer") or "\n" in code.of(site):
        return None
    if site.parent is None or site.parent.type not in _ROOMY:
        return None
    middle = code.of(parts[2])
    left = code.between(site.start_byte, parts[2].end_byte)
    right = code.between(parts[3].start_byte, site.end_byte)
    return site.start_byte, site.end_byte, f"{left} and {middle} {right}"


def long_count(code: Code, found: Found) -> Rewrite | None:
    """Write `n += 1` as `n = n + 1` where n is a number all along."""
    name, operator, value = (code.of(found[part]) for part in ("name", "operator", "value"))
    text = code.between(code.start, code.end)
    sign = operator.removesuffix("=")
    word = rf"\b{re.escape(name)}\b"
    set_ = re.findall(rf"{word}\s*=(?!=)\s*([^\n]*)", text)
    added = re.findall(rf"{word}\s*[-+*]=\s*([^\n]*)", text)
    numbers = all(re.fullmatch(r"-?\d+", each.strip()) for each in (*set_, *added))
    others = re.search(rf"(?:for|as|def|global|nonlocal)\s+{word}|{word}\s*[,:]|,\s*{word}", text)
    starts = re.search(rf"^\s*{re.escape(name)} = -?\d+$", text, re.MULTILINE)
    if not numbers or others or not starts or sign not in ("+", "-", "*"):
        return None
    start, end = found["name"].start_byte, found["value"].end_byte
    return start, end, f"{name} = {name} {sign} {value}"

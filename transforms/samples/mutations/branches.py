"""Operators on conditions and what hangs on them."""

import functools
import re
from collections.abc import Iterator

import tree_sitter

from transforms.outlines.nodes import first_named
from transforms.samples.drafts import Edit, Edits
from transforms.samples.mutations.scene import Scene, follows

_MAX_BRANCHES = 1500  # bytes of two branches that are swapped
_MAX_LEFT_OUT = 600  # bytes of a branch
_SIMPLE = re.compile(rb"[A-Za-z_$@][\w$@.>:-]*\??(?:\([^()\n]*\))?")
_CHAINED = re.compile(rb"(?:static\s+)?(?:if|elif|elsif|elseif|unless)\b")
_CASTS = re.compile(
    rb"\b(?:let|instanceof|is|as|typeof|var|case|match|some|ok|err|error)\b|:=|(?<![=!<>])=(?!=)"
)


def find_negations(scene: Scene) -> Iterator[Edits]:
    """A condition negated, or its negation taken out."""
    finders = [_take_negations, _put_negations]
    if scene.draw("negation") % 2:
        finders.reverse()
    for find in finders:
        yield from find(scene)


def _take_negations(scene: Scene) -> Iterator[Edits]:
    word = scene.spec.negation.strip()
    for node in scene.tokens((word,), "take negation"):
        around = node.parent
        if around is None or around.child(0) != node or around.named_child_count != 1:
            continue
        beside = scene.text[node.start_byte - 1 : node.start_byte], scene.text[node.end_byte :][:1]
        operand = first_named(around)
        if b"!" in beside or beside[0].isalnum() or operand is None or " " in around.type:
            continue
        yield ((node.start_byte, operand.start_byte, ""),)


def _put_negations(scene: Scene) -> Iterator[Edits]:
    for node in scene.tokens(scene.spec.conditions, "put negation"):
        condition = _condition(scene, node)
        if condition is None:
            continue
        written = scene.written(condition)
        constant = written.decode(errors="replace") in " ".join(scene.spec.constants)
        if _SIMPLE.fullmatch(written) and not constant:
            yield ((condition.start_byte, condition.start_byte, scene.spec.negation),)


def _condition(scene: Scene, word: tree_sitter.Node) -> tree_sitter.Node | None:
    """Find the condition after a word such as `if`, without brackets around it."""
    around = word.parent
    if around is None:
        return None
    found = around.child_by_field_name("condition")
    if found is None or found.start_byte < word.end_byte:
        found = word.next_named_sibling
    while (
        found is not None
        and found.named_child_count == 1
        and scene.text[found.start_byte : found.start_byte + 1] == b"("
    ):
        found = first_named(found)
    return found


def find_swapped_branches(scene: Scene) -> Iterator[Edits]:
    """What is done if a condition holds, and what if not, in each other's place."""
    for node in scene.tokens((scene.spec.otherwise, "?"), "swap"):
        if scene.written(node) == b"?":
            pair = _ternary(node)
        else:
            pair = _branches(node)
        if pair is None or not _is_fair(scene, *pair):
            continue
        first, second = (_uncommented(scene, part) for part in pair)
        yield ((first[0], first[1], second[2]), (second[0], second[1], first[2]))


def _uncommented(scene: Scene, node: tree_sitter.Node) -> Edit:
    """A branch without comments after it, which some grammars take for its end."""
    end = node.end_byte
    last = node.child(node.child_count - 1) if node.child_count else None
    while last is not None and "comment" in last.type:
        last = last.prev_sibling
        end = last.end_byte if last is not None else end
    return node.start_byte, end, scene.text[node.start_byte : end].decode()


def _is_fair(scene: Scene, first: tree_sitter.Node, second: tree_sitter.Node) -> bool:
    """Whether two branches can be swapped and are not the same."""
    if second.end_byte - first.start_byte > _MAX_BRANCHES:
        return False
    one, other = scene.written(first), scene.written(second)
    if _CHAINED.match(one) or _CHAINED.match(other):
        return False
    start = scene.text.rfind(b"\n", 0, max(first.start_byte - 1, 0)) + 1
    return one.split() != other.split() and not _CASTS.search(scene.text, start, first.start_byte)


def _ternary(mark: tree_sitter.Node) -> tuple[tree_sitter.Node, tree_sitter.Node] | None:
    around = mark.parent
    if around is None or around.child_count != 5 or around.child(1) != mark:
        return None
    first, second = around.child(2), around.child(4)
    return (first, second) if first is not None and second is not None else None


def _branches(word: tree_sitter.Node) -> tuple[tree_sitter.Node, tree_sitter.Node] | None:
    """Find what stands before and after an `else`; Python's expression is read likewise."""
    around = word.parent
    if around is None:
        return None
    if around.type == "conditional_expression":
        first, second = around.child(0), around.child(around.child_count - 1)
        return (first, second) if first is not None and second is not None else None
    if around.child(0) == word:  # a clause of its own
        before, after = around.prev_named_sibling, first_named(around)
        if around.named_child_count != 1:
            return None
    else:
        before, after = word.prev_named_sibling, word.next_named_sibling
    if before is None or after is None or before.type != after.type:
        return None
    return (before, after) if "if" not in after.type.split("_") else None


def find_missing_branches(scene: Scene) -> Iterator[Edits]:
    """What is done if a condition does not hold, left out."""
    for node in scene.tokens((scene.spec.otherwise,), "branch"):
        around = node.parent
        if around is None or _branches(node) is None or around.type == "conditional_expression":
            continue
        whole = around.parent if around.child(0) == node else around
        end = around.end_byte
        if end - node.start_byte > _MAX_LEFT_OUT or whole is None:
            continue
        if not _is_statement(scene, whole):
            continue
        before = scene.text[: node.start_byte][-200:]
        start = node.start_byte - len(before) + len(before.rstrip())
        yield ((start, start + len(scene.text[start:end].rstrip()), ""),)


def _is_statement(scene: Scene, node: tree_sitter.Node) -> bool:
    """Whether a node is, or all but is, a statement that another follows."""
    statement = scene.statement(node)
    return (
        statement is not None
        and statement.start_byte == node.start_byte
        and statement.end_byte - node.end_byte <= 1
        and follows(statement)
    )


# A guard of what is as it was, which only saves work.
_UNCHANGED = re.compile(
    rb"if\b[\s(\[]*(?:(?!\d)[\w.@$>-]+\s*(?:===?|is)\s*(?!None\b|nil\b|null|NULL|[Tt]rue|[Ff]alse)"
    rb"[a-z_@$][\w.@$>-]*|[\w.@$>-]+(?:\.equals\(|\s+isEqual\w*:\s*)[\w.@$>-]+\)?)[\s)\]]*[:{]?"
    rb"(?:then)?\s*return\s*;?\s*(?:\}|end)?\s*\Z"
)


# A guard that what follows needs: of nothing, of an error, of how many there are.
_NEEDED = re.compile(
    rb"(?i:null|\bnil\b|\bnone\b|undefined|empty|len|size|count|err|\bret\b)|[<>=!]=?\s*-?[0-9]\b"
    rb"|\b(?:if|unless)\b[\s(]*(?:!|not\s)\s*[\w.@$>-]+\??(?:\([^()]*\))?[\s)]*(?:[{:\n]|then|return|\Z)"
)


@functools.cache
def _guard(exits: tuple[str, ...]) -> re.Pattern[bytes]:
    """Make the pattern of a condition with nothing but an exit in it, or after one."""
    words = "|".join(exits).encode()
    return re.compile(
        rb"(?:if|unless)\b[^\n]{1,160}?[\s){:](?:then\b)?\s*(?:%s)\b[^\n{}]{0,60}\s*(?:\}|end|fi)?\s*"
        rb"|(?:%s)\b[^\n]{0,60}\s(?:if|unless)\s[^\n]{1,160}" % (words, words)
    )


def find_missing_guards(scene: Scene) -> Iterator[Edits]:
    """`if (...) return;` left out."""
    guard = _guard(scene.spec.exits)
    for node in scene.tokens(("if", "unless"), "guard"):
        around = node.parent
        if around is None or not _is_statement(scene, around):
            continue
        written = scene.written(around)
        if _UNCHANGED.match(written) or not _NEEDED.search(written):
            continue
        if len(written) > 300 or not guard.fullmatch(written) or b"else" in written:
            continue
        statement = scene.statement(around)
        if statement is not None and not _casts(scene, written):
            yield scene.without(statement)


def _casts(scene: Scene, guard: bytes) -> bool:
    """Whether code after a guard would not compile without it."""
    words = scene.spec.nothing if scene.spec.typed else ()
    nothing = any(re.search(rb"\b%s\b" % word.encode(), guard) for word in words)
    return scene.spec.typed and (nothing or _CASTS.search(guard) is not None)

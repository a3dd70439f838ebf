"""The relation of refactor: honest rows pass, and each way to spoil one is found out."""

import pytest

from pipeline.validate.normal_form import normal_form
from pipeline.validate.relations import load_relations
from tests.samples.views import texts, view_of
from transforms.samples.tasks.refactor import SPEC

PYTHON = '''\
class Shop:
    def total(self, items, tax):
        """Add up what each of them costs."""
        amount = 0
        for basket in items:
            if basket.weight and not basket.free:
                amount += basket.price  # each
        if not amount:
            return None
        return amount * tax
'''
WORSE_NAMES = (
    PYTHON[16:]
    .rstrip("\n")
    .replace("amount", "x1")
    .replace("basket.", "x2.")
    .replace("for basket", "for x2")
)
BETTER = PYTHON[16:].rstrip("\n")
WORSE_BRANCHES = BETTER.replace(
    "            return None\n        return amount * tax",
    "            return None\n        else:\n            return amount * tax",
)
JAVA = (
    "int sum(int[] sizes) {\n    int total = 0;\n    if (sizes == null) {\n        return -1;\n"
    '    }\n    total = add("total: ", sizes);\n    return total;\n}'
)
JAVA_BRANCHES = JAVA.replace("    }\n    total", "    } else {\n    total") + "\n}"
GO = "func f(items []int) int {\n\ttotal := 0\n\tg(&total, items)\n\treturn total\n}"


def offence(context: str, target: str, language: str) -> str:
    """What the relation says of a row."""
    row = {"context": context, "target": target, "language": language, "redactions": 0}
    return load_relations()["refactor"].offence(row, None)


HONEST = {
    "names": (WORSE_NAMES, BETTER, "python"),
    "branches": (WORSE_BRANCHES, BETTER, "python"),
    "Java branches": (JAVA_BRANCHES, JAVA, "java"),
    "Go names": (GO.replace("total", "x1"), GO, "go"),
    "Go equality": ("if !(a == b) {\n\tg()\n}", "if a != b {\n\tg()\n}", "go"),
}


@pytest.mark.parametrize(("context", "target", "language"), HONEST.values(), ids=HONEST.keys())
def test_honest_row_passes(context: str, target: str, language: str) -> None:
    assert offence(context, target, language) == ""


SPOILT = {
    "nothing is worse": (BETTER, BETTER, "python"),
    "one place is not renamed": (
        WORSE_NAMES.replace("return x1", "return amount"),
        BETTER,
        "python",
    ),
    "an attribute is renamed": (BETTER.replace("price", "x1"), BETTER, "python"),
    "a parameter is renamed": (BETTER.replace("items", "x1"), BETTER, "python"),
    "two names become one": (WORSE_NAMES.replace("x2", "x1"), BETTER, "python"),
    "a name is that of another": (WORSE_NAMES.replace("x1", "tax"), BETTER, "python"),
    "a comment is another": (WORSE_BRANCHES.replace("# each", "# all"), BETTER, "python"),
    "a branch goes the other way": (
        WORSE_BRANCHES.replace("if not amount", "if amount"),
        BETTER,
        "python",
    ),
    "a number is another": (WORSE_BRANCHES.replace("= 0", "= 1"), BETTER, "python"),
    "an else belongs to one of two": (
        "def f(a, b):\n    if a:\n        if b:\n            return 1\n"
        "    else:\n        return g()",
        "def f(a, b):\n    if a and b:\n        return 1\n    return g()",
        "python",
    ),
    "a Java name is renamed in a string": (JAVA.replace("total", "x1"), JAVA, "java"),
    "a Java number is another": (JAVA_BRANCHES.replace("-1", "-2"), JAVA, "java"),
    "a Java statement is left out": (JAVA_BRANCHES.replace("return total;", ""), JAVA, "java"),
    "a Java brace is left out": (JAVA_BRANCHES[:-1], JAVA, "java"),
    "a Go name stays in one place": (GO.replace("return total", "return x1"), GO, "go"),
    "a Go name is not fresh": (GO.replace("total", "items"), GO, "go"),
}


@pytest.mark.parametrize(("context", "target", "language"), SPOILT.values(), ids=SPOILT.keys())
def test_spoilt_row_is_found(context: str, target: str, language: str) -> None:
    assert offence(context, target, language)


SAME = {
    "a guard": ("if a:\n    return 1\nreturn 2", "if a:\n    return 1\nelse:\n    return 2"),
    "a loop's guard": (
        "for a in b:\n    if a:\n        continue\n    g()",
        "for a in b:\n    if not a:\n        g()",
    ),
    "two conditions": ("if a and b:\n    g()", "if a:\n    if b:\n        g()"),
    "a conditional": ("return 1 if a else 2", "if a:\n    return 1\nelse:\n    return 2"),
    "a condition": ("return a is b", "if a is b:\n    return True\nelse:\n    return False"),
    "a variable": ("return g(a)", "result = g(a)\nreturn result"),
    "a list": (
        "x = [g(a) for a in b if a]",
        "x = []\nfor a in b:\n    if a:\n        x.append(g(a))",
    ),
    "a list of what is not": (
        "return [a for a in b if a not in c]",
        "x = []\nfor a in b:\n    if a not in c:\n        x.append(a)\nreturn x",
    ),
    "a string": ("x = f'{a!r:>4}{{}}'", "x = '{!r:>4}{{}}'.format(a)"),
    "a chain": ("x = 0 <= a < b", "x = 0 <= a and a < b"),
    "a sum": ("x += 1", "x = x + 1"),
}
DIFFERENT = {
    "a branch that does not leave": ("if a:\n    g()\nh()", "if a:\n    g()\nelse:\n    h()"),
    "a negation": ("if a:\n    g()\nelse:\n    h()", "if not a:\n    g()\nelse:\n    h()"),
    "either": ("if a or b:\n    g()", "if a:\n    if b:\n        g()"),
    "the last in a loop": ("while a:\n    g()\n    break", "while a:\n    g()"),
    "another order": ("x = '{} {}'.format(a, b)", "x = f'{b} {a}'"),
    "a difference": ("x -= y", "x = y - x"),
}


def _function(body: str) -> str:
    return "def f(a, b):\n" + "\n".join("    " + line for line in body.split("\n"))


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_same_form(one: str, other: str) -> None:
    assert normal_form(_function(one)) == normal_form(_function(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_form(one: str, other: str) -> None:
    assert normal_form(_function(one)) != normal_form(_function(other))


def test_what_the_task_makes_passes() -> None:
    for seed in range(40):
        view = view_of(PYTHON, seed=seed)
        for cut in SPEC.cut(view):
            context, target, _ = texts(view, cut)
            assert offence(context, target, "python") == ""

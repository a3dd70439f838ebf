"""What the judge says of bugs, and that it can say no."""

import pytest

from pipeline.validate.relations.debug import RELATION

TARGET = '''\
def rate(price, share, most):
    """Return what is left of a price."""
    if share > most:  # nothing is free
        return 0
    else:
        return price * (1 - share)
'''


def offence(context: str, target: str = TARGET, language: str = "python") -> str:
    """What the judge says of a row."""
    row = {
        "context": context,
        "target": target,
        "language": language,
        "origin": "derived",
        "redactions": 0,
    }
    return RELATION.offence(row, None)


@pytest.mark.parametrize(
    "context",
    [
        TARGET.replace("share > most", "share >= most"),
        TARGET.replace("price * (1 - share)", "price * (share - 1)"),
        TARGET.replace("        return 0\n", "        return price * (1 - share)\n", 1).replace(
            "    else:\n        return price * (1 - share)", "    else:\n        return 0"
        ),
        TARGET.replace("    else:\n        return price * (1 - share)\n", ""),
        TARGET.replace("if share", "if not share"),
    ],
    ids=["operator", "operands", "branches", "left out", "put in"],
)
def test_a_slip_is_no_offence(context: str) -> None:
    assert offence(context) == ""


@pytest.mark.parametrize(
    ("context", "says"),
    [
        (TARGET, "tokens of its target"),
        (TARGET.replace("share > most", "share   >   most"), "tokens of its target"),
        (TARGET.replace("price", "cost"), "other tokens"),
        (TARGET.replace("share > most", "share > > most"), "no Python"),
        (TARGET.replace("nothing is free", "all is free"), "means the same"),
        (TARGET.replace("return 0", "return (0)"), "means the same"),
    ],
    ids=["equal", "white space", "much", "syntax", "comment", "brackets"],
)
def test_what_is_no_bug_is_an_offence(context: str, says: str) -> None:
    assert says in offence(context)


def test_what_python_cannot_read_is_left_to_its_tokens() -> None:
    old = 'def f(x):\n    if x < 1:\n        print "one"\n'
    assert offence(old.replace("<", ">"), old) == ""
    assert offence(old, old) != ""


def test_decorated_methods_are_read_where_they_stand() -> None:
    method = "@property\n    def size(self):\n        return self.end - self.start\n"
    assert offence(method.replace("-", "+"), method) == ""
    assert "no Python" in offence(method.replace("-", "- )"), method)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("f(b, a)", "f(a, b)"), ("f(b.x, y)", "f(y, b.x)"), ("c ? a + 1 : a", "c ? a : a + 1")],
)
def test_swapped_stretches_are_one_slip(wrong: str, right: str) -> None:
    filler = "; ".join(f"x{n}" for n in range(20))
    body = f"int f() {{ {filler}; return %s; }}"
    assert offence(body % wrong, body % right, "c") == ""


class Sources:
    """A source file of which the row says where its target stands."""

    def __init__(self, text: bytes) -> None:
        self.bytes = text

    def text(self, name: tuple[str, str]) -> bytes:
        """Whatever the file's name is."""
        return self.bytes


@pytest.mark.parametrize("shift", [0, 1])
def test_the_target_is_the_source(shift: int) -> None:
    row = {
        "context": TARGET.replace("share > most", "share < most"),
        "target": TARGET,
        "language": "python",
        "origin": "derived",
        "redactions": 0,
        "source": "in",
        "path": "a.py",
        "start_byte": 2 + shift,
        "end_byte": 2 + len(TARGET) + shift,
    }
    said = RELATION.offence(row, Sources(b"\n\n" + TARGET.encode() + b"\n\n"))
    assert ("source's text" in said) == bool(shift)

"""Rows that break promises 2 to 4 are found out."""

import pytest

from tests.validate import corpus
from tests.validate.corpus import digest
from tests.validate.honest import Made, measure
from tests.validate.settling import settle, write
from tests.validate.spoiling import Spoil, failing, put, put_text


def cut_space(made: Made) -> None:
    """The target is the white space before a statement."""
    row, at = made.row("line_completion"), corpus.C.index("    puts")
    put(row, start_byte=at, end_byte=at + 4)
    put_text(row, context=corpus.C[:at], target="    ")


def cut_character(made: Made) -> None:
    """The source has a character of two bytes, and the row begins in the middle of it."""
    raw = corpus.C.replace("hello", "h\u00e9llo").encode()
    (made.folder / "top.c").write_bytes(raw)
    row, at = made.row("line_completion"), raw.index(b"\xa9")
    put(made.file("top.c"), content_key=digest(raw), size_bytes=len(raw))
    put(row, start_byte=at, start_line=3, content_key=digest(raw))
    put(row, end_byte=row["end_byte"] + 1)


def leak_target(made: Made) -> None:
    row = made.row("function_completion")
    put_text(row, instruction="Write it: " + row["target"])


def rename(made: Made, *pairs: tuple[str, str]) -> None:
    """Change words of the variant's target."""
    row = made.row("function_completion", "renamed_variables")
    target = row["target"]
    for old, new in pairs:
        assert old in target
        target = target.replace(old, new)
    put_text(row, target=target)


def rename_parameter(made: Made) -> None:
    row = made.row("function_completion", "renamed_variables")
    context = row["context"].replace("perimeter(sides)", "perimeter(edges)")
    put_text(row, context=context, target=row["target"].replace("in sides", "in edges"))


def leak_in_variant(made: Made) -> None:
    row = made.row("function_completion", "renamed_variables")
    put_text(row, instruction="Write it: " + row["target"])


def variant_of_itself(made: Made) -> None:
    """A second variant, honest but for what it says it was made from."""
    first = made.row("function_completion", "renamed_variables")
    second = first | {"id": digest(b"second"), "variant_of": first["id"], "quality_score": 0.78}
    put_text(second, target=first["target"].replace("edge", "line"))
    made.rows[made.rows.index(made.row("add_docstring"))] = second


def remove_original(made: Made) -> None:
    """The original is a removed sample, and worse than its variant."""
    original = made.row("function_completion")
    made.rows.remove(original)
    made.over["python"] -= 1
    copy = made.duplicate("exact", "sample")
    put(copy, survivor_id=made.row("method_completion")["id"], survivor_quality=0.85)
    made.duplicates.append(copy | {"id": original["id"], "quality": 0.8})
    put(made.duplicates[-1], path=original["path"], repo=original["repo"])
    made.file("gamma/tool.py")["samples_made"] -= 1


def leak_doc(made: Made) -> None:
    doc = "Add up the sides of a polygon, one after the other."
    put_text(made.row("add_docstring"), instruction=f"Say: {doc}")


def vary_docstring(made: Made) -> None:
    """The variant says that it was made from a better sample of the same definition."""
    original = made.row("add_docstring")
    put(original, quality_score=0.95)
    put(made.row("function_completion", "renamed_variables"), variant_of=original["id"])


def vary_method(made: Made) -> None:
    """The variant says that it was made from a better sample of the same task."""
    original = made.row("method_completion")
    put(original, task="function_completion")
    put(made.row("function_completion", "renamed_variables"), variant_of=original["id"])


def shorten_definition(made: Made) -> None:
    """The figures are those of another definition; rank and difficulty are theirs."""
    measure(made.row("method_completion"), lines=1)


def debug(made: Made, old: str, new: str, **columns: object) -> None:
    """Make a row of a bug: the target with one text for another."""
    row = made.row("add_docstring")
    assert old in row["target"]
    put(row, task="debug", **({"origin": "derived"} | columns))
    put_text(row, context=row["target"].replace(old, new))


SPOILT: dict[str, tuple[set[int], Spoil]] = {
    # promise 2
    "start_byte is shifted": ({2}, lambda m: put(m.row("line_completion"), start_byte=86)),
    "end_byte is past the end": ({2}, lambda m: put(m.row("line_completion"), end_byte=999)),
    "start_line is wrong": ({2}, lambda m: put(m.row("fill_in_middle"), start_line=5)),
    "end_line is that of the next byte": ({2}, lambda m: put(m.row("fill_in_middle"), end_line=9)),
    "offsets point into the raw file": (
        {2},
        lambda m: put(
            m.row("fill_in_middle"), start_byte=m.row("fill_in_middle")["start_byte"] + 3
        ),
    ),
    "the target stands in the instruction": ({2}, leak_target),
    "the context is cut short": (
        {2},
        lambda m: put_text(
            m.row("method_completion"), context=m.row("method_completion")["context"][:-9]
        ),
    ),
    "the context has a foreign line": (
        {2},
        lambda m: put_text(
            m.row("method_completion"),
            context="import os\n" + m.row("method_completion")["context"],
        ),
    ),
    "the context has a line from below": (
        {2},
        lambda m: put_text(
            m.row("function_completion"),
            context="def circle_area(radius):\n" + m.row("function_completion")["context"],
        ),
    ),
    "a method's context has a member from below": (
        set(),
        lambda m: put_text(
            m.row("method_completion"),
            context="    def diagonal(self):\n" + m.row("method_completion")["context"],
        ),
    ),
    "a method's context has a line of its target": (
        {2},
        lambda m: put_text(
            m.row("method_completion"),
            context="        return product * scale**3\n" + m.row("method_completion")["context"],
        ),
    ),
    "the suffix begins too late": (
        {2},
        lambda m: put_text(m.row("fill_in_middle"), suffix=m.row("fill_in_middle")["suffix"][2:]),
    ),
    "the messages hold another target": (
        {2},
        lambda m: put(m.row("line_completion")["messages"][1], content="puts();"),
    ),
    "the messages leave out the context": (
        {2},
        lambda m: put(m.row("line_completion")["messages"][0], content="Do the line_completion."),
    ),
    "the roles are swapped": (
        {2},
        lambda m: m.row("line_completion")["messages"].reverse(),
    ),
    "the target is empty": (
        {2},
        cut_space,
    ),
    "a character is cut": ({2}, cut_character),
    "a completion has a suffix": (
        {2},
        lambda m: put_text(m.row("line_completion"), suffix="\n    return 0;"),
    ),
    "a completion has two turns": (
        {2},
        lambda m: m.row("line_completion")["messages"].extend(m.row("line_completion")["messages"]),
    ),
    "a row's file is none": (
        {1, 2, 8},
        lambda m: put(m.row("line_completion"), path="none.c"),
    ),
    # promise 3
    "a variant renames an attribute": ({3}, lambda m: rename(m, ("ValueError", "OtherError"))),
    "a variant changes a string": ({3}, lambda m: rename(m, ("is negative", "is positive"))),
    "a variant changes a comment": ({3}, lambda m: rename(m, ("total grows", "amount grows"))),
    "a variant changes code": ({3}, lambda m: rename(m, ("+=", "-="))),
    "a variant makes two names one": ({3}, lambda m: rename(m, ("edge", "amount"))),
    "a variant leaves out one place": ({3}, lambda m: rename(m, ("return amount", "return total"))),
    "a variant's name is not fresh": ({3}, lambda m: rename(m, ("edge", "radius"))),
    "a variant renames a parameter": ({3}, rename_parameter),
    "a variant renames nothing": (
        {3, 5},
        lambda m: put_text(
            m.row("function_completion", "renamed_variables"),
            target=m.row("function_completion")["target"],
        ),
    ),
    "a variant's prompt holds its target": ({3}, leak_in_variant),
    "a variant is no worse": (
        {3},
        lambda m: put(m.row("function_completion", "renamed_variables"), quality_score=0.9),
    ),
    "a variant's original is none": (
        {3},
        lambda m: put(m.row("function_completion", "renamed_variables"), variant_of=digest(b"no")),
    ),
    "a variant's original has another task alone": ({3}, vary_docstring),
    "a variant's original stands elsewhere alone": ({3}, vary_method),
    "a variant's original is of another task": (
        {3},
        lambda m: put(
            m.row("function_completion", "renamed_variables"),
            variant_of=m.row("method_completion")["id"],
        ),
    ),
    "a variant's definition is nowhere": (
        {2, 3},
        lambda m: put(m.row("function_completion", "renamed_variables"), end_byte=10**6),
    ),
    "a variant's definition is another": (
        {3, 4},
        lambda m: put(
            m.row("function_completion", "renamed_variables"), start_byte=0, start_line=1
        ),
    ),
    "a variant does not compile": ({3}, lambda m: rename(m, (" in sides", " on sides"))),
    "a variant of a variant": ({3}, variant_of_itself),
    "an original says that it is a variant": (
        {3},
        lambda m: put(m.row("line_completion"), variant_of=digest(b"no")),
    ),
    "a variant is better than its removed original": ({3}, remove_original),
    "a variant nobody can check": (
        {3},
        lambda m: put(m.row("function_completion", "renamed_variables"), variant="reordered"),
    ),
    # promise 4
    "a line completion has a symbol": ({4}, lambda m: put(m.row("line_completion"), symbol="main")),
    "a synthetic row has a place and was not asked for": (
        {4},
        lambda m: put(m.row("line_completion"), origin="synthetic"),
    ),
    "a synthetic row": (
        {4},
        lambda m: put(
            m.row("line_completion"),
            origin="synthetic",
            start_byte=0,
            end_byte=0,
            start_line=1,
            end_line=1,
        ),
    ),
    "a variant calls itself human": (
        {2, 4},
        lambda m: put(m.row("function_completion", "renamed_variables"), origin="human"),
    ),
    "a completion calls itself derived": (
        {4},
        lambda m: put(m.row("line_completion"), origin="derived"),
    ),
    "a doc is put into other code": (
        {4},
        lambda m: put_text(
            m.row("add_docstring"),
            context=m.row("add_docstring")["context"].replace("total = 0", "total = 1"),
        ),
    ),
    "a doc is left in the prompt": (
        {4},
        lambda m: put_text(m.row("add_docstring"), context=m.row("add_docstring")["target"]),
    ),
    "an instruction quotes the doc": ({4}, leak_doc),
    "a bug is none": ({4}, lambda m: debug(m, "side < 0", "side  <  0")),
    "a bug is in a comment alone": ({4}, lambda m: debug(m, "# total grows", "# it grows")),
    "a bug is no code": ({4}, lambda m: debug(m, "side < 0", "side < ")),
    "a bug calls itself human": (
        {4},
        lambda m: debug(m, "side < 0", "side <= 0", origin="human"),
    ),
    "a container that is not the file's": (
        {4},
        lambda m: put(m.row("line_completion"), container="notebook"),
    ),
    "a difficulty that is none": ({4}, lambda m: put(m.row("line_completion"), difficulty="mid")),
    "a difficulty of another third": (
        {4},
        lambda m: put(m.row("fill_in_middle"), difficulty="easy"),
    ),
    "a rank that the figures do not give": (
        {4},
        lambda m: put(
            m.row("fill_in_middle"),
            curriculum_rank=m.row("fill_in_middle")["curriculum_rank"] + 0.0002,
        ),
    ),
    "a complexity that gives another rank": (
        {4},
        lambda m: put(m.row("method_completion"), complexity=4),
    ),
    "lines without a definition": ({4}, lambda m: put(m.row("line_completion"), nesting=1)),
    "a definition shorter than its target": ({4}, shorten_definition),
    "a definition that has no branch and no way": (
        {4},
        lambda m: put(m.row("line_completion"), symbol="main", code_type="function"),
    ),
    "a variant's definition has other lines": (
        {4},
        lambda m: measure(m.row("function_completion", "renamed_variables"), lines=9),
    ),
}


@pytest.mark.parametrize(("broken", "spoil"), SPOILT.values(), ids=SPOILT.keys())
def test_spoilt_table_breaks_its_promise(made: Made, broken: set[int], spoil: Spoil) -> None:
    spoil(made)
    settle(made)
    write(made)
    assert failing(made) == broken

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.outlines.test_parse import check_promises
from transforms.languages.spec import load_languages
from transforms.outlines.parse import outline
from transforms.sources.notebooks import NotANotebook, read_notebook
from transforms.sources.source import Source, name_source, read_raw

PYTHON: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python", "version": "3.11.4"},
}


def notebook(*cells: str | list[str], metadata: dict[str, Any] | None = None) -> bytes:
    """A notebook as Jupyter writes it, with text before, and output after, each cell of code."""
    written: list[dict[str, Any]] = []
    for cell in cells:
        output = {"output_type": "stream", "name": "stdout", "text": ["def output(): pass\n"]}
        written += [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n", "def text(): pass"]},
            {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [output]},
        ]
    data = {
        "cells": written,
        "metadata": PYTHON if metadata is None else metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(data, indent=1).encode()


def read(*cells: str | list[str], metadata: dict[str, Any] | None = None) -> Source:
    return read_raw("a/b.ipynb", notebook(*cells, metadata=metadata))


def names(source: Source) -> list[str]:
    seen = outline(source.text, load_languages()["python"], source.code)
    check_promises(source.text, seen)
    return [definition.name for definition in seen.definitions if not definition.has_error]


def test_code_cells_are_joined_by_two_newlines() -> None:
    source = read(["import os\n", "x = '\u00fc'"], "", "def f():\n    return x\n")
    assert source.text == "import os\nx = '\u00fc'\n\n\n\ndef f():\n    return x\n".encode()
    assert source.container == "notebook"
    assert source.code == source.text


def test_the_text_is_what_the_cells_have_whatever_a_parser_is_given() -> None:
    source = read("%matplotlib inline\nx = !ls", "%%bash\nls 'a\n\nfi")
    assert source.text == b"%matplotlib inline\nx = !ls\n\n%%bash\nls 'a\n\nfi"
    assert source.code == b"#matplotlib inline\nx = 0#s\n\n######\n#####\n\n##"


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("%time f()", "#time f()"),
        ("  %%capture out", "  #%capture out"),
        ("!pip install a \\\n  b\nc", "#pip install a \\\n###\nc"),
        ("?print", "#print"),
        ("a.b??\nc", "#.b??\nc"),
        ("a, b = %who\n", "a, b = 0#ho\n"),
        ("!echo \"it's (\n!ls", "#echo \"it's (\n#ls"),
        ("x = (a\n %b)", None),
        ("x = '''\n!ls\n'''\n", None),
        ("x = a \\\n%b\n", None),
        ("x = {\n'a': '}' # }\n%b\n}", None),
        ("x = a != b\nif not x: y = a % b", None),
        ("x = '\\'' % '''a'''\n# (\n", None),
    ],
)
def test_what_is_ipython_s_becomes_a_comment(written: str, given: str | None) -> None:
    source = read(written)
    assert source.text.decode() == written
    assert source.code.decode() == (written if given is None else given)


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile a.cpp", "%%cu", "%%R -i x"])
def test_a_cell_of_another_language_has_no_definitions(magic: str) -> None:
    cell = f"{magic}\nclass A {{ }}\n\ndef g():\n    return 1\n"
    assert names(read("def f():\n    return 1", cell, "def h():\n    return 2")) == ["f", "h"]


def test_a_timed_cell_has_definitions() -> None:
    assert names(read("%%time\ndef f():\n    return 1")) == ["f"]


def test_magics_cost_no_definition_and_are_no_comments() -> None:
    source = read("def f(a):\n    # why\n    %timeit a\n    files = !ls {a}\n    return files\n")
    assert names(source) == ["f"]
    seen = outline(source.text, load_languages()["python"], source.code)
    assert [source.text[s.start : s.end] for s in seen.comments] == [b"# why"]


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        ({"kernelspec": {"name": "python3"}}, "python"),
        ({"kernelspec": {"name": "conda-env-x"}, "language_info": {"name": "ipython"}}, "python"),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "r"),
        ({"language_info": {"name": "julia", "file_extension": ".jl"}}, "julia"),
        ({"kernelspec": {"language": "C#", "name": ".net-csharp"}}, "csharp"),
        ({"kernelspec": {"language": "C++17", "name": "xcpp17"}, "language_info": None}, None),
        ({"language_info": {"name": "sagemath"}}, None),
        ({"language_info": {"name": "new", "file_extension": ".rs"}}, "rust"),
        ({"kernelspec": {"language": "javascript"}}, "javascript"),
        ({"kernelspec": {"language": "octave"}}, "matlab"),
        ({"kernelspec": {"name": "bash", "language": "bash"}}, "bash"),
    ],
)
def test_the_notebook_says_its_language(metadata: dict[str, Any], language: str | None) -> None:
    source = read("%a\n!b", metadata=metadata)
    named = name_source("a/b.ipynb", source)
    assert (named.name if named else None) == language
    assert (source.code != source.text) == (language == "python")


def test_nbformat_3() -> None:
    cells = [
        {"cell_type": "heading", "source": "A"},
        {"cell_type": "code", "input": ["x = 1\n", "y"]},
    ]
    sheets = [{"cells": cells}, {"cells": [{"cell_type": "code", "input": "z"}]}]
    raw = json.dumps({"worksheets": sheets, "nbformat": 3, "metadata": {"name": ""}}).encode()
    assert read_raw("x.IPYNB", raw).text == b"x = 1\ny\n\nz"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'{"cells": 3}',
        b'{"cells": [3]}',
        b'{"cells": [{"cell_type": "code"}]}',
        b'{"cells": [{"cell_type": "code", "source": 3}]}',
        b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}',
        b'{"cells": [], "metadata": [1]}',
        b'{"cells": [], "metadata": {"kernelspec": {"name": 3}}}',
    ],
)
def test_what_is_none_is_refused(raw: bytes) -> None:
    with pytest.raises(NotANotebook):
        read_raw("a.ipynb", raw)


def test_no_code_is_an_empty_text() -> None:
    assert read_raw("a.ipynb", b'{"cells": [{"cell_type": "markdown"}]}').text == b""


@given(st.lists(st.text(alphabet="%!?='\"#\\\n\r\t ({[)]}ax\u00fc")))
def test_code_is_as_long_as_text_and_has_its_lines(cells: list[str]) -> None:
    source = read(*cells)
    assert len(source.code) == len(source.text)
    assert source.code.count(b"\n") == source.text.count(b"\n")
    assert source.text == "\n\n".join(cells).encode()
    source.code.decode()


@pytest.mark.parametrize("piece", ["\\'''", "'''", "a = ", "(", "%a\n", "!\\\n", "a.", "\\", '"'])
def test_time_is_in_proportion_to_size(piece: str) -> None:
    raw = notebook(piece * (500_000 // len(piece)))
    start = time.process_time()
    assert len(read_notebook(raw).python) > 400_000
    assert time.process_time() - start < 3

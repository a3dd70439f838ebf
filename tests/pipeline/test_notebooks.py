"""Notebooks from end to end: read as their code everywhere."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.build import run_build
from pipeline.options import BuildOptions
from pipeline.validate.judge import validate
from tests.sources.test_notebooks import notebook, read
from transforms.sources.reading import content_key

CELLS = (
    "%matplotlib inline\nimport math\nfrom pathlib import Path",
    "!pip install shapes",
    '''def area(width, height):
    """Return the area of a box."""
    if width < 0 or height < 0:
        raise ValueError("a side is negative")
    %timeit width * height
    return round(width * height, 2)


class Circle:
    """A circle."""

    def __init__(self, radius):
        self.radius = radius

    def circumference(self, digits=2):
        """Return the circumference of the circle."""
        exact = 2 * math.pi * self.radius
        rounded = round(exact, digits)
        return rounded if digits else int(exact)
''',
    "%%bash\nfor f in *.py; do\n  echo $f\n\n  wc -l $f\ndone",
    '''def largest(boxes, count=3):
    """Return the largest of some boxes, the largest first."""
    ordered = sorted(boxes, key=lambda box: area(*box), reverse=True)
    chosen = []
    for box in ordered[:count]:
        chosen.append((box, area(*box)))
    return chosen
''',
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebooks") / "in"
    (folder / "lab").mkdir(parents=True)
    (folder / "lab/shapes.ipynb").write_bytes(notebook(*CELLS))
    # The same code with other output and text is the same file.
    (folder / "lab/shapes_again.ipynb").write_bytes(notebook(*CELLS).replace(b"Title", b"Other"))
    (folder / "lab/cut_short.ipynb").write_bytes(notebook(*CELLS)[:-100])
    (folder / "lab/only_text.ipynb").write_bytes(notebook())
    (folder / "lab/unknown.ipynb").write_bytes(
        notebook("x", metadata={"kernelspec": {"language": "sagemath"}})
    )
    return folder


@pytest.fixture(scope="module")
def dataset(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("notebooks") / "out"
    run_build(BuildOptions(input=(f"in={folder}",), output=str(output), num_workers=1), [])
    return output


def test_samples_are_cut_from_the_code(dataset: Path) -> None:
    rows = pq.read_table(dataset / "data").to_pylist()
    text = read(*CELLS).text
    assert {row["symbol"] for row in rows} >= {"area", "circumference", "largest"}
    assert {row["container"] for row in rows} == {"notebook"}
    assert {row["language"] for row in rows} == {"python"}
    assert {row["content_key"] for row in rows} == {content_key(text).hex()}
    for row in rows:
        if row["origin"] == "human":
            target = text[row["start_byte"] : row["end_byte"]]
            assert row["target"].encode() == target
    (area,) = (row for row in rows if row["symbol"] == "area" and "function_" in row["task"])
    assert "%timeit width * height" in area["target"]


def test_each_notebook_is_accounted_for(dataset: Path) -> None:
    rejects = pq.read_table(dataset / "rejects").to_pylist()
    assert {(row["path"], row["stage"], row["reason"]) for row in rejects} == {
        ("lab/cut_short.ipynb", "screen", "not_a_notebook"),
        ("lab/only_text.ipynb", "screen", "empty"),
        ("lab/unknown.ipynb", "screen", "unknown_language"),
    }
    duplicates = pq.read_table(dataset / "duplicates").to_pylist()
    (copy,) = (row for row in duplicates if row["level"] == "file")
    both = {"lab/shapes.ipynb", "lab/shapes_again.ipynb"}
    assert {copy["path"], copy["survivor_path"]} == both


def test_the_judge_reads_the_same_text(dataset: Path, folder: Path) -> None:
    outcomes = validate(dataset, [f"in={folder}"])
    assert [outcome for outcome in outcomes if outcome.verdict != "pass"] == []

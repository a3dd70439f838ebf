import re
import sysconfig
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.build import run_build
from pipeline.options import BuildOptions
from pipeline.validate.judge import validate
from transforms.similarity.views import load_keywords

GO = "\n".join(
    f"func Step{n}(input []int, limit int) (total int) {{\n"
    f"\tfor _, value := range input {{\n\t\tif value {sign} limit {{\n"
    f"\t\t\ttotal {sign}= value * {n}\n\t\t}}\n\t}}\n\treturn total {sign} {n}\n}}\n"
    for n, sign in enumerate("+-*/%&|^")
)


def rename(text: str) -> str:
    """A Type-2 clone: every name is another one."""
    return re.sub(
        r"\b[^\W\d]\w*",
        lambda word: word[0] if word[0].encode() in load_keywords() else f"{word[0]}_v2",
        text,
    )


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clones")
    library = Path(sysconfig.get_path("stdlib"))
    files = {
        "wrap.py": (library / "textwrap.py").read_text(),
        "bisect.py": (library / "bisect.py").read_text(),
        "steps.go": f"package steps\n\n{GO}",
    }
    for name, text in files.items():
        (root / name).write_text(text)
        (root / f"renamed_{name}").write_text(rename(text))
    return root


@pytest.mark.parametrize(("view", "pairs"), [("tokens", 0), ("identifiers", 3)])
def test_renamed_copies_are_near_where_names_are_left_out(
    clones: Path, tmp_path: Path, view: str, pairs: int
) -> None:
    options = BuildOptions(
        input=(f"in={clones}",),
        output=str(tmp_path / "out"),
        dedup_view=view,  # type: ignore[arg-type]
        num_workers=1,
    )
    built = run_build(options, [])
    assert built["options"]["dedup_view"] == view
    removed = [
        row
        for row in pq.read_table(tmp_path / "out/duplicates").to_pylist()
        if row["level"] == "file"
    ]
    assert len(removed) == pairs
    for row in removed:
        ends = {row["path"], row["survivor_path"]}
        assert {name.removeprefix("renamed_") for name in ends} == {min(ends, key=len)}
        assert row["kind"] == "near"
        assert row["similarity"] >= 0.85
    outcomes = validate(tmp_path / "out", [f"in={clones}"])
    assert [outcome for outcome in outcomes if outcome.verdict != "pass"] == []

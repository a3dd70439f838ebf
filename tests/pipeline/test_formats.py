"""Whole builds in each format: the judge passes them, and objects where a row is spoilt."""

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.build import run_build
from pipeline.options import BuildOptions
from pipeline.validate.dataset import LayoutError, open_dataset
from pipeline.validate.judge import validate
from pipeline.validate.outcome import FAIL
from tests.corpora import write_corpus
from tests.tokenizers import write_tokenizer

FORMATS = {
    "prompt_completion": {"format": "prompt_completion"},
    "starcoder": {"format": "text", "text_template": "starcoder"},
    "chatml": {"format": "text", "text_template": "chatml"},
}
MARKED = '''\
def markup(words):
    """Put words between the marks of a chat."""
    start, end = "<|im_start|>", "<|im_end|>"
    joined = " ".join(word.strip() for word in words)
    return f"{start}{joined}{end}"
'''


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_corpus(tmp_path_factory.mktemp("in") / "corpus")
    (folder / "marks").mkdir()
    (folder / "marks/marks.py").write_text(MARKED)
    return folder


@pytest.fixture(scope="module")
def datasets(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A dataset in each format."""
    outputs = {name: tmp_path_factory.mktemp("out") / name for name in FORMATS}
    for name, output in outputs.items():
        options: Any = {"num_workers": 1, "validation_ratio": 0.5, **FORMATS[name]}
        run_build(BuildOptions(input=(f"in={corpus}",), output=str(output), **options), [])
    return outputs


def failing(output: Path, corpus: Path) -> set[int]:
    return {o.promise for o in validate(output, [f"in={corpus}"]) if o.verdict == FAIL}


def spoil(output: Path, **columns: Any) -> None:
    """Set columns of the rows of one shard; each a function of the row, to its new value."""
    for shard in sorted((output / "data").glob("*.parquet")):
        table = pq.read_table(shard)
        rows = [
            {**row, **{name: value(row) for name, value in columns.items()}}
            for row in table.to_pylist()
        ]
        pq.write_table(pa.Table.from_pylist(rows, table.schema), shard)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_promise_holds(name: str, corpus: Path, datasets: dict[str, Path]) -> None:
    output = datasets[name]
    rows = pq.read_table(output / "data").to_pylist()
    assert {o.verdict for o in validate(output, [f"in={corpus}"])} == {"pass"}
    shown = {"messages", "prompt", "completion", "text"} & set(rows[0])
    assert shown == ({"prompt", "completion"} if name == "prompt_completion" else {"text"})
    rejects = pq.read_table(output / "rejects").to_pylist()
    marked = [row["path"] for row in rejects if row["reason"] == "sentinel"]
    assert set(marked) == ({"marks/marks.py"} if name == "chatml" else set())
    assert any(row["path"] == "marks/marks.py" for row in rows) == (name != "chatml")
    card = (output / "README.md").read_text()
    assert ("`text` is what a trainer reads" in card) == (name != "prompt_completion")
    assert "`messages`" not in card


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        pytest.param(
            "prompt_completion", {"completion": lambda r: r["completion"] + " "}, id="completion"
        ),
        pytest.param(
            "prompt_completion", {"prompt": lambda r: r["prompt"][20:-40]}, id="prompt cut short"
        ),
        pytest.param(
            "prompt_completion",
            {"prompt": lambda r: r["prompt"] + r["target"]},
            id="target in the prompt",
        ),
        pytest.param("chatml", {"text": lambda r: r["text"].rstrip()}, id="end mark"),
        pytest.param("chatml", {"text": lambda r: r["text"][13:]}, id="first mark"),
        pytest.param(
            "starcoder",
            {"text": lambda r: r["text"].replace("<fim_suffix>", "<fim_pad>", 1)},
            id="another token",
        ),
        pytest.param("starcoder", {"suffix": lambda r: ""}, id="suffix of another hole"),
        pytest.param("starcoder", {"instruction": lambda r: "Do it."}, id="hidden instruction"),
    ],
)
def test_a_spoilt_row_fails(
    name: str, columns: dict[str, Any], corpus: Path, datasets: dict[str, Path], tmp_path: Path
) -> None:
    shutil.copytree(datasets[name], tmp_path / "out")
    spoil(tmp_path / "out", **columns)
    assert 2 in failing(tmp_path / "out", corpus)


def test_a_hole_of_no_kind_fails(corpus: Path, datasets: dict[str, Path], tmp_path: Path) -> None:
    shutil.copytree(datasets["starcoder"], tmp_path / "out")
    spoil(tmp_path / "out", hole=lambda row: "gap" if row["hole"] else "")
    assert 4 in failing(tmp_path / "out", corpus)


def test_what_a_trainer_would_take_for_another_format_is_refused(
    datasets: dict[str, Path], tmp_path: Path
) -> None:
    shutil.copytree(datasets["prompt_completion"], tmp_path / "out")
    for shard in (tmp_path / "out/data").glob("*.parquet"):
        table = pq.read_table(shard)
        pq.write_table(table.append_column("messages", table["prompt"]), shard)
    with pytest.raises(LayoutError, match="has messages as well"):
        open_dataset(tmp_path / "out")
    build = json.loads((tmp_path / "out/build.json").read_text())
    build["options"]["format"] = "verse"
    (tmp_path / "out/build.json").write_text(json.dumps(build))
    with pytest.raises(LayoutError, match="format is 'verse'"):
        open_dataset(tmp_path / "out")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"format": "text"}, id="no template"),
        pytest.param({"text_template": "chatml"}, id="template of no text"),
        pytest.param({"format": "verse"}, id="no such format"),
        pytest.param({"format": "text", "text_template": "verse"}, id="no such template"),
    ],
)
def test_wrong_options_name_the_rule(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must be (given with|one of)"):
        BuildOptions(input=("x",), output="y", **options)


def test_windows_of_tokens(corpus: Path, tmp_path: Path) -> None:
    output, tokenizer = tmp_path / "out", write_tokenizer(tmp_path)
    options: Any = {"num_workers": 1, "tokenizer": tokenizer, "max_tokens": 200}
    build = run_build(BuildOptions(input=(f"in={corpus}",), output=str(output), **options), [])
    assert "tokenizers" in build["versions"]
    assert build["counts"]["reason"]["too_many_tokens"] > 0
    assert not failing(output, corpus)
    spoil(output, tokens=lambda row: row["tokens"] - 1)
    assert 2 in failing(output, corpus)


def test_tokens_need_a_tokenizer() -> None:
    with pytest.raises(ValueError, match="max_tokens=100: needs a tokenizer"):
        BuildOptions(input=("x",), output="y", max_tokens=100)

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.options import BuildOptions, read_config


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        pytest.param(
            ["--near_threshold=2"], ["near_threshold", "2.0", "from 0.03 to 1"], id="out of range"
        ),
        pytest.param(
            ["--target_per_language=many"],
            ["--target_per_language", "many", "integer"],
            id="no number",
        ),
        pytest.param(["--weight_k=nan"], ["weight_k", "nan", "from 0 to 100"], id="not a number"),
        pytest.param(["--tagret=3"], ["--tagret", "No such option"], id="unknown"),
        pytest.param(["--repo_from=git"], ["repo_from", "git", "auto, input or"], id="wrong word"),
        pytest.param(["stray"], ["stray", "follow `--`"], id="stray argument"),
        pytest.param(["--num_workers=0"], ["num_workers", "0", "from 1"], id="no worker"),
    ],
)
def test_wrong_options_name_option_value_and_rule(arguments: list[str], parts: list[str]) -> None:
    done = CliRunner().invoke(main, ["build", "--input=.", "--output=out", *arguments])
    assert done.exit_code == 2
    assert all(part in done.output for part in parts), done.output


def test_missing_input_is_wrong_use() -> None:
    done = CliRunner().invoke(main, ["build", "--output=out"])
    assert done.exit_code == 2
    assert "input" in done.output


def test_config(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(
        'input = "src"\noutput = "out"\nweight_k = 3\nrepo_from = 2\ndescribe_bugs = true\n'
    )
    options = BuildOptions(**read_config(path))  # type: ignore[arg-type]
    assert (options.input, options.weight_k, options.repo_from) == (("src",), 3.0, "2")
    assert options.describe_bugs is True


def test_options_that_may_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('input = "src"\noutput = "out"\nexclude_like = ["a.jsonl", "b.parquet"]\n')
    options = BuildOptions(**read_config(path))  # type: ignore[arg-type]
    assert options.exclude_like == ("a.jsonl", "b.parquet")
    arguments = ["build", "--input=.", "--output=out", "--exclude_like=a", "--exclude_like=gone.x"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "exclude_like='a': cannot be read" in done.output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("colour = 1\n", "colour=1 in c.toml: no such option", id="unknown"),
        pytest.param('seed = "x"\n', "seed='x': must be of type int", id="type"),
        pytest.param(
            "seed = true\n", "seed=True: must be of type int", id="a truth value is no number"
        ),
        pytest.param("describe_bugs = 1\n", "describe_bugs=1: must be of type bool", id="a flag"),
        pytest.param("seed = \n", "config=", id="no TOML"),
    ],
)
def test_wrong_config(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "c.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read_config(path)


def test_the_command_line_wins_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('output = "from file"\nnear_threshold = 0.5\n')
    done = CliRunner().invoke(
        main, ["build", f"--config={path}", f"--input={tmp_path / 'nothing'}", "--near_threshold=7"]
    )
    assert done.exit_code == 2
    assert "near_threshold=7.0" in done.output


def test_languages_lists_what_is_supported() -> None:
    done = CliRunner().invoke(main, ["languages"])
    assert done.exit_code == 0
    lines = [line.split() for line in done.output.splitlines()]
    rows = {line[0]: line[1:7] for line in lines}
    assert rows["name"] == [
        "parsed", "structured", "documented", "type-hinted", "renameable", "tested",
    ]  # fmt: skip
    assert rows["python"] == ["yes"] * 6
    assert rows["rust"] == ["yes"] * 6
    assert rows["haskell"] == ["yes", "yes", "yes", "-", "-", "yes"]
    assert rows["awk"] == ["-"] * 6
    assert done.output.count("(left out: not code)") > 20


def test_readme_shows_the_table_of_languages() -> None:
    done = CliRunner().invoke(main, ["languages", "--markdown"])
    assert done.output in Path("README.md").read_text("utf-8")


def test_outline_is_one_line_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("def f(x: int = 1):\n    '''Doc.'''\n    return x\n")
    done = CliRunner().invoke(main, ["outline", str(path), "nowhere.py"])
    first, second = done.output.splitlines()
    assert '"parameters": [{"name": "x", "type": "int", "default": "1"}]' in first
    assert '"reason"' in second


def test_outline_waits_for_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    done = CliRunner().invoke(main, ["outline", str(tmp_path / "pipe.py")])
    assert '"reason": "not a regular file"' in done.output

import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.build import run_build
from pipeline.options import BuildOptions
from pipeline.validate.judge import validate
from pipeline.validate.relations import load_relations
from pipeline.validate.sources import Sources
from tests.samples.test_pairing import PYTHON, PYTHON_TESTS
from transforms import pair_tests
from transforms.rows import Reason
from transforms.samples.testing import pairing
from transforms.sources import reading

FILES = {"url/url/query.py": PYTHON, "url/tests/test_query.py": PYTHON_TESTS}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_files(tmp_path / "in")


def write_files(folder: Path) -> Path:
    for path, text in FILES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Sources]:
    """A row of the task, and the input it was made from."""
    folder = tmp_path_factory.mktemp("honest")
    corpus = write_files(folder / "in")
    build(corpus, folder / "out")
    (row,) = [row for row in pairs_of(folder / "out") if row["symbol"] == "quote"]
    return row, Sources([f"in={corpus}"])


def build(corpus: Path, output: Path, **options: Any) -> dict[str, Any]:
    given = BuildOptions(input=(f"in={corpus}",), output=str(output), num_workers=1, **options)
    return run_build(given, [])


def rows(output: Path, table: str = "data") -> list[dict[str, Any]]:
    found = [pq.read_table(path) for path in sorted((output / table).glob("*.parquet"))]
    return [row for part in found for row in part.to_pylist()]


def pairs_of(output: Path) -> list[dict[str, Any]]:
    return [row for row in rows(output) if row["task"] == "write_tests"]


def test_a_test_is_cut_from_its_own_file_and_shows_what_it_is_of(
    corpus: Path, tmp_path: Path
) -> None:
    built = build(corpus, tmp_path / "out")
    found = {row["symbol"]: row for row in pairs_of(tmp_path / "out")}
    assert sorted(found) == ["first", "parse", "quote"]
    row = found["first"]
    assert (row["path"], row["context_path"]) == ("url/tests/test_query.py", "url/url/query.py")
    source = PYTHON_TESTS.encode()[row["start_byte"] : row["end_byte"]].decode()
    assert row["target"] == source
    assert row["target"].startswith("def test_first(self):")
    assert row["origin"] == "human"
    assert row["context"] == (
        "# url/query.py\nclass Query:\n    def first(self, name):\n"
        "        found = parse(self.text)\n        return found.get(name, None)\n\n"
        "# tests/test_query.py\nfrom url.query import Query, parse, quote\n\n\nclass TestQuery:\n"
    )
    made = {file["path"]: file for file in rows(tmp_path / "out", "files")}
    assert (
        sum(file["samples_made"] for file in made.values()) == built["accounting"]["samples_made"]
    )
    tests = [row for row in rows(tmp_path / "out") if row["path"] == "url/tests/test_query.py"]
    assert made["url/tests/test_query.py"]["rows_written"] == len(tests)


@pytest.mark.parametrize("changed", FILES)
def test_a_file_that_changes_makes_its_pairs_rejects(
    changed: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(inputs: Any, file: Any, max_bytes: int) -> Any:
        if file.path == changed:
            raise reading.Changed("its content key differs")
        return reading.read_source(inputs, file, max_bytes)

    monkeypatch.setattr(pair_tests, "read_source", read)
    built = build(corpus, tmp_path / "out")
    assert pairs_of(tmp_path / "out") == []
    left = [r for r in rows(tmp_path / "out", "rejects") if r["reason"] == Reason.CHANGED]
    assert sorted(json.loads(reject["detail"])["symbol"] for reject in left) == [
        "first",
        "parse",
        "quote",
    ]
    assert {reject["path"] for reject in left} == {"url/tests/test_query.py"}
    assert len({reject["id"] for reject in left}) == 3
    assert built["accounting"]["samples_rejected"] == 3


def test_a_context_over_the_bound_is_a_reject(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "out", max_context_chars=150)
    left = [r for r in rows(tmp_path / "out", "rejects") if r["reason"] == Reason.CONTEXT_TOO_LONG]
    assert [json.loads(r["detail"])["symbol"] for r in left if "write_tests" in r["detail"]] == [
        "parse"
    ]


def test_a_definition_has_its_best_tests_only(corpus: Path, tmp_path: Path) -> None:
    test = '\n\ndef test_quote_{}():\n    given = "a&{}"\n    assert quote(given) == "a%26{}"\n'
    more = "".join(test.format(*[word] * 3) for word in ("one", "two", "three", "four"))
    (corpus / "url/tests/test_query.py").write_text(PYTHON_TESTS + more)
    build(corpus, tmp_path / "out")
    found = [row for row in pairs_of(tmp_path / "out") if row["symbol"] == "quote"]
    assert len(found) == pair_tests.MAX_TESTS
    # Those that name it come before one that only calls it.
    assert all(row["target"].startswith("def test_quote_") for row in found)


def test_an_index_keeps_what_pairs_are_made_of(corpus: Path, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    build(corpus, tmp_path / "out", dedup_index=index)
    (corpus / "url/url/more.py").write_text(PYTHON.replace("quote", "escape"))
    (corpus / "url/url/more.py").write_text(
        "def shown(text):\n    found = text.title()\n    return found\n"
    )
    build(corpus, tmp_path / "out", dedup_index=index)
    build(corpus, tmp_path / "full")
    assert pairs_of(tmp_path / "out") == pairs_of(tmp_path / "full") != []


def test_stubs_are_written_only_where_asked_for_and_are_honest(
    corpus: Path, tmp_path: Path
) -> None:
    build(corpus, tmp_path / "out", synthetic_tests=True, max_samples_per_definition=20)
    found = {row["symbol"]: row for row in pairs_of(tmp_path / "out") if row["origin"] != "human"}
    assert sorted(found) == ["parse", "quote"]
    assert {(row["origin"], row["quality_score"]) for row in found.values()} == {("synthetic", 0.0)}
    outcomes = validate(tmp_path / "out", [f"in={corpus}"])
    assert [one for one in outcomes if one.verdict == "fail"] == []


@pytest.mark.parametrize(
    ("column", "spoil", "offence"),
    [
        pytest.param(
            "target", lambda text: text.replace("quote", "quoted"), "does not name", id="target"
        ),
        pytest.param("symbol", lambda _: "", "what is tested", id="no symbol"),
        pytest.param("symbol", lambda _: "text", "does not name", id="another symbol"),
        pytest.param(
            "context",
            lambda text: text.replace("def quote", "def quoted"),
            "is not in in:",
            id="context",
        ),
        pytest.param(
            "context",
            lambda text: text.replace("%26", "%27"),
            "neither file has",
            id="changed code",
        ),
        pytest.param(
            "context",
            lambda text: f"{text}assert quote(given)\n",
            "neither file has",
            id="more code",
        ),
        pytest.param("context_path", lambda _: "", "which file", id="no file"),
        pytest.param(
            "context_path", lambda _: "url/none.py", "not in the input", id="no such file"
        ),
        pytest.param(
            "context_path",
            lambda _: "url/tests/test_query.py",
            "neither file has",
            id="another file",
        ),
        pytest.param("repo", lambda _: "other", "not of the repository", id="another repository"),
    ],
)
def test_the_judge_objects_to_a_spoilt_row(
    column: str, spoil: Any, offence: str, honest: tuple[dict[str, Any], Sources]
) -> None:
    row, sources = honest
    relation = load_relations()["write_tests"]
    assert relation.offence(row, sources) == ""
    assert re.search(offence, relation.offence(row | {column: spoil(row[column])}, sources))


@pytest.fixture
def conversation(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, Any], Sources]:
    """A conversation that ends with a test, and the input it was made from."""
    monkeypatch.setattr(pairing, "_CONVERSATION_SHARE", 1.0)
    build(corpus, tmp_path / "out")
    outcomes = validate(tmp_path / "out", [f"in={corpus}"])
    assert [outcome for outcome in outcomes if outcome.verdict == "fail"] == []
    talks = [row for row in rows(tmp_path / "out") if row["turn_tasks"][-1:] == ["write_tests"]]
    (row,) = [row for row in talks if row["task"] == "multi_turn" and row["symbol"] == "first"]
    return row, Sources([f"in={corpus}"])


def test_a_body_and_then_its_test_are_written_in_a_conversation(
    conversation: tuple[dict[str, Any], Sources],
) -> None:
    row, _ = conversation
    assert row["turn_tasks"] == ["method_completion", "write_tests"]
    asked, body, again, test = (message["content"] for message in row["messages"])
    assert asked.endswith("# url/query.py\nclass Query:\n    def first(self, name):\n```")
    assert body == ("\n        found = parse(self.text)\n        return found.get(name, None)")
    assert "```python\n# tests/test_query.py\nfrom url.query import" in again
    assert test == row["target"]
    assert (row["origin"], row["context_path"]) == ("human", "url/url/query.py")


@pytest.mark.parametrize(
    ("message", "old", "new", "offence"),
    [
        pytest.param(1, "None", "0", "no body of the tested file", id="body"),
        pytest.param(0, "def first", "def second", "does not show", id="header"),
        pytest.param(2, "import Query", "import Quest", "neither file has", id="lead"),
        pytest.param(0, "```", "", "shows no code", id="no code"),
    ],
)
def test_the_judge_objects_to_a_spoilt_conversation(
    message: int, old: str, new: str, offence: str, conversation: tuple[dict[str, Any], Sources]
) -> None:
    row, sources = conversation
    relation = load_relations()["multi_turn"]
    assert relation.offence(row, sources) == ""
    messages = [dict(each) for each in row["messages"]]
    messages[message]["content"] = messages[message]["content"].replace(old, new)
    assert re.search(offence, relation.offence(row | {"messages": messages}, sources))


def test_code_and_headers_are_put_together() -> None:
    text = b"class A:\n\n    x = 1\n\n    def f(self):\n        return 1\n"
    offer = pairing.Offer(
        *("f", "method", "A", ("A",), False, ((21, 54),), ((0, 10),), (), ""),
        *((1, 0, 2, 5000, "easy"), 0, 40),
    )
    assert pairing.body_chars(offer, text) == len(text) - 40
    assert pairing.tested_code(offer, text) == "class A:\n    def f(self):\n        return 1\n"

"""Windows of tokens: each sample that stays fits, counted again, and is cut at syntax."""

import dataclasses
import functools
import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.file_keys import draft_rules
from tests.tokenizers import write_tokenizer
from transforms.records import FileKey, Place
from transforms.rows import Reason
from transforms.samples.drafting import Drafted, draft_file
from transforms.samples.drafts import Draft, render, unpack
from transforms.samples.layout import SampleFormat, lay_out
from transforms.samples.tokens import check_tokenizer, count_tokens
from transforms.samples.windows import Window
from transforms.sources.source import Source

PYTHON = "import os\nimport sys\n\n\n" + "".join(
    f'''def scan_{n}(paths, limit={n}):
    """Look at each path, at most so many of them."""
    found = []
    for path in sorted(paths)[:limit]:
        if os.path.isfile(path) and not path.startswith("."):
            found.append((path, os.path.getsize(path), {n}))
    return found


'''
    for n in range(30)
)
SHELL = "".join(
    f"echo step {n}\nmkdir -p build/part{n}\ncp -r part{n} build\n\n" for n in range(60)
)
FORMATS = {
    "messages": SampleFormat(),
    "prompt_completion": SampleFormat("prompt_completion"),
    "starcoder": SampleFormat("text", "starcoder"),
    "alpaca": SampleFormat("text", "alpaca"),
}


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_tokenizer(tmp_path_factory.mktemp("tokenizer"))


def drafted(text: str, language: str, **rules: Any) -> tuple[Drafted, list[Draft]]:
    source = Source(text.encode(), text.encode(), "", language)
    key = hashlib.blake2b(source.text, digest_size=16).digest()
    file = FileKey(
        key, Place(0, b"file"), "in", "repo", "file", "", "", "", language, 7000, len(text), b""
    )
    made = draft_file(file, source, dataclasses.replace(draft_rules(Path()), **rules))
    return made, unpack(made.file_drafts.drafts)


@pytest.mark.parametrize("max_tokens", [200, 400, 900])
@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize(
    ("text", "language"), [(PYTHON, "python"), (SHELL, "bash")], ids=["python", "bash"]
)
def test_what_stays_fits_and_what_does_not_is_told(
    text: str, language: str, name: str, max_tokens: int, tokenizer: str
) -> None:
    rules = {"sample_format": FORMATS[name], "window": Window(tokenizer, max_tokens)}
    made, drafts = drafted(text, language, **rules)
    fence = {"python": "python", "bash": "bash"}[language]
    for draft in drafts:
        rendered = render(text.encode(), draft)
        contents = lay_out(FORMATS[name], draft.task, rendered, fence).contents()
        assert draft.tokens == count_tokens(tokenizer, contents) <= max_tokens
        if draft.origin == "human" and draft.task != "add_docstring":
            before = text.encode()[: draft.start_byte].decode()
            assert before.endswith(rendered.context[-20:])
            assert set(rendered.context.splitlines()[:-1]) <= {*before.splitlines()}
        if draft.task == "fill_in_middle":
            assert rendered.suffix.strip()
    assert {reject.reason for reject in made.rejects} <= {Reason.TOO_MANY_TOKENS}
    assert made.file_drafts.samples_made == len(drafts) + len(made.rejects)
    everything = drafted(text, language, sample_format=FORMATS[name])[0]
    assert made.file_drafts.samples_made <= everything.file_drafts.samples_made
    if max_tokens == 900:
        assert made.file_drafts.samples_made == everything.file_drafts.samples_made
        assert len(drafts) == len(everything.keys)


def test_the_room_is_used(tokenizer: str) -> None:
    """Where a file goes on for long before a cut, the next item would not have fitted."""
    _, drafts = drafted(PYTHON, "python", window=Window(tokenizer, 900))
    completions = [d for d in drafts if d.task == "function_completion" and d.start_byte > 4000]
    assert len(completions) > 5
    assert all(draft.tokens > 600 for draft in completions)


def test_counting_alone_changes_nothing_else(tokenizer: str) -> None:
    _, plain = drafted(PYTHON, "python")
    _, counted = drafted(PYTHON, "python", window=Window(tokenizer))
    assert [draft.draft_id for draft in plain] == [draft.draft_id for draft in counted]
    assert {draft.tokens for draft in plain} == {0}
    assert all(draft.tokens > 50 for draft in counted)


def test_what_is_no_tokenizer_is_said(tmp_path: Path, tokenizer: str) -> None:
    check_tokenizer(tokenizer)
    (tmp_path / "other.json").write_text("{}")
    for path, said in (("other.json", "must be a tokenizer.json"), ("none.json", "no such file")):
        with pytest.raises(ValueError, match=said):
            check_tokenizer(str(tmp_path / path))


def test_a_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = functools.partial(lambda name: None)
    monkeypatch.setattr("transforms.samples.tokens.importlib.util.find_spec", missing)
    with pytest.raises(ValueError, match=r"install warpbeam\[tokenizer\]"):
        check_tokenizer("tokenizer.json")

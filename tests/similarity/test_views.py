import keyword
import re
import typing

import numpy as np
import pytest
import tree_sitter_language_pack
from hypothesis import given
from hypothesis import strategies as st

from pipeline.keywords import keywords
from tests.similarity.test_similarity import documents, tokens_by_hand
from transforms.similarity.shingles import jaccard, shingle_sets
from transforms.similarity.views import load_keywords

KEYWORDS = {
    "c": "auto break case char const continue default do double else enum extern float for goto if "
    "inline int long register restrict return short signed sizeof static struct switch typedef "
    "union unsigned void volatile while",
    "c++": "catch class constexpr delete explicit friend mutable namespace new noexcept nullptr "
    "operator private protected public template this throw try typename using virtual",
    "go": "break case chan const continue default defer else fallthrough for func go goto if "
    "import interface map package range return select struct switch type var",
    "java": "abstract assert boolean break byte case catch char class const continue default do "
    "double else enum extends final finally float for goto if implements import instanceof int "
    "interface long native new package private protected public return short static strictfp super "
    "switch synchronized this throw throws transient try void volatile while true false null",
    "javascript": "async await break case catch class const continue debugger default delete do "
    "else export extends false finally for function if import in instanceof let new null return "
    "static super switch this throw true try typeof var void while with yield",
    "python": " ".join(keyword.kwlist),
    "ruby": "alias and begin break case class def do else elsif end ensure false for if in module "
    "next nil not or redo rescue retry return self super then true undef unless until when while",
    "rust": "as async await break const continue crate dyn else enum extern false fn for if impl "
    "in let loop match mod move mut pub ref return self Self static struct super trait true type "
    "unsafe use where while",
    "shell": "if then else elif fi case esac for while until do done in function",
    "sql": "SELECT FROM WHERE WITH CASE WHEN THEN ELSE END AND OR NOT IN AS ON UNION",
}


@pytest.mark.parametrize("language", KEYWORDS)
def test_keywords_of_the_major_languages_are_known(language: str) -> None:
    expected = {word.encode() for word in KEYWORDS[language].split()}
    assert expected <= load_keywords()


def test_the_list_is_what_the_grammars_give() -> None:
    made = keywords(typing.get_args(tree_sitter_language_pack.SupportedLanguage))
    assert load_keywords() == {w.encode() for word in made for w in (word, word.upper())}


@pytest.mark.parametrize("word", "data value list file name id x i result print get set".split())
def test_what_programs_name_their_variables_is_no_keyword(word: str) -> None:
    assert word.encode() not in load_keywords()


def is_name(token: bytes) -> bool:
    return token[:1].decode("latin-1") not in "0123456789" and token not in load_keywords()


def parameterised(tokens: list[bytes]) -> tuple[object, ...]:
    """Names by the order in which they first appear: the slow way."""
    words = [len(t) > 1 or t == b"_" or t.isalnum() or t >= b"\x80" for t in tokens]
    numbers: dict[bytes, int] = {}
    return tuple(
        numbers.setdefault(token, len(numbers)) if word and is_name(token) else token
        for token, word in zip(tokens, words, strict=True)
    )


def shingles_by_hand(text: bytes) -> set[tuple[object, ...]]:
    tokens = tokens_by_hand(text)
    if 0 < len(tokens) < 5:
        return {parameterised(tokens)}
    return {parameterised(tokens[i : i + 5]) for i in range(len(tokens) - 4)}


code = st.lists(
    st.sampled_from("a b name Name é _ _x if for return END 1 2x ( ) + = ;".split()), max_size=60
).map(lambda tokens: " ".join(tokens).encode())


@given(st.one_of(code, st.binary(max_size=100)), st.one_of(code, st.binary(max_size=100)))
def test_shingles_are_those_made_by_hand(a: bytes, b: bytes) -> None:
    own, other = shingles_by_hand(a), shingles_by_hand(b)
    found = shingle_sets([a, b], "identifiers")
    assert [len(s) for s in found] == [len(own), len(other)]
    expected = len(own & other) / len(own | other) if own and other else 0.0
    assert jaccard(*found) == expected


@given(documents)
def test_a_batch_never_changes_a_set(texts: list[bytes]) -> None:
    together = shingle_sets(texts, "identifiers")
    assert all(
        np.array_equal(s, shingle_sets([t], "identifiers")[0])
        for s, t in zip(together, texts, strict=True)
    )


def rename(text: bytes) -> bytes:
    """Give every name another, one to one."""
    return re.sub(
        rb"[\w\x80-\xff]+",
        lambda found: b"Q" + found[0][::-1] + b"q" if is_name(found[0]) else found[0],
        text,
    )


@given(code)
def test_renaming_changes_nothing(text: bytes) -> None:
    assert np.array_equal(*shingle_sets([text, rename(text)], "identifiers"))


def test_what_is_told_of_names_is_whether_they_are_the_same() -> None:
    same = [b"a + b * a", b"x + y * x", b"a + b * b", b"a + b * 2", b"if + b * if"]
    one, renamed, other, number, word = shingle_sets(same, "identifiers")
    assert np.array_equal(one, renamed)
    assert len({s.tobytes() for s in (one, other, number, word)}) == 4

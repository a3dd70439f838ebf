"""explain: the target's words are, in order, those of the doc that the prompt's code has not."""

import itertools
import re

from pipeline.validate.cuts import prompt_of
from pipeline.validate.dataset import Record
from pipeline.validate.leaks import leak
from pipeline.validate.relations.add_docstring import doc_span
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_WORD = re.compile(r"\w+")
_TAG = re.compile(
    r"</?(?:a|b|code|em|i|p|strong|tt)>|<a\s+href=[^>]*>"
)  # of a page; others may be words
_INLINE = re.compile(r"(?:\{@\w+\s+|\b[A-Z]\{)([^{}]*)\}")  # of Javadoc and Epytext
_MIN_ADJACENT_RATIO = 0.6  # between words of a paragraph is little but markup


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the target is not a run of the doc's words, or if the prompt has it or the doc."""
    target = " ".join(row["target"].split())
    if target != row["target"]:
        return "its target is not one paragraph"
    prompt = " ".join(prompt_of(row).split())
    run = leak(target, prompt, ()) or (target if target in prompt else "")
    if run:
        return f"its prompt holds {run!r} of the target"
    text = None if sources is None else sources.text((row["source"], row["path"]))
    if text is None:
        return ""
    definition = text[row["start_byte"] : row["end_byte"]].decode(errors="replace")
    span = doc_span(row["context"], definition)
    if span is None:
        return "its prompt is not its definition without the doc"
    return explanation_offence(target, definition[slice(*span)])


def explanation_offence(target: str, text: str) -> str:
    """Object if words are not among a text's in order, most of them next to one another."""
    bare = _INLINE.sub(r"\1", _TAG.sub(" ", text))
    words, doc = _WORD.findall(target), _WORD.findall(bare)
    places: list[int] = []
    for word in words:
        try:
            places.append(doc.index(word, places[-1] + 1 if places else 0))
        except ValueError:
            return f"its target says {word!r} where the doc does not"
    if not places:
        return "its target has no words"
    adjacent = sum(after == before + 1 for before, after in itertools.pairwise(places))
    if adjacent < _MIN_ADJACENT_RATIO * (len(places) - 1):
        return "its target is put together from words that stand apart in the doc"
    return ""


RELATION = Relation("explain", "explanations found again in their docs", _offence)

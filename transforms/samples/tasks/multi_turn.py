"""Work on one definition in two to five turns: implement, explain, type, comment, document.

The first turn writes the body, or shows the code. What a person wrote beside the bare code (hints,
comments, the doc) is left out at first, and each later turn puts one of them in place. After the
last one the definition stands as its author wrote it.
"""

import dataclasses
import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence

from transforms.outlines.outline import Definition
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import Candidate, Cut, SourceView, TaskSpec
from transforms.samples.drafts import Edit, Piece, Text, digest, render_text, with_edits
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS, has_substance, whole
from transforms.samples.tasks import add_comments, add_docstring, add_type_hints
from transforms.samples.tasks.explain import explained

_NAME = "multi_turn"
_EXPLAIN, _DOCUMENT = "explain", "add_docstring"
_TAKEN_OUT = {
    "add_comments": add_comments.taken_out,
    _DOCUMENT: add_docstring.taken_out,
    "add_type_hints": add_type_hints.taken_out,
}
_SHOWN_SHARE = 0.4  # of conversations that begin with code, not with the request to write it
_MIN_LEAD_BYTES = 400  # left for what leads up to the body that the first turn writes

_Strips = Mapping[str, tuple[Edit, ...]]


def _find(view: SourceView) -> Iterator[Candidate]:
    """Yield a candidate for each function or method that has something to put in place."""
    for definition in view.outline.definitions if view.outline else ():
        if definition.kind not in FUNCTION_KINDS | METHOD_KINDS:
            continue
        if not has_substance(view, definition):
            continue
        if any(taken_out(view, definition) for taken_out in _TAKEN_OUT.values()):
            target = (Piece(*whole(definition)),)
            make = functools.partial(_cut, view, definition)
            yield Candidate(_NAME, definition, target, make)


def _cut(view: SourceView, definition: Definition) -> Cut | None:
    turns = _Conversation(view, definition).turns()
    return dataclasses.replace(turns[-1], task=_NAME, turns=tuple(turns)) if turns else None


class _Conversation:
    """What is said of one definition; all choices are by its text."""

    def __init__(self, view: SourceView, definition: Definition) -> None:
        self._view = view
        self._definition = definition
        self._span = whole(definition)
        self._drawn_by = digest(view.text[self._span.start : self._span.end])

    def turns(self) -> list[Cut]:
        """The turns, as many as fit; none where there are not two."""
        found = {task: out(self._view, self._definition) for task, out in _TAKEN_OUT.items()}
        strips = {task: edits for task, edits in found.items() if edits}
        tasks = sorted(strips, key=self._draw)
        while tasks:
            if _are_disjoint([edit for task in tasks for edit in strips[task]]):
                turns = self._exchanges(tasks, strips)
                if turns:
                    return turns
            tasks.pop()
        return []

    def _draw(self, what: str) -> float:
        return unit_interval(self._view.seed, self._drawn_by, _NAME, what)

    def _exchanges(self, tasks: Sequence[str], strips: _Strips) -> list[Cut]:
        """One turn for each of these tasks, after one for the body; none where they do not fit."""
        left = list(tasks)
        order = self._with_explanation(tasks)
        turns: list[Cut] = []
        for task in order:
            before = self._code(left, strips)
            if task != _EXPLAIN:
                left.remove(task)
            said = explained(self._view, self._definition) if task == _EXPLAIN else ""
            target: Text = (said,) if said else self._code(left, strips)
            turns.append(self._turn(task, () if turns else before, target))
        if len(turns) > 1 and self._draw("shown") < _SHOWN_SHARE:
            return turns if self._room(turns) >= 0 else []
        turns[0] = dataclasses.replace(turns[0], context=())
        first = self._implementation(tasks, strips, self._room(turns))
        if first is None or (_EXPLAIN in order and self._says(first.context)):
            return []
        return [first, *turns]

    def _says(self, context: Text) -> bool:
        """Whether what leads up to the body says what explains it."""
        said = " ".join(render_text(self._view.text, context).split())
        return explained(self._view, self._definition) in said

    def _with_explanation(self, tasks: Sequence[str]) -> list[str]:
        """The tasks, and somewhere before the doc is asked for a turn that explains the code."""
        order = list(tasks)
        if _DOCUMENT in order and explained(self._view, self._definition):
            latest = order.index(_DOCUMENT)
            order.insert(int(self._draw(_EXPLAIN) * (latest + 1)), _EXPLAIN)
        return order

    def _implementation(self, tasks: Sequence[str], strips: _Strips, room: int) -> Cut | None:
        """The turn that writes the body, without what is put in place later."""
        body = self._definition.body
        # What follows a body, such as a bracket, nobody would have written.
        if body is None or body.end < self._span.end or room - body.size < _MIN_LEAD_BYTES:
            return None
        context = self._view.surroundings.before(self._span, body, room - body.size)
        if context is None:
            return None
        edits = _joined(tasks, strips)
        task = (
            "method_completion" if self._definition.kind in METHOD_KINDS else "function_completion"
        )
        target = (Piece(body.start, body.end),)
        return self._turn(task, with_edits(context, edits), with_edits(target, edits))

    def _code(self, left: Sequence[str], strips: _Strips) -> Text:
        """The definition without what these tasks put in place."""
        return with_edits((Piece(*self._span),), _joined(left, strips))

    def _room(self, turns: Sequence[Cut]) -> int:
        """How many characters may still stand before the last answer, at least."""
        texts = [turns[0].context, *(turn.target for turn in turns[:-1])]
        return self._view.max_context_chars - sum(map(_bytes, texts))

    def _turn(self, task: str, context: Text, target: Text) -> Cut:
        return Cut(
            task=task,
            definition=self._definition,
            context=context,
            suffix=(),
            target=target,
            identity=(Piece(*self._span),),
            span=self._span,
            origin="derived",
        )


def _joined(tasks: Sequence[str], strips: _Strips) -> list[Edit]:
    return sorted(edit for task in tasks for edit in strips[task])


def _are_disjoint(edits: Sequence[Edit]) -> bool:
    return all(before[1] <= after[0] for before, after in itertools.pairwise(sorted(edits)))


def _bytes(text: Text) -> int:
    """How long a text is at most: bytes, with what its edits delete."""
    return sum(
        len(part.encode()) if isinstance(part, str) else part.end - part.start for part in text
    )


SPEC = TaskSpec(name=_NAME, find=_find)

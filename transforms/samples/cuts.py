"""What a task sees of a file, and what it returns: a cut."""

import dataclasses
import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from transforms.languages.spec import Language
from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples.comment_strip import CommentStrip
from transforms.samples.context import Surroundings
from transforms.samples.drafts import Text
from transforms.samples.hint_strip import HintStrip

_Known = TypeVar("_Known")


@dataclasses.dataclass(frozen=True)
class SourceView:
    """A parsed file as tasks and augmentations see it.

    Attributes:
      text: the decoded source, UTF-8.
      outline: None where the language has no structure; then only the line fallback applies.
      max_context_chars: bound of context and suffix together, in characters.
      max_target_chars: bound of the target.
      seed: of the build; choices are functions of it and of the content key.
      describe_bugs: whether instructions say what kind of bug there is.
    """

    text: bytes
    content_key: bytes
    path: str
    language: Language
    outline: Outline | None
    max_context_chars: int
    max_target_chars: int
    seed: int
    describe_bugs: bool = False

    @functools.cached_property
    def known(self) -> dict[tuple[object, int], tuple[Definition, Any]]:
        """What is `remembered` of the file's definitions, by function and identity."""
        return {}

    @functools.cached_property
    def surroundings(self) -> Surroundings:
        """What stands around cuts; made once for all tasks."""
        return Surroundings(self.text, self.outline)

    @functools.cached_property
    def comment_strip(self) -> CommentStrip:
        """What takes comments away; made once for all definitions."""
        return CommentStrip(self.text, self.outline)

    @functools.cached_property
    def hint_strip(self) -> HintStrip:
        """What takes hints away; made once for all definitions."""
        return HintStrip(self.text, self.outline, self.language)


def remembered(
    read: Callable[[SourceView, Definition], _Known],
) -> Callable[[SourceView, Definition], _Known]:
    """Have a function read a definition of a view once: several tasks ask the same of it."""

    @functools.wraps(read)
    def remember(view: SourceView, definition: Definition) -> _Known:
        key = read, id(definition)
        if key not in view.known:
            # With the definition, lest another one gets its identity.
            view.known[key] = definition, read(view, definition)
        known: _Known = view.known[key][1]
        return known

    return remember


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """One sample's code, cut from a file, before it has an instruction.

    Attributes:
      definition: what the sample is about, None for the line fallback.
      identity: the definition that the sample is about, or the lines; with the target it says
        whether two samples of a task are the same.
      span: what the row's start_byte and end_byte say: the target's place; for origin derived the
        whole definition's.
      context_path: the file that the context is from, where that is not the target's.
      turns: all turns in order, each of its own task; only of multi_turn. The last one's texts are
        the cut's own.
      mutation: the operator that put a bug into the context; only of debug.
      hint: a sentence that the instruction ends with.
      hole: of fill_in_middle, its kind.
    """

    task: str
    definition: Definition | None
    context: Text
    suffix: Text
    target: Text
    identity: Text
    span: Span
    origin: str = "human"
    variant: str = "original"
    context_path: str = ""
    turns: tuple["Cut", ...] = ()
    mutation: str = ""
    hint: str = ""
    hole: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A cut that takes long to make, and is made when it is drawn.

    Attributes:
      definition: what it is about.
      target: what it will write; empty where that is not known before.
      make: makes the cut; None where there is none after all.
    """

    task: str
    definition: Definition
    target: Text
    make: Callable[[], Cut | None]


@dataclasses.dataclass(frozen=True, slots=True)
class TaskSpec:
    """A task: a file in transforms/samples/tasks with a `SPEC` of this type.

    Attributes:
      name: the task's name in the contract.
      find: yields the file's cuts, or candidates for them, in source order. Cuts with texts over
        the view's bounds become rejects later.
    """

    name: str
    find: Callable[[SourceView], Iterator[Cut | Candidate]]

    def cut(self, view: SourceView) -> Iterator[Cut]:
        """Make all the cuts of a file."""
        for found in self.find(view):
            cut = found.make() if isinstance(found, Candidate) else found
            if cut is not None:
                yield cut


@dataclasses.dataclass(frozen=True, slots=True)
class AugmentationSpec:
    """An augmentation: a file in transforms/samples/augmentations with a `SPEC` of this type.

    Attributes:
      name: the variant's name.
      tasks: names of the tasks whose cuts it can vary.
      languages: names of the languages it knows.
      vary: a cut that means the same, checked by machine, or None where there is none.
    """

    name: str
    tasks: frozenset[str]
    languages: frozenset[str]
    vary: Callable[[SourceView, Cut], Cut | None]

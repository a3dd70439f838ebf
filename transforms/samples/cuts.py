"""What a task sees of a file, and what it returns: a cut."""

import dataclasses
import functools
from collections.abc import Callable, Iterator

from transforms.languages.spec import Language
from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples.comment_strip import CommentStrip
from transforms.samples.context import Surroundings
from transforms.samples.drafts import Text
from transforms.samples.hint_strip import HintStrip


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
      synthetic_tests: whether stubs of tests are made by a rule.
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
    synthetic_tests: bool = False

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
class TaskSpec:
    """A task: a file in transforms/samples/tasks with a `SPEC` of this type.

    Attributes:
      name: the task's name in the contract.
      cut: yields the file's cuts, in source order. Cuts with texts over the view's bounds become
        rejects later.
    """

    name: str
    cut: Callable[[SourceView], Iterator[Cut]]


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

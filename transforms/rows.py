"""The records that are rows of a build's tables, and the words for what was left out.

As `transforms.records`, of types that Beam's row coder knows; `transforms.coders` registers them.
"""

import dataclasses
import enum
from collections.abc import Sequence
from typing import Protocol

SCHEMA_VERSION = 2


class Stage(enum.StrEnum):
    """Where a file or sample was left out; the `stage` column of rejects."""

    READ = "read"
    SCREEN = "screen"
    NEAR_DEDUP = "near_dedup"
    PARSE = "parse"
    SPLIT = "split"
    AUGMENT = "augment"
    INSTRUCT = "instruct"
    SAMPLE_DEDUP = "sample_dedup"
    RENDER = "render"


class Reason(enum.StrEnum):
    """Why a file or sample was left out; the closed set of the `reason` column of rejects."""

    # read: the entry was not opened, or could not be read
    NOT_REGULAR = "not_regular"  # a link, pipe, socket or device
    VERSION_CONTROL = "version_control"  # a .git, .hg or .svn folder
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    # screen: the file was read and is not what we train on
    EMPTY = "empty"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    NOT_A_NOTEBOOK = "not_a_notebook"  # its file holds no JSON of one
    UNKNOWN_LANGUAGE = "unknown_language"
    DATA = "data"  # data, configuration or prose rather than code
    GENERATED = "generated"
    MINIFIED = "minified"
    MERGE_CONFLICT = "merge_conflict"
    SECRET = "secret"
    # near_dedup, sample_dedup: it contains an item of an evaluation set, or nearly equals one
    EVALUATION = "evaluation"
    # parse: the file was used, but its drafts could not be made within the limits
    PARSER_TIMEOUT = "parser_timeout"
    PARSER_CRASH = "parser_crash"
    PARSER_MEMORY = "parser_memory"
    # any later stage
    CHANGED = "changed"  # the file is no longer what was screened
    FAILED = "failed"  # an exception nobody foresaw; detail has its type and message
    TARGET_TOO_LONG = "target_too_long"
    CONTEXT_TOO_LONG = "context_too_long"
    SENTINEL = "sentinel"  # it holds a special string of the text template
    TOO_MANY_TOKENS = "too_many_tokens"  # whatever stands around its target
    HAS_ERROR = "has_error"  # the definition does not parse
    REPEATED_TARGET = "repeated_target"  # as many better samples have the same target as may


@dataclasses.dataclass(frozen=True, slots=True)
class FileRead:
    """That a file or entry was met: the build's list of its input.

    Attributes:
      raw_id: hex blake2b-16 of the raw bytes, empty if they were not read.
      size_bytes: how many bytes were read.
    """

    source: str
    path: str
    raw_id: str
    size_bytes: int


@dataclasses.dataclass(frozen=True, slots=True)
class Message:
    """One turn of the chat rendering."""

    role: str
    content: str


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One rendered sample; the columns of data/, but for the weight.

    Of `messages`, `prompt` and `completion`, and `text` a build has one, by its format.
    """

    id: str
    task: str
    variant: str
    variant_of: str
    origin: str
    messages: Sequence[Message]
    prompt: str
    completion: str
    text: str
    instruction: str
    context: str
    suffix: str
    target: str
    language: str
    symbol: str
    code_type: str
    quality_score: float
    file_quality: float
    split: str
    difficulty: str
    source: str
    repo: str
    path: str
    revision: str
    license: str
    context_path: str
    content_key: str
    start_byte: int
    end_byte: int
    start_line: int
    end_line: int
    container: str
    redactions: int
    turn_tasks: Sequence[str]
    complexity: int
    nesting: int
    definition_lines: int
    curriculum_rank: float
    instruction_id: str
    mutation: str
    hole: str
    tokens: int


@dataclasses.dataclass(frozen=True, slots=True)
class UsedFile:
    """A row of files/."""

    content_key: str
    source: str
    repo: str
    path: str
    revision: str
    license: str
    language: str
    split: str
    size_bytes: int
    file_quality: float
    definitions: int
    samples_made: int
    rows_written: int


@dataclasses.dataclass(frozen=True, slots=True)
class Duplicate:
    """A row of duplicates/."""

    level: str
    kind: str
    id: str
    source: str
    repo: str
    path: str
    survivor_id: str
    survivor_source: str
    survivor_repo: str
    survivor_path: str
    similarity: float
    quality: float
    survivor_quality: float


@dataclasses.dataclass(frozen=True, slots=True)
class Reject:
    """A row of rejects/.

    Attributes:
      level: file or sample.
      id: the content key, the raw bytes' hash or the sample's id.
    """

    level: str
    id: str
    source: str
    repo: str
    path: str
    stage: str
    reason: str
    detail: str


class Located(Protocol):
    """A file, or what was made of one: it says which."""

    @property
    def source(self) -> str:
        """The input's label."""

    @property
    def repo(self) -> str:
        """The repository."""

    @property
    def path(self) -> str:
        """The path below the input."""


class Ranked(Located, Protocol):
    """What may be a duplicate."""

    @property
    def quality(self) -> int:
        """In ten-thousandths."""


def reject_file(file: Located, file_id: bytes, stage: str, reason: str, detail: str) -> Reject:
    """The row of a file that is left out."""
    return Reject("file", file_id.hex(), file.source, file.repo, file.path, stage, reason, detail)


def reject_sample(file: Located, draft_id: str, stage: str, reason: str, detail: str) -> Reject:
    """The row of a sample that is left out, of this file."""
    return Reject("sample", draft_id, file.source, file.repo, file.path, stage, reason, detail)


def duplicate(
    level: str, kind: str, similarity: float, copy: tuple[str, Ranked], stays: tuple[str, Ranked]
) -> Duplicate:
    """The row of a copy, which names who stays; both with their id."""
    (copy_id, removed), (survivor_id, survivor) = copy, stays
    return Duplicate(
        level=level,
        kind=kind,
        id=copy_id,
        source=removed.source,
        repo=removed.repo,
        path=removed.path,
        survivor_id=survivor_id,
        survivor_source=survivor.source,
        survivor_repo=survivor.repo,
        survivor_path=survivor.path,
        similarity=similarity,
        quality=removed.quality / 10_000,
        survivor_quality=survivor.quality / 10_000,
    )

"""The options of a build: names, defaults, rules.

The command line and the configuration file are made from this.
"""

import dataclasses
import math
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from transforms.isolation import Limits
from transforms.samples.layout import FORMATS
from transforms.samples.mix import parse_mix
from transforms.samples.text_template import load_text_templates

MAX_CONTEXT_CHARS = 1 << 20


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """What a value must be, for a machine and for people."""

    holds: Callable[[Any], bool]
    text: str


def _option(default: object, help_text: str, rule: Rule, kind: type) -> Any:
    return dataclasses.field(
        default=default, metadata={"help": help_text, "rule": rule, "kind": kind}
    )


def _between(low: float, high: float) -> Rule:
    return Rule(
        lambda value: low <= value <= high and math.isfinite(value),
        f"must be from {low:g} to {high:g}",
    )


def _at_least(low: int) -> Rule:
    return Rule(lambda value: value >= low, f"must be at least {low}")


def _unset_or(rule: Rule) -> Rule:
    return Rule(lambda value: value is None or rule.holds(value), rule.text)


@dataclasses.dataclass(frozen=True, slots=True)
class BuildOptions:
    """Every option of `warpbeam build` but what follows `--`.

    Raises:
      ValueError: naming option, value and rule, if one does not hold.
    """

    input: tuple[str, ...] = dataclasses.field(
        metadata={
            "help": "A folder, glob or file to read, as [LABEL=]PATH; may be repeated.",
            "kind": str,
            "several": True,
        }
    )
    output: str = dataclasses.field(
        metadata={"help": "The folder to write the dataset to.", "kind": str}
    )
    target_per_language: int = _option(
        10_000, "At most so many rows of each language, the best.", _at_least(1), int
    )
    weight_k: float = _option(
        5.0, "k of the weights exp(k (quality - 0.7)).", _between(0, 100), float
    )
    near_threshold: float = _option(
        0.85,
        "Jaccard similarity of near duplicates, from 0.03 to 1. At 0.85 files are compared with "
        "probability 0.02 if their similarity is 0.5, 0.51 at 0.7, 0.94 at 0.8, 0.996 at 0.85, "
        "and each pair compared is verified exactly.",
        _between(0.03, 1),
        float,
    )
    dedup_view: Literal["tokens", "identifiers"] = _option(
        "tokens",
        "What near duplicates share: `tokens` as they are, or with `identifiers` renamed.",
        Rule(lambda value: value in ("tokens", "identifiers"), "must be tokens or identifiers"),
        str,
    )
    exclude_like: tuple[str, ...] = dataclasses.field(
        default=(),
        metadata={
            "help": "An evaluation set, JSONL (.gz) or Parquet: what contains or nearly equals one "
            "of its prompts or solutions is left out; may be repeated.",
            "kind": str,
            "several": True,
        },
    )
    dedup_index: str | None = _option(
        None,
        "A folder that keeps what was found out about files, read and extended: what did not "
        "change is not screened or compared again.",
        _unset_or(Rule(lambda value: bool(value), "must not be empty")),
        str,
    )
    max_same_target: int = _option(
        3, "At most so many samples of a task with the same target, the best.", _at_least(1), int
    )
    format: Literal["messages", "prompt_completion", "text"] = _option(
        "messages",
        "How rows show their samples: `messages` (a chat), `prompt_completion` (two columns) or "
        "`text` (one, by --text_template).",
        Rule(FORMATS.__contains__, f"must be one of {', '.join(FORMATS)}"),
        str,
    )
    text_template: str | None = _option(
        None,
        "The template of --format text. That of a model family shows a continuation of code as a "
        "hole, with its tokens and without an instruction, and other tasks as its chat.",
        _unset_or(
            Rule(
                load_text_templates().__contains__,
                f"must be one of {', '.join(load_text_templates())}",
            )
        ),
        str,
    )
    fim_spm_ratio: float = _option(
        0.5,
        "Share of holes that show what follows them first, where a template has both orders.",
        _between(0, 1),
        float,
    )
    num_shards: int | None = _option(
        None,
        "Shards of the training split; by size unless given.",
        _unset_or(_between(1, 99_999)),
        int,
    )
    validation_ratio: float = _option(
        0.01, "Share of the repositories kept for validation.", _between(0, 1), float
    )
    instruction_split: float = _option(
        0.2,
        "Share of each task's phrasings that only rows of validation have, for evaluation; the "
        "column instruction_id says which one a row has. 0: all rows have any.",
        _between(0, 1),
        float,
    )
    max_context_chars: int = _option(
        8192, "At most so many characters of context.", _between(64, MAX_CONTEXT_CHARS), int
    )
    tokenizer: str | None = _option(
        None,
        "A local tokenizer.json: counts the tokens of each row, of what --format makes of it, "
        "without what a trainer's chat template adds.",
        _unset_or(Rule(lambda value: bool(value), "must not be empty")),
        str,
    )
    max_tokens: int | None = _option(
        None,
        "With --tokenizer: at most so many tokens a row; what is longer is cut at syntax, or left "
        "out.",
        _unset_or(_at_least(64)),
        int,
    )
    max_target_chars: int = _option(
        8192, "At most so many characters of target.", _between(64, MAX_CONTEXT_CHARS), int
    )
    max_file_bytes: int = _option(
        1_000_000, "Larger files are rejected unread.", _between(1, 1 << 30), int
    )
    max_samples_per_definition: int = _option(
        4,
        "At most so many samples of a definition, chosen by hash: different targets first.",
        _at_least(1),
        int,
    )
    max_samples_per_file: int = _option(
        100, "At most so many samples of a file, chosen by hash.", _at_least(1), int
    )
    task_mix: tuple[str, ...] = dataclasses.field(
        default=(),
        metadata={
            "help": "How often a task is wanted, TASK=SHARE in proportion to others, which have 1; "
            "0 for never. It counts where a definition or file has more samples than may be, and, "
            "where given, where a language has more than its target; may be repeated.",
            "kind": str,
            "several": True,
            "table": True,
        },
    )
    describe_bugs: bool = _option(
        False,
        "Instructions to debug say what kind of bug there is.",
        Rule(lambda value: isinstance(value, bool), "must be true or false"),
        bool,
    )
    synthetic_tests: bool = _option(
        False,
        "Also write_tests samples whose target is a stub made by a rule (origin synthetic, quality "
        "0) in Python, JavaScript, TypeScript, Java, Go, Rust and Ruby; for functions with "
        "parameters, whether or not a test of the repository is of them.",
        Rule(lambda value: isinstance(value, bool), "must be true or false"),
        bool,
    )
    parser_timeout_s: int = _option(
        Limits().cpu_s,
        "At most so many seconds of CPU to parse and split a file.",
        _between(1, 3600),
        int,
    )
    parser_memory_mb: int = _option(
        Limits().memory_mb,
        "At most so many MiB to parse and split a file; on Linux.",
        _between(64, 1 << 20),
        int,
    )
    repo_from: str = _option(
        "auto",
        "What a file's repository is: `auto` (the nearest folder with .git, else the top folder), "
        "`input` (the whole input), or how many leading folders name it.",
        Rule(
            lambda value: value in ("auto", "input") or (value.isdigit() and int(value) > 0),
            "must be auto, input or a positive number",
        ),
        str,
    )
    seed: int = _option(0, "Changes every choice made by hash.", _at_least(0), int)
    num_workers: int | None = _option(
        None,
        "Processes of a local run; by the size of the input unless given.",
        _unset_or(_between(1, 1024)),
        int,
    )

    def __post_init__(self) -> None:
        if not self.input:
            raise ValueError("input=(): at least one must be given")
        if not self.output:
            raise ValueError("output='': must be given")
        for field in dataclasses.fields(self):
            rule = field.metadata.get("rule")
            value = getattr(self, field.name)
            if rule is not None and not rule.holds(value):
                raise ValueError(f"{field.name}={value!r}: {rule.text}")
        parse_mix(self.task_mix)
        if self.max_tokens is not None and self.tokenizer is None:
            raise ValueError(f"max_tokens={self.max_tokens!r}: needs a tokenizer")
        if (self.format == "text") != (self.text_template is not None):
            raise ValueError(
                f"text_template={self.text_template!r}: must be given with format='text', and "
                f"only then; there are {', '.join(load_text_templates())}"
            )

    def as_json(self) -> dict[str, object]:
        """Every option's value, null where unset."""
        return dataclasses.asdict(self)


def read_config(path: Path) -> dict[str, object]:
    """Read options from a TOML file.

    Raises:
      ValueError: if it is no TOML, or a key or a value's type is wrong.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"config={str(path)!r}: {error}") from error
    fields = {field.name: field for field in dataclasses.fields(BuildOptions)}
    for name, value in values.items():
        if name not in fields:
            raise ValueError(
                f"{name}={value!r} in {path.name}: no such option; there are {', '.join(fields)}"
            )
        values[name] = _typed(name, value, fields[name].metadata)
    return values


def _typed(name: str, value: object, metadata: Mapping[str, Any]) -> object:
    if metadata.get("table") and isinstance(value, dict):
        value = [f"{key}={item}" for key, item in value.items()]
    if metadata.get("several"):
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
            raise ValueError(f"{name}={value!r}: must be a string or a list of strings")
        return tuple(given)
    kind = metadata["kind"]
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if (
        kind is str
        and name == "repo_from"
        and isinstance(value, int)
        and not isinstance(value, bool)
    ):
        return str(value)
    if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
        raise ValueError(f"{name}={value!r}: must be of type {kind.__name__}")
    return value

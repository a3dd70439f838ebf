"""How much a sample is worth: of its file, and of the definition it is about."""

import itertools
import re

from transforms.outlines.outline import Definition
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import render_text

_SCALE = 10_000
_VARIANT_LOSS = 500

_TOKEN = re.compile(r"\w+|[^\w\s]")
_NAME = re.compile(r"\b[^\W\d]\w*")
_RUN_TOKENS = 4
_GRADED_CHARS = 1 << 16  # of a target; a longer one is mostly too long for a sample

# Documentation and length tell most about what a reader could learn from a definition.
_WEIGHTS = {
    "file": 0.20,
    "documented": 0.24,
    "length": 0.20,
    "named": 0.14,
    "varied": 0.12,
    "complexity": 0.10,
}
# Without a definition nothing vouches for the sample but its text.
_LINE_WEIGHTS = {"file": 0.40, "length": 0.25, "named": 0.15, "varied": 0.20}
_LINE_CEILING = 0.8
_TEST_WEIGHTS = {"file": 0.30, "length": 0.30, "named": 0.20, "varied": 0.20}


def sample_quality(view: SourceView, cut: Cut, file_quality: int) -> int:
    """Grade a sample.

    Args:
      view: the file.
      cut: the sample's code.
      file_quality: of the file, in ten-thousandths.

    Returns:
      quality in ten-thousandths, 0 to 10,000.
    """
    if cut.origin == "synthetic":
        return 0  # what a rule wrote is never preferred to what a person did
    definition = cut.definition
    code = render_text(view.text, cut.target)[:_GRADED_CHARS]
    grades = {"file": file_quality / _SCALE, "named": _named(code), "varied": _varied(code)}
    if definition is None:
        grades["length"] = _ramp(code.count("\n") + 1, 1, 12)
        return _weighted(grades, _LINE_WEIGHTS, _LINE_CEILING)
    lines = definition.end_line - definition.start_line + 1
    grades["documented"] = _documented(view, definition)
    grades["length"] = min(_ramp(lines, 2, 14), 1 - 0.8 * _ramp(lines, 60, 250))
    branches = definition.details.complexity
    grades["complexity"] = min(_ramp(branches, 0, 4), 1 - _ramp(branches, 12, 40))
    errors = view.outline.error_ratio if view.outline else 0.0
    return _weighted(grades, _WEIGHTS, 1 - 0.5 * _ramp(errors, 0, 0.2))


def text_grade(code: str, file_quality: int) -> int:
    """Grade a test by its text, in ten-thousandths."""
    lines = code.count("\n") + 1
    grades = {
        "file": file_quality / _SCALE,
        "length": min(_ramp(lines, 1, 10), 1 - 0.8 * _ramp(lines, 40, 120)),
        "named": _named(code),
        "varied": _varied(code),
    }
    return _weighted(grades, _TEST_WEIGHTS, 1)


def definition_grade(view: SourceView, definition: Definition) -> int:
    """Grade what a test is of, in ten-thousandths."""
    branches = definition.details.complexity
    grades = {
        "documented": _documented(view, definition),
        "complexity": min(_ramp(branches, 0, 4), 1 - _ramp(branches, 12, 40)),
    }
    return _weighted(grades, {"documented": 0.6, "complexity": 0.4}, 1)


def pair_quality(test: int, definition: int) -> int:
    """Grade a test with what it is of, both in ten-thousandths."""
    return round(0.7 * test + 0.3 * definition)


def variant_quality(original: int) -> int | None:
    """Return a variant's quality, below its original's; None where there is no room for one."""
    return original - _VARIANT_LOSS if original >= _VARIANT_LOSS else None


def _weighted(grades: dict[str, float], weights: dict[str, float], factor: float) -> int:
    total = sum(weight * grades[name] for name, weight in weights.items())
    return min(_SCALE, max(0, round(_SCALE * factor * total)))


def _documented(view: SourceView, definition: Definition) -> float:
    """Grade a doc by the words it has: none 0, two dozen 1."""
    if definition.doc is None:
        return 0.0
    words = _NAME.findall(view.text[definition.doc.start : definition.doc.end].decode())
    return _ramp(len(words), 0, 24) ** 0.5


def _named(code: str) -> float:
    """Grade names by how many of the different ones are longer than two characters."""
    names = set(_NAME.findall(code))
    return _ramp(sum(len(name) > 2 for name in names) / len(names), 0.4, 0.95) if names else 0.0


def _varied(code: str) -> float:
    """Grade a text by the share of its runs of four tokens that are different from one another."""
    tokens = _TOKEN.findall(code)
    runs = len(tokens) - _RUN_TOKENS + 1
    if runs < 1:
        return 0.0
    shifted = (itertools.islice(tokens, n, None) for n in range(_RUN_TOKENS))
    return _ramp(len(set(zip(*shifted, strict=False))) / runs, 0.5, 0.97)


def _ramp(value: float, low: float, high: float) -> float:
    """Rise from 0 at `low` to 1 at `high`."""
    return min(1.0, max(0.0, (value - low) / (high - low)))

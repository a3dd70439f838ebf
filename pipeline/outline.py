"""What the parser sees in files, one JSON line a file."""

import contextlib
import json
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from transforms.isolation import Isolated, Limits, NoAnswer
from transforms.languages.spec import load_languages
from transforms.outlines.outline import Definition, Span
from transforms.outlines.parse import TooDeep, outline
from transforms.rows import Reason
from transforms.sources.decoding import Undecodable
from transforms.sources.notebooks import NotANotebook
from transforms.sources.source import name_source, read_raw

_MAX_BYTES = 100_000_000  # a parser's memory has no room for more


def outline_lines(paths: Iterable[str]) -> Iterator[str]:
    """The outline of each file, or why there is none; in the contract's JSON, one line a file."""
    outlined = Isolated(_outlined, Limits())
    with contextlib.closing(outlined):
        for path in paths:
            seen = {"path": path} | _look(path, outlined)
            yield json.dumps(seen, ensure_ascii=True)


def _look(path: str, outlined: Isolated[dict[str, Any]]) -> dict[str, Any]:
    try:
        source = read_raw(path, _read(path))
    except (OSError, Undecodable, NotANotebook) as error:
        return {"language": None, "reason": str(error)}
    language = name_source(path, source)
    if language is None:
        return {"language": None, "reason": Reason.UNKNOWN_LANGUAGE}
    if not language.grammar:
        return {"language": language.name, "reason": "not_parsed"}
    try:
        return {"language": language.name} | outlined(source.text, language.name, source.code)
    except NoAnswer as error:
        return {"language": language.name, "reason": str(error)}


def _read(path: str) -> bytes:
    """Read a regular file: a pipe would be waited for without end."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError("not a regular file")
    if status.st_size > _MAX_BYTES:
        raise OSError(f"too_large: {status.st_size} bytes")
    return Path(path).read_bytes()


def _outlined(text: bytes, language: str, code: bytes) -> dict[str, Any]:
    try:
        seen = outline(text, load_languages()[language], code)
    except TooDeep as error:
        return {"reason": f"too_deep: {error}"}
    return {
        "error_ratio": round(seen.error_ratio, 4),
        "definitions": [_definition(definition) for definition in seen.definitions],
        "imports": [_pair(span) for span in seen.imports],
        "comments": [_pair(span) for span in seen.comments],
    }


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "kind": definition.kind,
        "name": definition.name,
        "qualified_name": definition.qualified_name,
        "parent": definition.parent,
        "start_byte": definition.span.start,
        "end_byte": definition.span.end,
        "start_line": definition.start_line,
        "end_line": definition.end_line,
        "signature": _pair(definition.signature),
        "body": _pair(definition.body),
        "doc": _pair(definition.doc),
        "parameters": [
            {"name": parameter.name, "type": parameter.type, "default": parameter.default}
            for parameter in definition.details.parameters
        ],
        "returns": definition.details.returns,
        "decorators": [_pair(span) for span in definition.details.decorators],
        "visibility": definition.details.visibility,
        "has_error": definition.has_error,
        "complexity": definition.details.complexity,
        "nesting": definition.details.nesting,
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]

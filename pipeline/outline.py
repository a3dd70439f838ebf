"""What the parser sees in a file, as one JSON line."""

import json
from pathlib import Path
from typing import Any

from transforms.languages.naming import name_language
from transforms.languages.spec import Language
from transforms.outlines.outline import Definition, Span
from transforms.outlines.parse import TooDeep, outline
from transforms.sources.decoding import Undecodable, decode


def outline_line(path: str) -> str:
    """The outline of the file at `path`, or why there is none."""
    try:
        text = decode(Path(path).read_bytes()).text
    except (OSError, Undecodable) as error:
        return _line({"path": path, "language": None, "reason": str(error)})
    language = name_language(path, text)
    if language is None:
        return _line({"path": path, "language": None, "reason": "unknown_language"})
    if language.outline is None:
        return _line({"path": path, "language": language.name, "reason": "not_structured"})
    return _line({"path": path, **_outlined(text, language)})


def _outlined(text: bytes, language: Language) -> dict[str, Any]:
    try:
        seen = outline(text, language)
    except TooDeep as error:
        return {"language": language.name, "reason": f"too_deep: {error}"}
    return {
        "language": language.name,
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
            for parameter in definition.parameters
        ],
        "has_error": definition.has_error,
        "complexity": definition.complexity,
        "nesting": definition.nesting,
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=True)

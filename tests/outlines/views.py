"""How tests look at an outline: as texts rather than spans."""

from transforms.languages.spec import load_languages
from transforms.outlines.outline import Definition, Outline, Span
from transforms.outlines.parse import outline


def parse(language: str, text: bytes) -> Outline:
    return outline(text, load_languages()[language])


def listing(language: str, text: bytes) -> list[tuple[str, str, bytes | None, bytes | None]]:
    """Kind, qualified name, body and doc of each definition."""
    found = parse(language, text).definitions
    return [(d.kind, d.qualified_name, body(text, d), doc(text, d)) for d in found]


def by_name(language: str, text: bytes) -> dict[str, Definition]:
    return {d.qualified_name: d for d in parse(language, text).definitions}


def whole(text: bytes, definition: Definition) -> bytes:
    return text[definition.span.start : definition.span.end]


def body(text: bytes, definition: Definition) -> bytes | None:
    return _cut(text, definition.body)


def doc(text: bytes, definition: Definition) -> bytes | None:
    return _cut(text, definition.doc)


def parameters(definition: Definition) -> list[tuple[str, str, str]]:
    return [(p.name, p.type, p.default) for p in definition.details.parameters]


def _cut(text: bytes, span: Span | None) -> bytes | None:
    return None if span is None else text[span.start : span.end]

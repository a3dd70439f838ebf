"""What screening would say of a file, whatever its gates say, for tests of what comes after."""

from pathlib import Path

from transforms.records import FileKey, Place
from transforms.samples.caps import Caps
from transforms.samples.rules import DraftRules
from transforms.sources.decoding import Undecodable, decode
from transforms.sources.inputs import Input
from transforms.sources.reading import content_key


def file_key(language: str, path: Path) -> FileKey:
    """The key of a file, taken for one of this language."""
    raw = path.read_bytes()
    try:
        return text_key(language, path.name, decode(raw).text)
    except Undecodable:
        return text_key(language, path.name, raw)


def text_key(language: str, name: str, text: bytes) -> FileKey:
    """The key of a file of this name and text."""
    return FileKey(
        content_key=content_key(text),
        place=Place(0, name.encode()),
        source="in",
        repo=language,
        path=name,
        revision="",
        license="",
        container="",
        language=language,
        quality=5_000,
        size_bytes=len(text),
        bands=b"",
    )


def draft_rules(folder: Path) -> DraftRules:
    """A build's rules for the files of one folder."""
    return DraftRules(
        inputs=(Input("in", bytes(folder)),),
        max_file_bytes=1 << 24,
        max_context_chars=8192,
        max_target_chars=8192,
        caps=Caps(per_definition=4, per_file=100, mix={}),
        seed=0,
        validation_ratio=0.01,
        instruction_split=0.2,
    )

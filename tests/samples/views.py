"""Parsed files for tests of what is cut from them."""

import hashlib
import pathlib

from transforms.languages.spec import load_languages
from transforms.outlines.parse import outline
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Text, render_text
from transforms.samples.tasks import load_tasks


def view_of(
    text: str | bytes, language: str = "python", max_context_chars: int = 8192, seed: int = 0
) -> SourceView:
    """Parse a text as a file of this language."""
    source = text.encode() if isinstance(text, str) else text
    spec = load_languages()[language]
    return SourceView(
        text=source,
        content_key=hashlib.blake2b(source, digest_size=16).digest(),
        path=f"file.{spec.extensions[0]}",
        language=spec,
        outline=outline(source, spec) if spec.outline else None,
        max_context_chars=max_context_chars,
        max_target_chars=16384,
        seed=seed,
    )


def task(name: str) -> TaskSpec:
    """Return the task of this name."""
    return next(spec for spec in load_tasks() if spec.name == name)


def cuts_of(view: SourceView, task_name: str) -> dict[str, Cut]:
    """Return a task's cuts by what they are about."""
    cuts = task(task_name).cut(view)
    return {cut.definition.qualified_name if cut.definition else "": cut for cut in cuts}


def texts(view: SourceView, cut: Cut) -> tuple[str, str, str]:
    """Render a cut's context, target and suffix."""
    return tuple(render_text(view.text, text) for text in (cut.context, cut.target, cut.suffix))


def rendered(view: SourceView, text: Text) -> str:
    """Render one text of a cut."""
    return render_text(view.text, text)


def real_files(folder: pathlib.Path, max_bytes: int = 150_000) -> list[tuple[str, bytes]]:
    """Return language and text of a folder's files in UTF-8 whose names we know, by path."""
    by_extension = {
        extension: language.name
        for language in load_languages().values()
        for extension in language.extensions
    }
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        language = by_extension.get(path.suffix.removeprefix(".").lower())
        text = path.read_bytes()[: max_bytes + 1] if language else b""
        if language and 0 < len(text) <= max_bytes and is_utf8(text):
            found.append((language, text))
    return found


def is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True

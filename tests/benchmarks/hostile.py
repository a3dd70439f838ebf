"""Texts that nobody would write, and files of the wrong language: what parsers stumble over."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.outlines.golden import golden_file
from tests.shared_corpus import VENDORED

_DEPTH = 100_000
_RUN = 200_000
_MEGABYTE = 1_000_000
_LARGEST = 1_000_000  # a build leaves out what is larger
_MARKS = ".,:+-<#\"'\\`@$"
_FOREIGN = (
    "c", "commonlisp", "css", "elixir", "go", "haskell", "html", "java", "kotlin", "lua", "ocaml",
    "perl", "php", "python", "ruby", "rust", "sql",
)  # fmt: skip


def made_texts() -> dict[str, bytes]:
    """The texts that are made, by name; always the same."""
    draw = random.Random(4)
    ascii_bytes = bytes(range(32, 127)) + b"\n\t"
    tokens = "( ) [ ] { } < > = + - * / ; , . : ' \" # \\ if def end class x 1 \n".split(" ")
    texts = {
        "empty": b"",
        "x_is_1": b"x = 1\n",
        "byte_ff": b"\xff",
        "nul": bytes(_RUN),
        "random_bytes": draw.randbytes(_RUN),
        "random_ascii": bytes(draw.choices(ascii_bytes, k=_RUN)),
        "random_tokens": " ".join(draw.choices(tokens, k=_RUN // 2)).encode(),
        "random_characters": "".join(map(chr, draw.choices(range(1, 0xD800), k=_RUN))).encode(),
        "tags_nested": b"<a>" * (_DEPTH // 2) + b"</a>" * (_DEPTH // 2),
        "line_of_a_megabyte": b"some words and more words " * (_MEGABYTE // 26),
        "newlines": b"\n" * _MEGABYTE,
        "spaces": b" " * _MEGABYTE,
        "indented_800": b"".join(b" " * depth + b"a:\n" for depth in range(800)),
    }
    for name, (left, right) in {"paren": b"()", "bracket": b"[]", "brace": b"{}"}.items():
        texts[f"{name}_open"] = bytes([left]) * _DEPTH
        texts[f"{name}_balanced"] = bytes([left]) * _DEPTH + bytes([right]) * _DEPTH
    texts |= {f"run_of_{ord(mark):02x}": mark.encode() * _RUN for mark in _MARKS}
    return texts


def foreign_texts() -> Iterator[tuple[str, bytes]]:
    """A real file of each of a dozen languages, or where there are none, a golden one."""
    manifest = VENDORED / "manifest.jsonl"
    paths: dict[str, Path] = {}
    for line in manifest.read_text().splitlines() if manifest.exists() else ():
        file = json.loads(line)
        paths.setdefault(file["language"], VENDORED / file["path"])
    for language in _FOREIGN:
        try:
            path = paths.get(language) or golden_file(language)
        except ValueError:
            continue
        yield f"foreign_{language}", path.read_bytes()


def texts_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The regular files below a folder, but for those that are too large."""
    for path in sorted(folder.rglob("*")):
        if not path.is_symlink() and path.is_file() and path.stat().st_size <= _LARGEST:
            name = ascii(str(path.relative_to(folder)))
            yield re.sub(r"\W+", "_", name).strip("_")[-80:], path.read_bytes()


def adversarial_folder(folder: Path) -> Path | None:
    """All hostile files and file names of the shared corpus, made below `folder` if they can be."""
    program = VENDORED.parent / "make_adversarial.py"
    if not program.exists():
        print(f"SKIPPED: the adversarial set needs {program}, and it is not there")
        return None
    subprocess.run([sys.executable, program, folder, "--all"], check=True, stdout=sys.stderr)
    return folder

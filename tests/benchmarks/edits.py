"""Edited copies of real files: what near duplicates look like, at every similarity from 0.6 on.

Which files are copied, and how, follows from their names alone.
"""

import hashlib
import itertools
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.samples.views import is_utf8

_TOKEN = re.compile(rb"[0-9A-Za-z_\x80-\xff]+|[^\s0-9A-Za-z_\x80-\xff]")
_NAME = re.compile(rb"\b[A-Za-z_][0-9A-Za-z_]{2,}\b")
_COMMENT = re.compile(rb"[ \t]*(?:#|//|--|;|%|/?\*)")
_SHINGLE_TOKENS = 5
_LINE_TOKENS = 6
_LOWEST = 0.6  # similarities aimed at go from here to 1
_MIN_TOKENS, _MAX_BYTES = 300, 40_000
_PER_KIND = 260
_CHAIN_LENGTHS = [3] * 40 + [6] * 20 + [12] * 8 + [50] * 2
_CLUSTER_SIZES = [10, 10, 20, 20, 40, 40, 70, 70, 100, 200]
_LOOSE_SIZES = [10, 20, 40, 80, 120]
_WIDE_SIZES = [100, 200, 400]
_NEIGHBOURS, _TIGHT, _LOOSE, _WIDE = 0.88, 0.985, 0.88, 0.91

Edit = Callable[[bytes, float, random.Random], bytes]


class Copy(NamedTuple):
    """An edited copy, and what it was edited from."""

    kind: str
    source: Path
    path: Path


def write_edits(
    corpus: Path, folder: Path, divisor: int = 1, *, with_wide: bool = False
) -> list[Copy]:
    """Write edited copies of files of a corpus below a folder that is not there yet.

    Args:
      corpus: where the files are.
      folder: where the copies go.
      divisor: copies are about 3,300, and so much fewer.
      with_wide: whether there are clusters of more than a bucket in which every second pair or so
        is near: the hardest there are.
    """
    files = _drawn(corpus)
    copies: list[Copy] = []
    for kind, edit in EDITS.items():
        for source in itertools.islice(files, _PER_KIND // divisor):
            draw = random.Random(f"{kind} {source.name}")
            text = edit(source.read_bytes(), draw.uniform(_LOWEST, 1), draw)
            copies.append(
                _write(kind, source, folder / kind / f"{len(copies)}" / source.name, text)
            )
    for length in _CHAIN_LENGTHS[::divisor]:
        copies += _chain(next(files), folder / "chain" / f"{len(copies)}", length)
    for kind, sizes, similarity in (
        ("cluster", _CLUSTER_SIZES, _TIGHT),
        ("loose_cluster", _LOOSE_SIZES, _LOOSE),
        ("wide_cluster", _WIDE_SIZES if with_wide else [], _WIDE),
    ):
        for size in sizes[::divisor]:
            copies += _cluster(
                kind, next(files), folder / kind / f"{len(copies)}", size, similarity
            )
    return copies


def _drawn(corpus: Path) -> Iterator[Path]:
    """Files fit to be edited, in an order of their names' hashes."""

    def order(path: Path) -> bytes:
        return hashlib.blake2b(bytes(path.relative_to(corpus)), digest_size=8).digest()

    for path in sorted(corpus.rglob("*"), key=order):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            continue
        text = path.read_bytes()
        if b"\0" not in text and len(_TOKEN.findall(text)) >= _MIN_TOKENS and is_utf8(text):
            yield path


def _write(kind: str, source: Path, path: Path, text: bytes) -> Copy:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return Copy(kind, source, path)


def _chain(source: Path, folder: Path, length: int) -> Iterator[Copy]:
    """Each an edit of the one before, and so near to its neighbours only."""
    draw = random.Random(f"chain {source.name}")
    for number in range(length):
        text = change_tokens(source.read_bytes(), _NEIGHBOURS, draw)
        yield _write("chain", source, folder / f"{number}" / source.name, text)
        source = folder / f"{number}" / source.name


def _cluster(kind: str, source: Path, folder: Path, size: int, similarity: float) -> Iterator[Copy]:
    """All edits of one file.

    They are near each other where they are tight, near only to it where they are loose, and where
    they are wide, near to some of the others and not to the rest.
    """
    draw = random.Random(f"{kind} {source.name}")
    text = source.read_bytes()
    for number in range(size):
        edited = change_tokens(text, similarity, draw)
        yield _write(kind, source, folder / f"{number}" / source.name, edited)


def respace(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """White space alone: indents doubled, blank lines between lines."""
    lines = text.split(b"\n")
    return b"\n".join(
        line[: len(line) - len(line.lstrip())] * 2 + line.lstrip() + b"\n" * draw.randint(0, 1)
        for line in lines
    )


def drop_comments(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """Lines that begin as comments do are left out."""
    return b"\n".join(line for line in text.split(b"\n") if not _COMMENT.match(line))


def change_tokens(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """Single tokens become others: each costs the shingles that it stands in."""
    tokens = list(_TOKEN.finditer(text))
    count = round(_shingles(text) * (1 - similarity) / (1 + similarity) / _SHINGLE_TOKENS)
    parts, end = [], 0
    for at in sorted(draw.sample(range(len(tokens)), min(max(count, 1), len(tokens)))):
        parts += [text[end : tokens[at].start()], b" changed_%06x " % draw.getrandbits(24)]
        end = tokens[at].end()
    return b"".join([*parts, text[end:]])


def delete_lines(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """Runs of lines are left out."""
    lines = text.split(b"\n")
    for _ in range(3):
        run = round(len(lines) * (1 - similarity) / 3)
        start = draw.randint(0, max(0, len(lines) - run))
        del lines[start : start + run]
    return b"\n".join(lines)


def insert_lines(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """Lines of made-up calls are put in."""
    lines = text.split(b"\n")
    # Where a line goes in, 4 shingles are lost and 10 are made.
    for _ in range(round(_shingles(text) * (1 - similarity) / (4 + 6 * similarity))):
        lines.insert(draw.randint(0, len(lines)), _made_line(draw))
    return b"\n".join(lines)


def move_lines(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """Short runs of lines go elsewhere: the shingles across their ends change."""
    lines = text.split(b"\n")
    for _ in range(round(len(lines) * (1 - similarity) / 2)):
        start = draw.randint(0, len(lines) - 1)
        run = lines[start : start + 2]
        del lines[start : start + 2]
        at = draw.randint(0, len(lines))
        lines[at:at] = run
    return b"\n".join(lines)


def rename(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """Some identifiers get other names throughout."""
    names = sorted(set(_NAME.findall(text)))
    chosen = set(draw.sample(names, round(len(names) * (1 - similarity) / 4)))
    return _NAME.sub(lambda name: name[0] + b"_x" if name[0] in chosen else name[0], text)


def append(text: bytes, similarity: float, draw: random.Random) -> bytes:
    """Made-up calls follow at the end."""
    count = round(_shingles(text) * (1 / similarity - 1) / _LINE_TOKENS)
    return b"\n".join([text, *(_made_line(draw) for _ in range(count))])


def _shingles(text: bytes) -> int:
    tokens = _TOKEN.findall(text)
    return len({tuple(tokens[at : at + 5]) for at in range(len(tokens) - 4)})


def _made_line(draw: random.Random) -> bytes:
    """A line of `_LINE_TOKENS` tokens."""
    name, value = draw.getrandbits(24), draw.getrandbits(24)
    return b"call_%06x(value_%06x, %d)" % (name, value, draw.randint(0, 999))


EDITS: dict[str, Edit] = {
    "respace": respace,
    "drop_comments": drop_comments,
    "change_tokens": change_tokens,
    "delete_lines": delete_lines,
    "insert_lines": insert_lines,
    "move_lines": move_lines,
    "rename": rename,
    "append": append,
}


def similarity_histogram(similarities: Sequence[float], steps: int = 8) -> list[int]:
    """How many fall below `_LOWEST`, and into each step from there to 1; the last holds 1."""
    counts = [0] * (steps + 1)
    for similarity in similarities:
        at = int((similarity - _LOWEST) / (1 - _LOWEST) * steps + 1e-9) + 1
        counts[min(max(at, 0), steps) if similarity >= _LOWEST else 0] += 1
    return counts

"""Screening a batch of files: read, decode, name the language, gate, score, fingerprint."""

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping, Sequence

from transforms.index.tables import NONE_INDEXED, IndexedFile
from transforms.records import Entry, FileKey
from transforms.rows import FileRead, Reason, Reject, Stage, reject_file
from transforms.similarity.evaluation import Exclusion, Likeness, describe, likenesses
from transforms.similarity.evaluation_index import EvaluationIndex
from transforms.similarity.minhash import Banding, Fingerprint, bucket_keys, fingerprints
from transforms.similarity.shingles import sets_of_tokens, token_hashes
from transforms.similarity.views import View
from transforms.sources.decoding import Undecodable
from transforms.sources.gates import raw_failure, text_failure
from transforms.sources.inputs import Input
from transforms.sources.notebooks import NotANotebook
from transforms.sources.quality import file_quality
from transforms.sources.reading import Unreadable, content_key, read_bytes
from transforms.sources.secrets import find_secret
from transforms.sources.source import name_source, read_raw


@dataclasses.dataclass(frozen=True, slots=True)
class ScreenRules:
    """What screening needs to know of a build's options.

    Attributes:
      view: in which files are compared.
      exclusion: what files may not contain; None for nothing.
    """

    inputs: tuple[Input, ...]
    max_file_bytes: int
    banding: Banding
    view: View = "tokens"
    exclusion: Exclusion | None = None


@dataclasses.dataclass(slots=True)
class Screened:
    """What became of a batch: every entry is in `reads`, and in one of `files` and `rejects`.

    Attributes:
      fingerprints: of the files, in their order.
    """

    reads: list[FileRead] = dataclasses.field(default_factory=list)
    files: list[FileKey] = dataclasses.field(default_factory=list)
    fingerprints: list[Fingerprint] = dataclasses.field(default_factory=list)
    rejects: list[Reject] = dataclasses.field(default_factory=list)


class _Rejected(Exception):
    """Raised where a file fails, with what the ledger says of it."""

    def __init__(self, stage: Stage, reason: str, detail: str, file_id: bytes = b"") -> None:
        super().__init__(reason)
        self.stage, self.reason, self.detail, self.file_id = stage, reason, detail, file_id


def screen(
    entries: Sequence[Entry],
    rules: ScreenRules,
    indexed: Mapping[tuple[str, str], IndexedFile] = NONE_INDEXED,
    evaluation: EvaluationIndex | None = None,
) -> Screened:
    """Screen a batch. One bad file costs one row in rejects, whatever it does.

    Args:
      indexed: what an earlier build found, by source and path; it holds where the bytes are still
        the same.
      evaluation: the index of the rules' exclusion.
    """
    result = Screened()
    kept: list[tuple[FileKey, bytes]] = []
    known: list[tuple[FileKey, Fingerprint]] = []
    for entry in entries:
        raw_id, size_bytes = b"", 0
        try:
            raw = _read(entry, rules)
            raw_id, size_bytes = content_key(raw), len(raw)
            found = indexed.get((entry.source, entry.path))
            if found is None or found.raw_id != raw_id:
                kept.append(_screen_file(entry, raw, raw_id))
            else:
                known.append(_as_indexed(entry, found))
        except _Rejected as failure:
            result.rejects.append(_reject(entry, failure))
        except (
            Exception
        ) as error:  # whatever a decoder or a library may raise: the file is lost, the build is not
            detail = f"{type(error).__name__}: {error}"[:200]
            result.rejects.append(
                _reject(entry, _Rejected(Stage.SCREEN, Reason.FAILED, detail, raw_id))
            )
        result.reads.append(FileRead(entry.source, entry.path, raw_id.hex(), size_bytes))
    fresh = _fingerprint(result, kept, rules, evaluation)
    _sign(result, [*fresh, *known], rules)
    return result


def _as_indexed(entry: Entry, found: IndexedFile) -> tuple[FileKey, Fingerprint]:
    """What an earlier build made of the same bytes under the same name."""
    if found.reason:
        raise _Rejected(Stage(found.stage), found.reason, found.detail, found.content_key)
    file = FileKey(
        content_key=found.content_key,
        place=entry.place,
        source=entry.source,
        repo=entry.repo,
        path=entry.path,
        revision="",
        license="",
        container=found.container,
        language=found.language,
        quality=found.quality,
        size_bytes=found.size_bytes,
        bands=b"",
        suspect=found.suspect,
    )
    return file, Fingerprint(found.signature, found.set_key)


def _read(entry: Entry, rules: ScreenRules) -> bytes:
    if entry.reason:
        raise _Rejected(Stage.READ, entry.reason, entry.detail)
    if entry.size_bytes > rules.max_file_bytes:
        raise _Rejected(Stage.READ, Reason.TOO_LARGE, f"{entry.size_bytes} bytes")
    try:
        return read_bytes(rules.inputs, entry.place, rules.max_file_bytes)
    except Unreadable as error:
        raise _Rejected(Stage.READ, Reason.UNREADABLE, str(error)) from error


def _screen_file(entry: Entry, raw: bytes, raw_id: bytes) -> tuple[FileKey, bytes]:
    """The file's key, yet without bands, and its decoded source."""
    failure = raw_failure(raw)
    if failure:
        raise _Rejected(Stage.SCREEN, *failure, raw_id)
    try:
        source = read_raw(entry.path, raw)
    except Undecodable as error:
        raise _Rejected(Stage.SCREEN, Reason.UNDECODABLE, str(error)[:200], raw_id) from error
    except NotANotebook as error:
        raise _Rejected(Stage.SCREEN, Reason.NOT_A_NOTEBOOK, str(error), raw_id) from error
    text = source.text
    key = raw_id if text == raw else content_key(text)
    if not text or text.isspace():
        detail = "no code in its cells" if source.container else "only white space"
        raise _Rejected(Stage.SCREEN, Reason.EMPTY, detail, key)
    language = name_source(entry.path, source)
    if language is None:
        raise _Rejected(Stage.SCREEN, Reason.UNKNOWN_LANGUAGE, "", key)
    if not language.code:
        raise _Rejected(Stage.SCREEN, Reason.DATA, language.name, key)
    lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    failure = text_failure(entry.path, text, lines)
    if failure:
        raise _Rejected(Stage.SCREEN, *failure, key)
    secret = find_secret(text.decode())
    if secret is not None:
        raise _Rejected(Stage.SCREEN, Reason.SECRET, secret, key)
    file = FileKey(
        content_key=key,
        place=entry.place,
        source=entry.source,
        repo=entry.repo,
        path=entry.path,
        revision="",
        license="",
        container=source.container,
        language=language.name,
        quality=file_quality(text, lines),
        size_bytes=len(text),
        bands=b"",
    )
    return file, text


def _fingerprint(
    result: Screened,
    kept: Sequence[tuple[FileKey, bytes]],
    rules: ScreenRules,
    evaluation: EvaluationIndex | None,
) -> Iterator[tuple[FileKey, Fingerprint]]:
    """Each file with its fingerprint; those that contain an item to be left out are rejected."""
    tokens = token_hashes([text for _, text in kept])
    seen: Sequence[Likeness | None] = [None] * len(kept)
    near = math.inf
    if evaluation is not None and rules.exclusion is not None:
        near = rules.exclusion.near_threshold
        seen = likenesses(evaluation, tokens, near)
    prints = fingerprints(sets_of_tokens(tokens, rules.view))
    for (file, _), own, likeness in zip(kept, prints, seen, strict=True):
        if evaluation is not None and likeness is not None and likeness.contains(near):
            why = Stage.NEAR_DEDUP, Reason.EVALUATION, json.dumps(describe(evaluation, likeness))
            result.rejects.append(reject_file(file, file.content_key, *why))
        else:
            yield dataclasses.replace(file, suspect=likeness is not None), own


def _sign(
    result: Screened, found: Sequence[tuple[FileKey, Fingerprint]], rules: ScreenRules
) -> None:
    """Add the files to the result, each with the keys by which near duplicates are looked for."""
    result.fingerprints = [own for _, own in found]
    keys = bucket_keys(result.fingerprints, rules.banding)
    result.files = [
        dataclasses.replace(file, bands=bands) for (file, _), bands in zip(found, keys, strict=True)
    ]


def _reject(entry: Entry, failure: _Rejected) -> Reject:
    return reject_file(entry, failure.file_id, failure.stage, failure.reason, failure.detail)

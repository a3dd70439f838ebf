"""Screening a batch of files: read, decode, name the language, gate, score, fingerprint."""

import dataclasses
import json
from collections.abc import Sequence

import numpy as np

from transforms.records import Entry, FileKey
from transforms.rows import FileRead, Reason, Reject, Stage
from transforms.similarity.evaluation import Exclusion, describe, likenesses
from transforms.similarity.evaluation_index import EvaluationIndex
from transforms.similarity.minhash import Banding, band_keys, set_keys, signatures
from transforms.similarity.shingles import Hashes, Tokens, sets_of_tokens, token_hashes
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
    """What became of a batch: every entry is in `reads`, and in one of the others."""

    reads: list[FileRead] = dataclasses.field(default_factory=list)
    files: list[FileKey] = dataclasses.field(default_factory=list)
    rejects: list[Reject] = dataclasses.field(default_factory=list)


class _Rejected(Exception):
    """Raised where a file fails, with what the ledger says of it."""

    def __init__(self, stage: Stage, reason: str, detail: str, file_id: bytes = b"") -> None:
        super().__init__(reason)
        self.stage, self.reason, self.detail, self.file_id = stage, reason, detail, file_id


def screen(
    entries: Sequence[Entry], rules: ScreenRules, evaluation: EvaluationIndex | None = None
) -> Screened:
    """Screen a batch. One bad file costs one row in rejects, whatever it does.

    Args:
      entries: the batch.
      rules: of the build.
      evaluation: the index of the rules' exclusion.
    """
    result = Screened()
    kept: list[tuple[FileKey, bytes]] = []
    for entry in entries:
        raw_id, size_bytes = b"", 0
        try:
            raw = _read(entry, rules)
            raw_id, size_bytes = content_key(raw), len(raw)
            kept.append(_screen_file(entry, raw, raw_id))
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
    tokens = token_hashes([text for _, text in kept])
    signed = sign([file for file, _ in kept], tokens, rules)
    if rules.exclusion is None or evaluation is None:
        result.files = signed
        return result
    near = rules.exclusion.near_threshold
    for file, likeness in zip(signed, likenesses(evaluation, tokens, near), strict=True):
        if likeness is not None and likeness.contains(near):
            result.rejects.append(_evaluated(file, json.dumps(describe(evaluation, likeness))))
        else:
            result.files.append(dataclasses.replace(file, suspect=likeness is not None))
    return result


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


def sign(files: Sequence[FileKey], tokens: Tokens, rules: ScreenRules) -> list[FileKey]:
    """Give each file the keys that near duplicates share; a text without tokens has none."""
    sets = sets_of_tokens(tokens, rules.view)
    keys = iter(_bucket_keys([shingles for shingles in sets if len(shingles)], rules.banding))
    return [
        dataclasses.replace(file, bands=next(keys) if len(shingles) else b"")
        for file, shingles in zip(files, sets, strict=True)
    ]


def _bucket_keys(sets: Sequence[Hashes], banding: Banding) -> list[bytes]:
    if not sets:
        return []
    keys = np.hstack([band_keys(signatures(sets), banding), set_keys(sets)])
    return [row.tobytes() for row in keys.astype("<u8")]


def _reject(entry: Entry, failure: _Rejected) -> Reject:
    return Reject(
        level="file",
        id=failure.file_id.hex(),
        source=entry.source,
        repo=entry.repo,
        path=entry.path,
        stage=failure.stage,
        reason=failure.reason,
        detail=failure.detail,
    )


def _evaluated(file: FileKey, detail: str) -> Reject:
    return Reject(
        level="file",
        id=file.content_key.hex(),
        source=file.source,
        repo=file.repo,
        path=file.path,
        stage=Stage.NEAR_DEDUP,
        reason=Reason.EVALUATION,
        detail=detail,
    )

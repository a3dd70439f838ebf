"""What `tests.benchmarks.dedup` compares with: public tools, each as its user would run it.

Every tool cuts signatures into 25 bands of 10 rows and takes 5-token shingles. Documents come
best first, and where a peer leaves the decision to its user, a document is removed when the peer
finds it near one that was kept: the most favourable of the usual ways, since it makes no chains.
A peer's packages are imported only where it is asked for, and its name says what it is fed with:
by itself it takes texts, or shingles as bytes; `_tokens` and `_hashes` are the contract's tokens,
and shingles that this project has hashed, so that only the rest is the peer's own.
"""

import itertools
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.dedup_clock import (
    BANDS,
    ROWS,
    THRESHOLD,
    Clock,
    Document,
    Removed,
    batches,
    texts_of,
)
from transforms.similarity.shingles import shingle_sets

_PERMUTATIONS = 256
_USED = BANDS * ROWS
_TOKEN = re.compile(rb"[0-9A-Za-z_\x80-\xff]+|[^\s0-9A-Za-z_\x80-\xff]")


def _token_shingles(text: bytes) -> list[bytes]:
    """The distinct shingles of the contract's tokens, joined."""
    tokens = _TOKEN.findall(text)
    return list({b" ".join(tokens[at : at + 5]) for at in range(max(1, len(tokens) - 4))})


def _keep_first(
    signatures: Iterable[Any],
    query: Callable[[Any], Iterable[int]],
    insert: Callable[[int, Any], object],
) -> Removed:
    """Remove each document for which a query finds one that was kept."""
    removed: Removed = {}
    for at, signature in enumerate(signatures):
        found = min(query(signature), default=None)
        if found is None:
            insert(at, signature)
        else:
            removed[at] = found
    return removed


def _datasketch(hashed: Iterable[list[Any]], clock: Clock, **options: Any) -> Removed:
    from datasketch import MinHash, MinHashLSH

    signed = MinHash.bulk(hashed, num_perm=_PERMUTATIONS, **options)
    clock.step("signatures")
    index = MinHashLSH(num_perm=_PERMUTATIONS, params=(BANDS, ROWS))
    removed = _keep_first(signed, index.query, index.insert)
    clock.step("candidates")
    return removed


def datasketch(documents: Sequence[Document], clock: Clock) -> Removed:
    """datasketch's bulk signatures and index, with its own hash of shingles as bytes."""
    return _datasketch(map(_token_shingles, texts_of(documents)), clock)


def datasketch_hashes(documents: Sequence[Document], clock: Clock) -> Removed:
    """The same, of hashes that this project made: its permutations and index alone."""
    sets = (each for batch in batches(texts_of(documents)) for each in shingle_sets(batch))
    hashed = ((each >> np.uint64(32)).tolist() for each in sets)
    return _datasketch(hashed, clock, hashfunc=int)


def _rensa(hashed: Iterable[list[bytes]], clock: Clock) -> Removed:
    from rensa import RMinHash, RMinHashDeduplicator

    signed = []
    for sets in _grouped(hashed, 100):
        signed += RMinHash.from_token_sets(sets, num_perm=_USED, seed=42)
    clock.step("signatures")
    index = RMinHashDeduplicator(THRESHOLD, _USED, True, BANDS, 42)
    kept = index.add_pairs((str(at), each) for at, each in enumerate(signed))
    removed = [at for at, is_kept in enumerate(kept) if not is_kept]
    found = index.get_duplicate_sets([signed[at] for at in removed])
    answer = {
        at: min(map(int, keys), default=None) for at, keys in zip(removed, found, strict=True)
    }
    clock.step("candidates")
    return answer


def _grouped(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    waiting = iter(values)
    while group := list(itertools.islice(waiting, size)):
        yield group


def rensa(documents: Sequence[Document], clock: Clock) -> Removed:
    """rensa's R-MinHash and deduplicator, of shingles as bytes."""
    return _rensa(map(_token_shingles, texts_of(documents)), clock)


def rensa_hashes(documents: Sequence[Document], clock: Clock) -> Removed:
    """rensa's matrix calls, of hashes that this project made: its sketch and index alone."""
    from rensa import RMinHash, RMinHashLSH

    signed = []
    for batch in batches(texts_of(documents)):
        for each in shingle_sets(batch):
            ends = np.array([0, len(each)], np.uint64)
            signed.append(
                RMinHash.digest_matrix_from_flat_token_hashes(each, ends, num_perm=_USED, seed=42)
            )
    clock.step("signatures")
    index = RMinHashLSH(THRESHOLD, _USED, BANDS)
    removed: Removed = {}
    for at, matrix in enumerate(signed):
        index.insert_matrix(matrix, at)
        if index.query_duplicate_flags_matrix(matrix)[0]:  # it shares a band with a kept one
            index.remove(at)
            removed[at] = None
    clock.step("candidates")
    return removed


def _gaoya(documents: Sequence[Document], clock: Clock, *how: Any) -> Removed:
    from gaoya.minhash import MinHashStringIndex

    texts = [text.decode("utf-8", "replace") for text in texts_of(documents)]
    index = MinHashStringIndex(32, THRESHOLD, BANDS, ROWS, None, *how, id_container="vec")
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    found = index.par_bulk_query(texts)
    removed: Removed = {}
    for at, others in enumerate(found):
        kept = [other for other in others if other < at and other not in removed]
        if kept:
            removed[at] = min(kept)
    clock.step("candidates")
    return removed


def gaoya(documents: Sequence[Document], clock: Clock) -> Removed:
    """gaoya's string index with its own analyzer: shingles of words between white space."""
    return _gaoya(documents, clock, "word", False, (5, 5))


def gaoya_tokens(documents: Sequence[Document], clock: Clock) -> Removed:
    """gaoya's string index, of the contract's tokens."""

    def analyze(text: str) -> list[str]:
        return [each.decode("latin-1") for each in _token_shingles(text.encode())]

    return _gaoya(documents, clock, analyze, False, None)


def _datatrove(documents: Sequence[Document], clock: Clock, config: Any, tokenizer: Any) -> Removed:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import minhash
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter
    from loguru import logger

    logger.remove()
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/0.jsonl", "w") as file:
            for at, text in enumerate(texts_of(documents)):
                file.write(
                    json.dumps({"id": str(at), "text": text.decode("utf-8", "replace")}) + "\n"
                )
        clock.restart()  # its input is there before it starts
        sign = minhash.MinhashDedupSignature(f"{folder}/sign", config=config)
        sign.word_tokenizer = tokenizer or sign.word_tokenizer
        reader = JsonlReader(folder, glob_pattern="*.jsonl")

        def run(*steps: Any, tasks: int = 1) -> None:
            LocalPipelineExecutor(
                list(steps), tasks, workers=1, logging_dir=f"{folder}/logs", skip_completed=False
            ).run()

        run(reader, sign)
        clock.step("signatures")
        run(
            minhash.MinhashDedupBuckets(f"{folder}/sign", f"{folder}/dups", config=config),
            tasks=BANDS,
        )
        run(minhash.MinhashDedupCluster(f"{folder}/dups", f"{folder}/removed", config=config))
        out = JsonlWriter(f"{folder}/out", compression=None)
        run(reader, minhash.MinhashDedupFilter(f"{folder}/removed"), out)
        clock.step("candidates")
        lines = (line for path in Path(folder, "out").iterdir() for line in path.open())
        kept = {int(json.loads(line)["id"]) for line in lines}
    return dict.fromkeys(set(range(len(documents))) - kept)


def datatrove(documents: Sequence[Document], clock: Clock) -> Removed:
    """datatrove's four steps with its own words: lower case, no punctuation, digits alike."""
    from datatrove.pipeline.dedup import minhash

    config = minhash.MinhashConfig(num_buckets=BANDS, hashes_per_bucket=ROWS)
    return _datatrove(documents, clock, config, None)


def datatrove_tokens(documents: Sequence[Document], clock: Clock) -> Removed:
    """datatrove's four steps, of the contract's tokens."""
    from datatrove.pipeline.dedup import minhash
    from datatrove.utils.text import TextNormConfig

    class Tokens:
        def word_tokenize(self, text: str) -> list[str]:
            return [token.decode("latin-1") for token in _TOKEN.findall(text.encode())]

    config = minhash.MinhashConfig(
        num_buckets=BANDS,
        hashes_per_bucket=ROWS,
        norm_config=TextNormConfig(False, False, False, False, False),
    )
    return _datatrove(documents, clock, config, Tokens())


PEERS: dict[str, Callable[[Sequence[Document], Clock], Removed]] = {
    each.__name__: each
    for each in (
        datasketch,
        datasketch_hashes,
        rensa,
        rensa_hashes,
        gaoya,
        gaoya_tokens,
        datatrove,
        datatrove_tokens,
    )
}

"""All hostile files of all languages through a build of the whole graph."""

import collections
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil
import pyarrow.parquet as pq

from pipeline.validate.judge import validate
from tests.benchmarks.build import PeakMemory
from transforms.isolation import Limits
from transforms.languages.spec import load_languages

_MOST_UNIQUE_BYTES = 1 << 16
_MOST_NOISE_BYTES = 20_000
_PATIENCE_S = 3600


def torture_build(
    languages: Mapping[str, str],
    texts: Mapping[str, bytes],
    adversarial: Path | None,
    folder: Path,
    limits: Limits,
) -> list[str]:
    """Build a corpus of all texts as files of all languages; prints figures, returns faults."""
    corpus, output = folder / "corpus", folder / "output"
    _write_corpus(languages, _without_twins(texts), corpus)
    inputs = [f"corpus={corpus}", *([f"adversarial={adversarial}"] if adversarial else [])]
    faults = _run(inputs, output, limits)
    if faults:
        return faults
    faults += [
        f"validate: {outcome}" for outcome in validate(output, inputs) if outcome.verdict != "pass"
    ]
    written = sum(len(files) for _, _, files in os.walk(corpus))
    fates = collections.Counter(
        path for table in ("files", "duplicates", "rejects") for path in _files_of(output / table)
    )
    in_corpus = [count for (source, _), count in fates.items() if source == "corpus"]
    if len(in_corpus) != written or set(fates.values()) != {1}:
        faults.append(f"{written} files were written, and {len(in_corpus)} are in the ledger")
    return faults


def _without_twins(texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what differs from another text in white space alone.

    In all languages they would be hundreds of near duplicates of each other, among which dedup
    does not look at all pairs.
    """
    by_tokens = {(b"".join(text.split()) or text): name for name, text in texts.items()}
    return {name: texts[name] for name in by_tokens.values()}


def _write_corpus(languages: Mapping[str, str], texts: Mapping[str, bytes], corpus: Path) -> None:
    """Write each text for each language; a small one ends with its name, not to be a copy."""
    for grammar, name in languages.items():
        language = load_languages()[name]
        if not (language.extensions or language.file_names):
            continue  # it stands inside other files only
        file_name = f"x.{language.extensions[0]}" if language.extensions else language.file_names[0]
        for case, text in texts.items():
            path = corpus / grammar / case / file_name
            path.parent.mkdir(parents=True)
            first = corpus / next(iter(languages)) / case
            if text and len(text) <= _MOST_UNIQUE_BYTES:
                path.write_bytes(text + b"\n" + name.encode() + b"\n")
            elif path.parent == first:
                path.write_bytes(text)
            else:
                os.link(next(first.iterdir()), path)


def _run(inputs: list[str], output: Path, limits: Limits) -> list[str]:
    started = time.perf_counter()
    command = [sys.executable, "-m", "pipeline", "build", f"--output={output}"]
    command += [f"--input={given}" for given in inputs]
    # Nothing but copies are near enough to be left out: most texts differ by their last line.
    command += ["--near_threshold=1", f"--parser_timeout_s={limits.cpu_s}"]
    command += [f"--parser_memory_mb={limits.memory_mb}"]
    log = output.with_name("log")
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
        memory = PeakMemory(process.pid)
        try:
            code = process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return [f"the build did not end in {_PATIENCE_S} s"]
    said = log.read_text(errors="replace")
    print(said)
    print(
        f"build: {time.perf_counter() - started:.0f} s,"
        f" {memory.stop() / 1e6:.0f} MB peak of all its processes, {len(said)} bytes printed"
    )
    faults = [f"the build ended with exit code {code}"] if code else []
    if len(said) > _MOST_NOISE_BYTES:
        faults.append(f"the build printed {len(said)} bytes")
    return faults + [f"left behind: {child}" for child in psutil.Process().children()]


def _files_of(table: Path) -> list[tuple[str, str]]:
    rows = pq.read_table(table).to_pylist()
    return [(row["source"], row["path"]) for row in rows if row.get("level", "file") == "file"]

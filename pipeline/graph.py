"""The whole graph, on one page.

    read, screen → exact dedup → near dedup → parse, split, augment, instruct
        → sample dedup → balance languages → render → weigh, shuffle into shards, write → publish

Text stays where it is; decisions travel. A file is read where its text is needed: to screen and
fingerprint it, to verify a pair of near duplicates, to draft its samples, to render those that were
taken. Between these only small keys and recipes cross a shuffle, until the rendered rows do, once.
"""

import dataclasses

import apache_beam as beam

from pipeline.publish import PublishDataset, PublishPlan
from transforms.balance import BalanceLanguages
from transforms.dedup import KeepBestCopies, SettleDuplicates
from transforms.draft import DraftPlan, DraftSamples
from transforms.index.tables import IndexPlan
from transforms.isolation import Limits
from transforms.near_dedup import FindNearDuplicates
from transforms.render import RenderRows
from transforms.sample_dedup import DedupSamples
from transforms.samples.rules import DraftRules
from transforms.screen import ScreenFiles
from transforms.sources.screening import ScreenRules
from transforms.tables import DATA, DUPLICATES, FILES, INPUTS, REJECTS
from transforms.write import WriteShards


@dataclasses.dataclass(frozen=True, slots=True)
class GraphPlan:
    """What the graph needs to know.

    Attributes:
      spill_dir: a local folder that groupings spill to; None where the runner spills by itself.
      progress_dir: a local folder in which workers tell how far they are; None where nobody looks.
    """

    screen: ScreenRules
    index: IndexPlan | None
    draft: DraftRules
    parser_limits: Limits
    publish: PublishPlan
    repo_from: str
    near_threshold: float
    max_same_target: int
    target_per_language: int
    num_shards: int | None
    weight_k: float
    staging: str
    spill_dir: str | None
    progress_dir: str | None


def build_graph(pipeline: beam.Pipeline, plan: GraphPlan) -> None:
    """Wire the graph of a build."""
    spill = plan.spill_dir

    screened = pipeline | "Screen" >> ScreenFiles(
        plan.screen, plan.repo_from, plan.index, spill, plan.progress_dir
    )

    best = screened.files | "ExactDedup" >> KeepBestCopies(spill)
    near = best | "NearDedup" >> FindNearDuplicates(
        plan.screen, plan.near_threshold, plan.index, spill
    )
    kept = {
        "files": screened.files,
        "removals": near.removals,
    } | "SettleDuplicates" >> SettleDuplicates(spill)

    draft_plan = DraftPlan(plan.draft, plan.parser_limits, plan.screen.exclusion, plan.progress_dir)
    drafted = kept.files | "Draft" >> DraftSamples(draft_plan, plan.index, spill)

    unique = drafted.draft_keys | "SampleDedup" >> DedupSamples(plan.max_same_target, spill)
    balanced = unique.draft_keys | "Balance" >> BalanceLanguages(
        plan.target_per_language, plan.draft.caps.mix, spill
    )

    rendered = {
        "file_drafts": drafted.file_drafts,
        "taken": balanced.taken,
    } | "Render" >> RenderRows(plan.draft, plan.num_shards, spill)

    rejects = (
        screened.rejects,
        drafted.rejects,
        unique.rejects,
        rendered.rejects,
    ) | "Rejects" >> beam.Flatten()
    duplicates = (kept.duplicates, unique.duplicates) | "Duplicates" >> beam.Flatten()
    outputs = {
        DATA: rendered.rows,
        FILES: rendered.used_files,
        DUPLICATES: duplicates,
        REJECTS: rejects,
        INPUTS: screened.reads,
        "qualities": rendered.qualities,
        "shard_counts": rendered.shard_counts,
    } | "Write" >> WriteShards(plan.staging, plan.weight_k, plan.draft.sample_format.name, spill)

    finished = {
        "outputs": outputs,
        "cutoffs": balanced.cutoffs,
        "oversize": near.oversize,
        "indexed": near.indexed,
    }
    _ = finished | "Publish" >> PublishDataset(plan.publish, spill)

"""Publish: move a finished build into its place, build.json last of all."""

import dataclasses
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence

import apache_beam as beam

from pipeline.accounting import account
from pipeline.pages import write_card, write_report
from transforms.group import Grouped, JoinByKey
from transforms.index.tables import INDEXED, IndexPlan, write_basis
from transforms.records import Cutoff, Oversize, Shard, ShardOutput
from transforms.tables import DATA, DUPLICATES, FILES, REJECTS

BUILD_JSON = "build.json"
PUBLISHED = (DATA, FILES, DUPLICATES, REJECTS, "README.md", "report.html", BUILD_JSON)
_ONE_KEY = b"build"


@dataclasses.dataclass(frozen=True, slots=True)
class PublishPlan:
    """What publishing needs to know.

    Attributes:
      output: the dataset's folder. staging: a folder inside it, with everything written so far.
      options: every option's value. versions: of the packages that decide what comes out.
      started: seconds since the epoch.
      index: the dedup index that the build leaves, if any.
      evaluation: of each evaluation set, its items and those too short to be found.
    """

    output: str
    staging: str
    options: Mapping[str, object]
    versions: Mapping[str, str]
    started: float
    index: IndexPlan | None
    evaluation: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)


class PublishDataset(beam.PTransform):
    """{outputs: ShardOutputs, cutoffs: Cutoffs, oversize: Oversizes} -> the path of build.json.

    One shuffle, of one row a shard.
    """

    def __init__(self, plan: PublishPlan, spill_dir: str | None) -> None:
        super().__init__()
        self._plan = plan
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, written: dict[str, beam.PCollection]) -> beam.PCollection[str]:
        return (
            {
                "outputs": written["outputs"] | "OutputsKey" >> beam.Map(_keyed_output),
                "cutoffs": written["cutoffs"] | "CutoffsKey" >> beam.Map(_keyed_cutoff),
                "oversize": written["oversize"] | "OversizeKey" >> beam.Map(_keyed_oversize),
                "indexed": written["indexed"] | "IndexedKey" >> beam.Map(_keyed_indexed),
            }
            | "Gather" >> JoinByKey(self._spill_dir)
            | "Publish" >> beam.ParDo(_PublishFn(self._plan))
        )


def _keyed_output(output: ShardOutput) -> tuple[bytes, ShardOutput]:
    return _ONE_KEY, output


def _keyed_cutoff(cutoff: Cutoff) -> tuple[bytes, Cutoff]:
    return _ONE_KEY, cutoff


def _keyed_oversize(oversize: Oversize) -> tuple[bytes, Oversize]:
    return _ONE_KEY, oversize


def _keyed_indexed(shard: Shard) -> tuple[bytes, Shard]:
    return _ONE_KEY, shard


class _PublishFn(beam.DoFn):
    def __init__(self, plan: PublishPlan) -> None:
        self._plan = plan

    def process(self, element: Grouped) -> Iterator[str]:
        plan = self._plan
        build = account(
            plan.staging,
            plan.options,
            plan.versions,
            plan.evaluation,
            element[1]["outputs"],
            element[1]["cutoffs"],
            element[1]["oversize"],
        )
        build["seconds"] = {"total": round(time.time() - plan.started, 3)}
        write_card(os.path.join(plan.staging, "README.md"), build)
        write_report(os.path.join(plan.staging, "report.html"), build)
        with open(os.path.join(plan.staging, BUILD_JSON), "w", encoding="utf-8") as file:
            json.dump(build, file, indent=1, ensure_ascii=False)
            file.write("\n")
        move_into_place(plan.staging, plan.output, PUBLISHED)
        if plan.index is not None:
            write_basis(plan.index.staging, plan.index.basis, plan.versions)
            move_into_place(plan.index.staging, plan.index.folder, INDEXED)
        yield os.path.join(plan.output, BUILD_JSON)


def move_into_place(staging: str, output: str, names: Sequence[str]) -> None:
    """Replace what stands in `output` by what is in `staging`.

    The last of the names is what makes it complete: the old one goes first and the new one comes
    last, so at no moment is a mixture called complete. Called again after it was stopped half-way,
    it goes on where it was.
    """
    if os.path.exists(os.path.join(staging, names[-1])):
        _remove(os.path.join(output, names[-1]))
    for name in names:
        ready, place = os.path.join(staging, name), os.path.join(output, name)
        if os.path.exists(ready):
            _remove(place)
            os.replace(ready, place)


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)

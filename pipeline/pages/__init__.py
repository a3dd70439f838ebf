"""The pages of a dataset: its card and its report, filled from build.json."""

import functools
from collections.abc import Mapping
from typing import Any

import jinja2
import yaml

from transforms.languages.spec import load_languages


def write_card(path: str, build: Mapping[str, Any]) -> None:
    """Write README.md: a YAML header for the Hub, counts, options, licences, how to load."""
    _write(path, "card.md.jinja", build, header=_header(build))


def write_report(path: str, build: Mapping[str, Any]) -> None:
    """Write report.html: one self-contained page."""
    _write(path, "report.html.jinja", build)


def _write(path: str, template: str, build: Mapping[str, Any], **more: object) -> None:
    titles = {name: language.title for name, language in load_languages().items()}
    page = _environment().get_template(template).render(build=build, titles=titles, **more)
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline", "pages"),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _header(build: Mapping[str, Any]) -> str:
    """The YAML header: which files make which split, and what the dataset holds."""
    rows = build["counts"]["split"]
    shards = [output for output in build["outputs"] if output["path"].startswith("data/")]
    size_bytes = {
        split: sum(shard["bytes"] for shard in shards if shard["path"].startswith(f"data/{split}-"))
        for split in ("train", "validation")
    }
    splits = [split for split, size in size_bytes.items() if size]
    header = {
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": split, "path": f"data/{split}-*.parquet"} for split in splits
                ],
            }
        ],
        "dataset_info": {
            "splits": [
                {"name": split, "num_bytes": size_bytes[split], "num_examples": rows.get(split, 0)}
                for split in splits
            ],
        },
        "size_categories": [_size_category(build["accounting"]["rows_written"])],
        "tags": ["code", "instruction-tuning", "warpbeam"],
        "task_categories": ["text-generation"],
    }
    return yaml.safe_dump(header, sort_keys=False)


def _size_category(rows: int) -> str:
    """The Hub's name for a size."""
    bounds = (
        (1_000, "n<1K"),
        (10_000, "1K<n<10K"),
        (100_000, "10K<n<100K"),
        (1_000_000, "100K<n<1M"),
    )
    return next((name for bound, name in bounds if rows < bound), "n>1M")

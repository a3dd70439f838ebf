"""A small honest dataset, made by hand from a few source files, for the judge's tests to spoil."""

import dataclasses
import os
import pathlib

from pipeline.validate.curriculum import FIGURES
from pipeline.validate.dataset import SCHEMAS
from tests.validate.corpus import FILES, GO, SHAPES, Record, digest, key_of, place_of, repo_of
from transforms.samples.difficulty import RANK_SCALE, curriculum_rank, difficulty
from transforms.similarity.shingles import jaccard, shingle_sets


@dataclasses.dataclass
class Made:
    """A dataset in memory.

    Attributes:
      folder: the input.
      directory: where it is written to.
      over: samples over the target, by language.
    """

    folder: pathlib.Path
    directory: pathlib.Path
    rows: list[Record]
    files: list[Record]
    duplicates: list[Record]
    rejects: list[Record]
    over: dict[str, int]
    build: Record = dataclasses.field(default_factory=dict)
    shards: dict[str, list[Record]] = dataclasses.field(default_factory=dict)

    def row(self, task: str, variant: str = "original") -> Record:
        """The first row of a task and variant."""
        return next(row for row in self.rows if (row["task"], row["variant"]) == (task, variant))

    def file(self, path: str) -> Record:
        """The used file of a path."""
        return next(file for file in self.files if file["path"] == path)

    def duplicate(self, kind: str, level: str = "file") -> Record:
        """The first duplicate of a kind and level."""
        return next(
            each for each in self.duplicates if (each["kind"], each["level"]) == (kind, level)
        )

    def reject(self, path: str) -> Record:
        """The reject of a path."""
        return next(each for each in self.rejects if each["path"] == path)


def make(parent: pathlib.Path) -> Made:
    """Write the input and make the tables of its dataset."""
    folder = parent / "input"
    for path, raw in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    (folder / "beta/link.py").symlink_to("text.go")
    bad = os.path.join(os.fsencode(folder), b"beta", b"bad_\xff.py")
    with open(bad, "wb") as file:
        file.write(b"x = 2\n")
    rows = _rows()
    return Made(
        folder=folder,
        directory=parent / "dataset",
        rows=rows,
        files=_used(),
        duplicates=_duplicates(rows),
        rejects=_rejects(),
        over={"python": 1},
    )


def sample(path: str, task: str, start: str, end: str, context: str, **columns: object) -> Record:
    """A row: its target runs from the first `start` of the file to the next `end`, inclusive."""
    text = FILES[path].removeprefix(b"\xef\xbb\xbf").decode()
    at = text.index(start)
    after = text.index(end, at) + len(end)
    target = text[at:after]
    row = {
        "task": task,
        "variant": "original",
        "variant_of": "",
        "origin": "human",
        "instruction": f"Do the {task}.",
        "context": text[:at] if context == "before" else context,
        "suffix": "",
        "target": target,
        "start_byte": len(text[:at].encode()),
        "end_byte": len(text[:after].encode()),
        "start_line": 1 + text[:at].count("\n"),
        "end_line": 1 + text[: after - 1].count("\n"),
        "context_path": "",
        "container": "",
        "redactions": 0,
        "turn_tasks": [task],
        **place_of(path),
        **columns,
    }
    row["instruction_id"] = f"{task}/{row['split']}"
    measure(row)
    row["id"] = digest(f"{path} {task} {start} {row['variant']}".encode())
    render(row)
    return row


def measure(row: Record, lines: int | None = None) -> None:
    """Say how hard a row is: its definition has two branches and so many lines."""
    figures = (0, 0, 0)
    if row.get("code_type"):
        more = 0 if row["origin"] == "derived" else 3
        figures = (3, 1, lines or row["end_line"] - row["start_line"] + 1 + more)
    row |= dict(zip(FIGURES, figures, strict=True))
    rank = curriculum_rank(*figures[:2], figures[2] or 1, row["language"])
    row |= {"curriculum_rank": rank / RANK_SCALE, "difficulty": difficulty(rank)}


def render(row: Record) -> None:
    """Lay a row's parts out as messages."""
    prompt = f"{row['instruction']}\n\n```\n{row['context']}\n```\n{row['suffix']}"
    row["messages"] = [
        {"role": "user", "content": prompt},
        {"role": "assistant", "content": row["target"]},
    ]


def _rows() -> list[Record]:
    shapes, go = "mono/alpha/shapes.py", "beta/text.go"
    function = sample(
        shapes,
        "function_completion",
        "\n    total = 0",
        "return total",
        "before",
        quality_score=0.9,
        symbol="perimeter",
        code_type="function",
    )
    context = SHAPES[: SHAPES.index("\n    total = 0")]
    variant = sample(
        shapes,
        "function_completion",
        "def perimeter",
        "return total",
        context,
        quality_score=0.8,
        symbol="perimeter",
        code_type="function",
        variant="renamed_variables",
        variant_of=function["id"],
        origin="derived",
    )
    variant["target"] = (
        function["target"]
        .replace("total = 0", "amount = 0")
        .replace("for side in", "for edge in")
        .replace("if side", "if edge")
        .replace("{side}", "{edge}")
        .replace("{total}", "{amount}")
        .replace("total += side", "amount += edge")
        .replace("return total", "return amount")
    )
    render(variant)
    doc = '    """Add up the sides of a polygon, one after the other."""\n'
    definition = SHAPES[SHAPES.index("def perimeter") : SHAPES.index("\n\n\nclass")]
    return [
        function,
        variant,
        sample(
            shapes,
            "method_completion",
            "\n        product",
            "scale**3",
            "import math\n\n"
            + SHAPES[SHAPES.index("class Box") : SHAPES.index("\n        product")],
            quality_score=0.85,
            symbol="Box.volume",
            code_type="method",
        ),
        sample(
            shapes,
            "add_docstring",
            "def perimeter",
            "return total",
            definition.replace(doc, ""),
            quality_score=0.7,
            symbol="perimeter",
            code_type="function",
        ),
        sample(
            "gamma/tool.py",
            "function_completion",
            "\n    for argument",
            "len(arguments)",
            "before",
            quality_score=0.6,
            symbol="main",
            code_type="function",
        ),
        sample(
            go,
            "fill_in_middle",
            "for i, j",
            "\n\t}",
            "before",
            quality_score=0.75,
            symbol="Reverse",
            code_type="function",
            suffix=GO[GO.index("\n\treturn string") :],
        ),
        sample(
            "top.c",
            "line_completion",
            "puts(",
            ";",
            "before",
            quality_score=0.65,
            symbol="",
            code_type="",
        ),
    ]


def _used() -> list[Record]:
    definitions = {"mono/alpha/shapes.py": 4, "beta/text.go": 1, "gamma/tool.py": 4, "top.c": 1}
    columns = [name for name, _ in SCHEMAS["files"]]
    return [
        {
            name: value
            for name, value in {
                **place_of(path),
                "size_bytes": len(FILES[path].removeprefix(b"\xef\xbb\xbf")),
                "definitions": number,
                "samples_made": number,
            }.items()
            if name in columns
        }
        for path, number in definitions.items()
    ]


def _duplicates(rows: list[Record]) -> list[Record]:
    files = [
        ("exact", "mono/alpha/zz/shapes.py", 0.9, "mono/alpha/shapes.py", 0.9),
        ("near", "beta/near.py", 0.8, "mono/alpha/shapes.py", 0.9),
        ("exact", "delta/odd_copy.py", 0.5, "delta/odd.py", 0.5),
    ]
    duplicates = []
    for kind, path, quality, survivor, survivor_quality in files:
        duplicates.append(
            {
                "level": "file",
                "kind": kind,
                "id": key_of(path),
                "source": "input",
                "repo": repo_of(path),
                "path": path,
                "survivor_id": key_of(survivor),
                "survivor_source": "input",
                "survivor_repo": repo_of(survivor),
                "survivor_path": survivor,
                "similarity": jaccard(*shingle_sets([FILES[path], FILES[survivor]])),
                "quality": quality,
                "survivor_quality": survivor_quality,
            }
        )
    tool, shapes = "gamma/tool.py", "mono/alpha/shapes.py"
    copy = duplicates[0] | {"level": "sample", "id": digest(b"a copy"), "quality": 0.55}
    copy |= {"repo": repo_of(tool), "path": tool, "survivor_id": rows[0]["id"]}
    copy |= {"survivor_path": shapes, "survivor_quality": rows[0]["quality_score"]}
    return [*duplicates, copy]


def _rejects() -> list[Record]:
    rejects = [
        ("file", "", "mono/alpha/.git", "read", "version_control"),
        ("file", "", "beta/link.py", "read", "not_regular"),
        ("file", "", "beta/large.py", "read", "too_large"),
        ("file", digest(b""), "beta/empty.py", "screen", "empty"),
        ("file", digest(bytes(range(256))), "beta/blob.dat", "screen", "binary"),
        ("file", digest(b"x = 2\n"), "beta/bad_\\xff.py", "screen", "unknown_language"),
        ("file", key_of("delta/odd.py"), "delta/odd.py", "parse", "failed"),
        ("sample", digest(b"too long"), "gamma/tool.py", "split", "target_too_long"),
    ]
    columns = ("level", "id", "path", "stage", "reason")
    return [
        {
            "source": "input",
            "detail": "",
            **dict(zip(columns, reject, strict=True)),
            "repo": repo_of(reject[2]),
        }
        for reject in rejects
    ]

"""Imports go one way, and pure modules know no Beam."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PURE = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "transforms").rglob("*.py")
    if path.parent != ROOT / "transforms"
    or path.name
    in (
        *("__init__.py", "isolation.py", "pair_records.py", "records.py", "rows.py", "tables.py"),
        "progress.py",
    )
)


def imported(path: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", PURE)
def test_pure_modules_import_no_beam_and_nothing_above(path: str) -> None:
    beam_modules = {
        f"transforms.{found.stem}"
        for found in (ROOT / "transforms").glob("*.py")
        if str(found.relative_to(ROOT)) not in PURE
    }
    names = imported(path)
    assert not {name for name in names if name.partition(".")[0] in ("apache_beam", "pipeline")}
    assert not names & beam_modules


@pytest.mark.parametrize(
    "path", sorted(str(p.relative_to(ROOT)) for p in (ROOT / "transforms").glob("*.py"))
)
def test_transforms_do_not_import_the_pipeline(path: str) -> None:
    assert not {name for name in imported(path) if name.partition(".")[0] == "pipeline"}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--help"], id="help"),
        pytest.param(["build", "--help"], id="build help"),
        pytest.param(["languages"], id="languages"),
        pytest.param(["build", "--seed", "x"], id="wrong option"),
    ],
)
def test_quick_answers_import_no_beam(arguments: list[str]) -> None:
    code = (
        "import sys; sys.argv[1:] = sys.argv[1:]\n"
        "from pipeline.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('BEAM' if 'apache_beam' in sys.modules else 'QUICK')"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.endswith("QUICK\n"), done.stderr

"""What every task promises, on real files."""

import collections
import itertools
import pathlib
import sysconfig

import pytest

from tests.samples.views import real_files, texts, view_of
from transforms.samples import tasks
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Piece
from transforms.samples.instructions import load_templates
from transforms.samples.tasks import load_tasks

VENDORED = pathlib.Path(__file__).resolve().parents[3] / "shared" / "corpus" / "vendored" / "files"
LIBRARY = pathlib.Path(sysconfig.get_path("stdlib"))
MODULES = (
    "argparse",
    "ast",
    "bisect",
    "csv",
    "dataclasses",
    "heapq",
    "json/decoder",
    "shelve",
    "textwrap",
)
COMPLETIONS = (
    "class_completion",
    "fill_in_middle",
    "function_completion",
    "implement_from_spec",
    "line_completion",
    "method_completion",
)
RUN_CHARS = 40


def views(max_context_chars: int) -> list[SourceView]:
    """Return standard library modules and, where they are at hand, the vendored corpus's files."""
    library = [("python", (LIBRARY / f"{name}.py").read_bytes()) for name in MODULES]
    return [view_of(t, lang, max_context_chars) for lang, t in library + real_files(VENDORED)]


def check_promises(view: SourceView, cut: Cut) -> None:
    """Check what DESIGN promises of a cut of origin human."""
    context, target, suffix = texts(
        view, cut
    )  # renders: every piece begins and ends between characters
    assert target.strip()
    pieces = [piece for piece in cut.context if isinstance(piece, Piece)]
    assert len(pieces) == len(cut.context)
    if cut.origin != "human":
        return
    assert view.text[cut.span.start : cut.span.end].decode() == target
    if cut.task == "method_completion" and any(p.start >= cut.span.end for p in pieces):
        check_members(view, cut, pieces)
    else:
        assert all(a.end < b.start for a, b in itertools.pairwise(pieces))
    if cut.task in COMPLETIONS:
        assert pieces[-1].end == cut.span.start
        # But for a line's end by itself, which puts a blank line between members.
        starts = [p.start for p in pieces[1:] if view.text[p.start : p.end].strip()]
        assert all(view.text[start - 1 : start] == b"\n" for start in starts)
        check_no_leak(view, cut, context, target, suffix)
    if suffix:
        assert cut.suffix[0].start == cut.span.end


def check_members(view: SourceView, cut: Cut, pieces: list[Piece]) -> None:
    """Check that what follows a method in its class is shown in whole lines, each but once."""
    after = [piece for piece in pieces if piece.start >= cut.span.end]
    assert all(a.end < b.start for a, b in itertools.pairwise(after))
    for piece in after:
        assert view.text[: piece.start].endswith(b"\n")
        assert view.text[: piece.end].endswith(b"\n")
    first = pieces.index(after[0])
    assert pieces[first : first + len(after)] == after
    assert all(a.end < b.start for a, b in itertools.pairwise(pieces[:first]))


def check_no_leak(view: SourceView, cut: Cut, context: str, target: str, suffix: str) -> None:
    """Check that no 40 characters of the target stand in the prompt but for those elsewhere."""
    outside = (view.text[: cut.span.start].decode(), view.text[cut.span.end :].decode())
    for start in range(len(target) - RUN_CHARS + 1):
        run = target[start : start + RUN_CHARS]
        if run in context or run in suffix:
            assert any(run in text for text in outside), (view.path, cut.task, run)


@pytest.mark.parametrize("max_context_chars", [400, 3000], ids=["tight", "ample"])
def test_promises_hold(max_context_chars: int) -> None:
    made = collections.Counter()
    for view in views(max_context_chars):
        for spec in load_tasks():
            for cut in spec.cut(view):
                assert cut.task == spec.name
                context, _, suffix = texts(view, cut)
                bounded = len(context) + len(suffix) <= max_context_chars
                if cut.task in ("fill_in_middle", "line_completion"):
                    assert bounded
                if bounded:
                    check_promises(view, cut)
                made[spec.name] += 1
    # Stubs of tests are made where they are asked for.
    names = {spec.name for spec in load_tasks()} - {"write_tests"}
    assert set(made) == names or not VENDORED.is_dir()
    assert made["function_completion"] > 100
    assert made["fill_in_middle"] > 300


def test_twice_the_same() -> None:
    for language, text in [("python", (LIBRARY / "textwrap.py").read_bytes())]:
        first, second = (
            [list(spec.cut(view_of(text, language))) for spec in load_tasks()] for _ in range(2)
        )
        assert first == second


def test_corpus_is_at_hand() -> None:
    if not VENDORED.is_dir():
        pytest.skip(f"no vendored corpus at {VENDORED}: only the standard library was checked")
    assert len(real_files(VENDORED)) > 50


def test_tasks_are_found_because_they_are_there() -> None:
    """Whoever adds a task need not come here: its file, its name and its templates agree."""
    folder = pathlib.Path(tasks.__file__).parent
    with_spec = {path.stem for path in folder.glob("*.py") if "\nSPEC = " in path.read_text()}
    names = [spec.name for spec in load_tasks()]
    assert names == sorted(with_spec)
    assert len(names) >= 5
    assert set(names) <= set(load_templates())

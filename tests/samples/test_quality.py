"""Sample quality: it spreads, and tells the same thing told better from it told worse."""

import pathlib
import statistics
import sysconfig

from tests.samples.views import cuts_of, view_of
from transforms.samples.quality import sample_quality, variant_quality
from transforms.samples.tasks import load_tasks

LIBRARY = pathlib.Path(sysconfig.get_path("stdlib"))
GOOD = '''\
def merge_intervals(intervals, minimum_gap=0):
    """Merge the intervals that overlap, or that are closer to one another than a gap.

    Returns new intervals in ascending order.
    """
    merged = []
    for start, end in sorted(intervals):
        if merged and start - merged[-1][1] <= minimum_gap:
            previous_start, previous_end = merged.pop()
            merged.append((previous_start, max(previous_end, end)))
        else:
            merged.append((start, end))
    return merged
'''


def quality_of(source: str, file_quality: int = 7000) -> int:
    """Return the quality of a text's only function."""
    view = view_of(source)
    (cut,) = cuts_of(view, "function_completion").values()
    return sample_quality(view, cut, file_quality)


def test_order() -> None:
    good = quality_of(GOOD)
    undocumented = GOOD[: GOOD.index('    """')] + GOOD[GOOD.index("    merged = []") :]
    letters = undocumented.replace("merged", "m").replace("start", "s").replace("end", "e")
    assert good > 8000
    assert good > quality_of(undocumented) > quality_of(letters)
    assert quality_of(GOOD, 9000) > good > quality_of(GOOD, 2000)
    repetitive = "def f(values):\n" + "    values.append(item)\n" * 40
    assert quality_of(repetitive) < 6000
    endless = "".join(f"    values.append(item_{i} + {i})\n" for i in range(400))
    assert quality_of("def f(values):\n" + endless) < good


def test_range_and_variants() -> None:
    assert all(0 <= quality_of(GOOD, file) <= 10_000 for file in (0, 1, 5000, 10_000))
    assert variant_quality(8000) == 7500
    assert variant_quality(500) == 0
    assert variant_quality(499) is None


def test_it_spreads_over_real_files() -> None:
    grades = []
    for path in sorted(LIBRARY.glob("[a-g]*.py")):
        view = view_of(path.read_bytes())
        for spec in load_tasks():
            grades += [sample_quality(view, cut, 6500) / 10_000 for cut in spec.cut(view)]
    assert len(grades) > 2000
    assert statistics.pstdev(grades) > 0.12
    assert 0.5 < statistics.median(grades) < 0.75
    assert max(grades) < 1

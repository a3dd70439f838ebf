"""The oracle that needs no tool but Python, on Python's own library."""

import sysconfig
from pathlib import Path

from tests.oracles import python_ast
from tests.oracles.__main__ import Tally, compare


def test_outlines_agree_with_pythons_own_parser() -> None:
    tally = Tally()
    library = Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(library.glob("*.py"))[:100]:
        definitions = list(python_ast.definitions(path.read_text("utf-8")))
        compare("python", {"path": str(path), "definitions": definitions}, tally)
    assert tally.theirs > 3_000
    assert (tally.both, tally.ours) == (tally.theirs, tally.theirs)
    assert all(tally.agree[name] == tally.both for name in ("parameters", "end_line", "doc"))

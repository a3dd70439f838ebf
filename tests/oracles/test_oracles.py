"""The oracle that needs no tool but Python, on Python's own library; how tags are compared."""

import sysconfig
from pathlib import Path
from typing import Any

from tests.oracles import python_ast, tags
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


def test_tags_are_found_by_name_and_place(tmp_path: Path) -> None:
    source = b"\xef\xbb\xbfvoid one(void) {\n  two();\n}\nint two;\n"
    path = tmp_path / "x.c"
    path.write_bytes(source)

    def tag(name: bytes, place: int, excluded: str = "") -> dict[str, Any]:
        return {
            "kind": "function", "name": name.decode(), "line": 1,
            "name_start": place, "excluded": excluded,
        }  # fmt: skip

    seen = {
        "path": str(path),
        "has_error": False,
        "definitions": [
            tag(b"one", source.index(b"one")),
            tag(b"one", source.index(b"two()")),
            tag(b"two", source.index(b"two()")),
            tag(b"two", source.index(b"two;"), "variable"),
        ],
    }
    accepted, everything = Tally(), Tally()
    tags.compare("c", seen, accepted, everything)
    assert (accepted.both, accepted.theirs) == (1, 3)
    assert accepted.agree["variable"] == 1
    assert accepted.differences["missed function"] == 2
    tags.compare("c", seen | {"has_error": True}, accepted, everything)
    assert (accepted.files, accepted.refused) == (1, 1)
    assert (everything.both, everything.theirs) == (2, 6)

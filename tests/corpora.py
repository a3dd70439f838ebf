"""Small real corpora for whole-graph tests.

They are packages of the running Python's standard library, and files made here.
"""

import shutil
import sysconfig
from pathlib import Path

PACKAGES = ("json", "email", "logging", "concurrent")

GO = """// Package area measures boxes.
package area

import "errors"

// Area returns the area of a box, and an error where a side is negative.
func Area(width, height int) (int, error) {
	if width < 0 || height < 0 {
		return 0, errors.New("a side is negative")
	}
	return width * height, nil
}
"""
SHELL = b"""echo "step @ of the installation"
mkdir -p "$target/part@"
for file in "$source"/part@/*; do
    cp "$file" "$target/part@" || exit @
done
"""


def write_corpus(root: Path, *, backwards: bool = False) -> Path:
    """Write the corpus; `backwards` makes the same files in the opposite order."""
    library = Path(sysconfig.get_path("stdlib"))
    files = {
        f"{package}/{path.relative_to(library / package)}": path.read_bytes()
        for package in PACKAGES
        for path in sorted((library / package).rglob("*.py"))
    }
    encoder = files["json/encoder.py"]
    files |= {
        "copies/exact.py": encoder,
        "copies/near.py": encoder + b"\n\nEXTRA = 1\n",
        "gophers/area.go": GO.encode(),
        "odd/empty.py": b"",
        "odd/binary.py": b"\x00\x01",
        "odd/strange.zzz": b"?",
        "odd/key.py": b'TOKEN = "ghp_x7Kq2mZt9LwR4vB8nJ3sD6fG1hP5cY0aQeUi"\n',
        "top.sh": b"#!/bin/sh\n" + b"".join(SHELL.replace(b"@", b"%d" % n) for n in range(10)),
    }
    shutil.rmtree(root, ignore_errors=True)
    for name in sorted(files, reverse=backwards):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(files[name])
    return root

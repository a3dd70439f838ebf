"""The source files of the honest dataset."""

import hashlib
from typing import Any

Record = dict[str, Any]

SHAPES = '''\
"""Shapes and what they measure."""

import math


def perimeter(sides):
    """Add up the sides of a polygon, one after the other."""
    total = 0
    for side in sides:
        if side < 0:
            raise ValueError(f"side {side} is negative, total so far {total}")
        total += side  # total grows
    return total


class Box:
    """A box with three sides."""

    def __init__(self, width, height, depth):
        self.width = width
        self.height = height
        self.depth = depth

    def volume(self, scale=1):
        """Multiply the sides of the box, scaled."""
        product = self.width * self.height * self.depth
        return product * scale**3

    def diagonal(self):
        squares = (self.width**2, self.height**2, self.depth**2)
        return math.sqrt(sum(squares))


def circle_area(radius):
    return math.pi * radius**2
'''

TOOL = """\
import sys


def main(arguments):
    for argument in arguments:
        print(argument.strip().upper())
    return len(arguments)


def usage():
    print("usage: tool WORDS", file=sys.stderr)


def twice(text):
    return text + text
"""

GO = """\
package text

// Reverse turns a string around.
func Reverse(s string) string {
\trunes := []rune(s)
\tfor i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
\t\trunes[i], runes[j] = runes[j], runes[i]
\t}
\treturn string(runes)
}
"""

C = """\
#include <stdio.h>

static const char *greeting = "hello";

int main(void) {
    puts(greeting);
    return 0;
}
"""

ODD = "def odd(number):\n    remainder = number % 2\n    return remainder == 1\n"

FILES = {
    "mono/alpha/shapes.py": SHAPES.encode(),
    "mono/alpha/zz/shapes.py": SHAPES.encode(),
    "mono/alpha/.git/HEAD": b"ref: refs/heads/main\n",
    "beta/near.py": SHAPES.replace("circle_area", "disc_area").encode(),
    "beta/text.go": b"\xef\xbb\xbf" + GO.encode(),
    "beta/empty.py": b"",
    "beta/blob.dat": bytes(range(256)),
    "beta/large.py": b"x = 1\n",
    "gamma/tool.py": TOOL.encode(),
    "delta/odd.py": ODD.encode(),
    "delta/odd_copy.py": ODD.encode(),
    "top.c": C.encode(),
}


def digest(data: bytes) -> str:
    """Hex blake2b-16."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


_REPOS = {"mono": "mono/alpha", "top.c": ""}

_LANGUAGES = {".py": "python", ".go": "go", ".c": "c"}

_QUALITIES = {
    "mono/alpha/shapes.py": 0.9,
    "beta/text.go": 0.75,
    "gamma/tool.py": 0.6,
    "top.c": 0.65,
}


def repo_of(path: str) -> str:
    """The repository of a path."""
    top = path.split("/")[0]
    return _REPOS.get(top, top)


def place_of(path: str) -> Record:
    """The columns that a row and its file share."""
    return {
        "source": "input",
        "repo": repo_of(path),
        "path": path,
        "revision": "",
        "license": "",
        "content_key": key_of(path),
        "language": _LANGUAGES[path[path.rindex(".") :]],
        "split": "validation" if path.startswith("gamma") else "train",
        "file_quality": _QUALITIES.get(path, 0.5),
    }


def key_of(path: str) -> str:
    """The content key of a file."""
    return digest(FILES[path].removeprefix(b"\xef\xbb\xbf"))

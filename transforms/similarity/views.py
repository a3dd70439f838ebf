"""What is compared of a text: its tokens as they are, or with its names left out.

In the view `identifiers` all that is told of a name is how many tokens before it the same name last
stood, if that is within the shingle. So two shingles are equal if and only if a one-to-one renaming
makes their tokens so.

Source: Baker 1996, "Parameterized pattern matching: algorithms and applications", section 2: prev.
"""

import functools
import tomllib
from importlib import resources
from typing import Literal

import numpy as np
from numpy.typing import NDArray

View = Literal["tokens", "identifiers"]
VIEWS: tuple[View, ...] = ("tokens", "identifiers")


@functools.cache
def load_keywords() -> frozenset[bytes]:
    """The words of keywords.toml, in capitals too: some languages write them in either case."""
    text = (resources.files("transforms.similarity") / "keywords.toml").read_text("utf-8")
    words = tomllib.loads(text)["keywords"].encode().split()
    return frozenset(words) | {word.upper() for word in words}


def begins_name(byte: int) -> bool:
    """Whether a word with this first byte is a name, if it is no keyword."""
    return byte >= 128 or chr(byte).isalpha() or byte == ord("_")


def distances(
    tokens: NDArray[np.uint64], is_name: NDArray[np.bool_], most: int
) -> NDArray[np.int8]:
    """How many tokens before each name the same name last stood.

    Args:
      tokens: hashes of tokens in a row.
      is_name: which of them are names.
      most: a name that stood farther away is not seen.

    Returns:
      the distances, 0 where it did not; -1 for what is no name.
    """
    found = np.zeros(len(tokens), np.int8)
    for distance in range(min(most, len(tokens) - 1), 0, -1):
        same = tokens[distance:] == tokens[:-distance]
        found[distance:][same] = distance  # the nearest is written last
    found[~is_name] = -1
    return found

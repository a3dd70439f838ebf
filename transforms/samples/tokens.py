"""Counting tokens, by a tokenizer that is a local file."""

import functools
import importlib.util
import os
from collections.abc import Iterable
from typing import Any


def check_tokenizer(path: str) -> None:
    """Check that tokens can be counted.

    Raises:
      ValueError: if the package tokenizers is not installed or the file is no tokenizer.
    """
    if importlib.util.find_spec("tokenizers") is None:
        raise ValueError(
            f"tokenizer={path!r}: needs the package tokenizers; install warpbeam[tokenizer]"
        )
    if not os.path.isfile(path):
        raise ValueError(f"tokenizer={path!r}: must be a tokenizer.json; there is no such file")
    try:
        load_tokenizer(path)
    except Exception as error:  # the package raises nothing more special
        raise ValueError(f"tokenizer={path!r}: must be a tokenizer.json: {error}") from error


@functools.cache
def load_tokenizer(path: str) -> Any:  # a tokenizers.Tokenizer
    """Read a tokenizer, once a process; it counts all of a text, and no text is padded."""
    # Its threads would outlive a fork, and one text at a time has no use for them.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    from tokenizers import Tokenizer  # an extra

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def count_tokens(path: str, texts: Iterable[str]) -> int:
    """Count the tokens of texts, each by itself, without what the tokenizer puts around one."""
    encoded = load_tokenizer(path).encode_batch_fast(list(texts), add_special_tokens=False)
    return sum(map(len, encoded))

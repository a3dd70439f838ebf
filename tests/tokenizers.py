"""A small tokenizer, made where it is needed."""

from pathlib import Path

import pytest

TEXT = "def total(items, limit):\n    return sum(item.size for item in items[:limit])\n" * 20


def write_tokenizer(folder: Path) -> str:
    """Train a byte-level BPE of few merges; the path of its file.

    Its truncation is there to be ignored.
    """
    tokenizers = pytest.importorskip("tokenizers", reason="the extra tokenizer is not installed")
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=400,
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=["<|endoftext|>"],
        show_progress=False,
    )
    made.train_from_iterator([TEXT], trainer)
    made.enable_truncation(8)
    path = folder / "tokenizer.json"
    made.save(str(path))
    return str(path)

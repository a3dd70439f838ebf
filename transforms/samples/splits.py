"""Train or validation: a function of the repository, so that no repository is on both sides."""

from transforms.samples.choice import unit_interval

TRAIN, VALIDATION = "train", "validation"


def split_of(repo: str, content_key: bytes, seed: int, validation_ratio: float) -> str:
    """The split of a file, by hash of its repository, or of its content key where that is empty."""
    return (
        VALIDATION
        if unit_interval(seed, "split", repo or content_key) < validation_ratio
        else TRAIN
    )

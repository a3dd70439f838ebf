"""The dataset that the judge's tests spoil."""

import pathlib

import pytest

from tests.validate import honest
from tests.validate.honest import Made


@pytest.fixture
def made(tmp_path: pathlib.Path) -> Made:
    """An honest dataset, not settled and not written yet."""
    return honest.make(tmp_path)

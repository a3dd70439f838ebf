"""Complete the body of a function."""

import functools

from transforms.samples.cuts import TaskSpec
from transforms.samples.eligibility import FUNCTION_KINDS
from transforms.samples.tasks.completion import complete_bodies

_NAME = "function_completion"

SPEC = TaskSpec(
    name=_NAME, find=functools.partial(complete_bodies, task=_NAME, kinds=FUNCTION_KINDS)
)

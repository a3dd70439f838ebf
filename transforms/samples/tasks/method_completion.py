"""Complete the body of a method or constructor, the other members of its class before it."""

import functools

from transforms.samples.cuts import TaskSpec
from transforms.samples.eligibility import METHOD_KINDS
from transforms.samples.tasks.completion import complete_bodies

_NAME = "method_completion"

SPEC = TaskSpec(
    name=_NAME,
    find=functools.partial(complete_bodies, task=_NAME, kinds=METHOD_KINDS, shows_members=True),
)

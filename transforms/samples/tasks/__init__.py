"""Tasks: one Python file each with a `SPEC`; they count because they are there."""

import functools
import importlib
import pkgutil

from transforms.samples.cuts import TaskSpec


@functools.cache
def load_tasks() -> tuple[TaskSpec, ...]:
    """Return the `SPEC` of every module of this package that has one, by module name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(module.SPEC for module in modules if hasattr(module, "SPEC"))

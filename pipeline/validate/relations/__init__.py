"""Relations of targets to prompts, one file a task; they count because they are there."""

import functools
import importlib
import pkgutil
import types
from collections.abc import Mapping

from pipeline.validate.relations.relation import Relation


@functools.cache
def load_relations() -> Mapping[str, Relation]:
    """Return the `RELATION` of every module of this package that has one, by task."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found = [module.RELATION for module in modules if hasattr(module, "RELATION")]
    return types.MappingProxyType({relation.task: relation for relation in found})

"""The schema of a language's hints: types that may be left out, and what then stands there."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class HintRule:
    """A place where a type may be left out.

    Attributes:
      node: a tree-sitter pattern. What it captures as @hint, from the first to the last of them, is
        what goes: a type with the sign that binds it. Each @mark goes by itself, such as brackets
        that are there for the type alone.
      instead: what then stands in the hint's place.
      spaces: which white space goes with the hint: that "before" it, "after" it, or "both";
        "none" where something stands instead.
    """

    node: str
    instead: str = ""
    spaces: str = "before"


@dataclasses.dataclass(frozen=True, slots=True)
class HintSpec:
    """Where a language's hints stand.

    Attributes:
      rules: the places.
      types: tree-sitter patterns that capture as @type what is a type all through, and stays, such
        as that of a cast: nothing in it is a hint of its own.
      needed: tree-sitter patterns that capture as @needed what cannot be left out, though it says
        a type, or has no meaning without: definitions that have it keep all their hints.
    """

    rules: tuple[HintRule, ...]
    types: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()

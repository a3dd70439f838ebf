"""The schema of a language's tests: how those who write it tell them from other code."""

import dataclasses

# What is called, and what it is called on: `parse(`, `Url::parse(`, `url.parse(`, `vec<int>(`.
_CALLS = (
    r"(?:(?P<prefix>[A-Za-z_$]\w*)[!?]?\s*(?:\.|::|->)\s*|(?P<on>[\])}]\s*[!?]?(?:\.|::|->)\s*))?"
    r"(?P<name>[A-Za-z_$]\w*[!?]?)\s*(?:(?:::)?<[\w\s,.:]*>)?\s*\("
)


@dataclasses.dataclass(frozen=True, slots=True)
class TestSpec:
    """How a language's tests are told from other code, by those who write it.

    A definition of the kind `test` is one, wherever it stands.

    Attributes:
      paths: pattern, found in the path of a file of tests; empty where the place says nothing.
      names: pattern of the names of definitions in such a file that are tests; empty where the
        name says nothing.
      marks: pattern, found in the decorator, annotation or attribute of a definition that is a
        test, wherever it stands; empty for none.
      blocks: tree-sitter patterns of tests that are no definitions, such as a call with the test
        as its argument; they capture the test as @test and its title as @title.
      calls: pattern of what a test calls, with a group `name`, and groups `prefix` for the name of
        what it is called on and `on` for a prefix without one.
      imported: whether what is called by its bare name must stand in an import, unless it is of
        the same file.
      whole_names: whether what is called on a module names all of it, or what an import calls so.
      family: what languages have in common that test one another; empty for none.
      by_extension: whether files of different extensions do not test one another, as of languages
        that are compiled for different platforms.
    """

    paths: str = ""
    names: str = ""
    marks: str = ""
    blocks: tuple[str, ...] = ()
    calls: str = _CALLS
    imported: bool = False
    whole_names: bool = False
    family: str = ""
    by_extension: bool = False

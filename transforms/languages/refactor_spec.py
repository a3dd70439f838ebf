"""The schema of what refactoring needs to know of a language: its variables, its branches."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class RenamingSpec:
    """Which leaves of a syntax tree are local variables. Patterns are tree-sitter's.

    Attributes:
      locals: patterns of what declares a local variable or a parameter that callers cannot name,
        captured as @name; what is captured as @before is still outside the variable's scope, as
        the value of Rust's `let`.
      uses: types of the leaves that are variables.
      scopes: types of the nodes outside which what they declare is unknown.
      others: patterns of what holds no variables that can be renamed, captured as @other: leaves of
        these types that are something else, parameters that callers name.
      assigned: whether a variable is declared by each assignment, as in PHP, and not once.
      sigil: what stands before each use of a variable, as PHP's `$`.
      before: pattern of what stands before a name that is no variable, such as a member's dot.
      blocks: pattern of texts in whose presence nothing is renamed, such as `eval`; empty for none.
    """

    locals: tuple[str, ...]
    uses: tuple[str, ...]
    scopes: tuple[str, ...]
    others: tuple[str, ...] = ()
    assigned: bool = False
    sigil: str = ""
    before: str = r"(?:(?<!\.)\.|->|::|[@#$\\`])\s*\Z"
    blocks: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class SiteSpec:
    """Where a definition could be made worse.

    Attributes:
      kind: name of the rule, such as "nested_and".
      node: a tree-sitter pattern that captures the node as @site, and what else the rule asks for.
    """

    kind: str
    node: str


@dataclasses.dataclass(frozen=True, slots=True)
class StructureSpec:
    """How branches are written.

    Attributes:
      sites: what to look for.
      head: how a branch begins, the condition at the `@`.
      style: "braces", "indent" or "end", by what a block ends with.
      negation: how a condition is negated.
      atoms: types of the nodes that a negation need not put into parentheses.
      opposites: pairs of operators, each the negation of the other, as "== !=".
      blocks: types of the nodes that statements stand in.
      lists: types of nodes between a block and its statements.
      wraps: types of nodes that are a statement around an expression.
      loops: types of the loops whose body a block can be. functions: those of functions.
      true, false: the two words.
      declare: how a new variable begins, its name at the `@`, the type of the function's result at
        the `%`; empty where that needs more than that.
      elsewhere: types of declarations that what stands before them may see, unless they are in a
        block of their own.
      else_if: the word for `else if`, where it is one.
      blocker: pattern of texts in whose presence nothing is done; empty for none.
    """

    sites: tuple[SiteSpec, ...]
    head: str
    blocks: tuple[str, ...]
    style: str = "braces"
    negation: str = "!@"
    atoms: tuple[str, ...] = ()
    opposites: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    wraps: tuple[str, ...] = ()
    loops: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    true: str = "true"
    false: str = "false"
    declare: str = ""
    elsewhere: tuple[str, ...] = ()
    else_if: str = ""
    blocker: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class RefactorSpec:
    """What refactoring needs to know of a language.

    Attributes:
      shells: what to put around a definition, at the `@`, so that it parses by itself; the first
        that does is taken.
    """

    shells: tuple[str, ...] = ("@",)
    renaming: RenamingSpec | None = None
    structure: StructureSpec | None = None

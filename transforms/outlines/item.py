"""A definition with the nodes that it was made of."""

import dataclasses
from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, ScopeSpec
from transforms.outlines.grammar import Captures
from transforms.outlines.nodes import find
from transforms.outlines.outline import Definition, Span


@dataclasses.dataclass(eq=False)
class Item(Definition):
    """A definition, or a scope that is none.

    Attributes:
      span: with its decorators and the statement around it.
      own_start: where it begins itself, after its decorators.
      body_node: the node that the body begins with.
      receiver: what a function is a member of by its own header, as in Go; else empty.
      path: the nodes that lead to its name, the last of which is the name.
      captures: all that its pattern found.
      inside_doc: what documents it from inside, once its body was read.
    """

    spec: DefinitionSpec | ScopeSpec
    own_start: int = 0
    body_node: tree_sitter.Node | None = None
    receiver: str = ""
    path: Sequence[tree_sitter.Node] = ()
    captures: Captures = dataclasses.field(default_factory=dict)
    inside_doc: Span | None = None

    @property
    def holder(self) -> tree_sitter.Node | None:
        """The node that has its parameters and body; None for a scope."""
        nodes = self.captures.get("holder") or self.captures.get("definition")
        return nodes[0] if nodes else None

    @property
    def name_start(self) -> int:
        """Where its name stands."""
        return self.path[-1].start_byte

    @property
    def parameters(self) -> Sequence[tree_sitter.Node]:
        """Its parameters: those nearest to the name, as C's `int (*f(void))(int)` has others."""
        if "parameter" in self.captures:
            return self.captures["parameter"]
        holder = self.holder
        if holder is None or not isinstance(self.spec, DefinitionSpec):
            return ()
        if self.spec.parameter:
            return [node for node in holder.named_children if node.type in self.spec.parameter]
        listing = self.captures["parameters"][0] if "parameters" in self.captures else None
        for node in (*reversed(self.path[:-1]), holder):
            listing = listing or find(node, self.spec.parameters)
        if listing is None or listing.parent is None:
            return ()
        if not listing.child_count:
            return (listing,)  # one, without parentheses
        lists = listing.parent.children_by_field_name(self.spec.parameters[0]) or [listing]
        return [parameter for one in lists for parameter in one.named_children]

    @property
    def arity(self) -> int:
        """How many parameters it has."""
        listing = self.captures["parameters"][0] if "parameters" in self.captures else None
        if listing is not None and listing.child_count and "parameter" not in self.captures:
            return listing.named_child_count
        return len(self.parameters)

"""Parameters of a definition, as written."""

from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, ParameterSpec
from transforms.outlines.items import Item
from transforms.outlines.nodes import descend, find, first_named, words
from transforms.outlines.outline import Parameter

# What stands between a parameter and its default.
_SIGNS = (b"=", b":=")


def parameter_nodes(item: Item) -> Sequence[tree_sitter.Node]:
    """Find the parameters nearest to the name: C's `int (*f(void))(int)` has its result's too."""
    if "parameter" in item.captures:
        return item.captures["parameter"]
    if item.holder is None or not isinstance(item.spec, DefinitionSpec):
        return ()
    if item.spec.parameter:
        return [node for node in item.holder.named_children if node.type in item.spec.parameter]
    listing = item.captures["parameters"][0] if "parameters" in item.captures else None
    for node in (*reversed(item.path[:-1]), item.holder):
        listing = listing or find(node, item.spec.parameters)
    if listing is None or listing.parent is None:
        return ()
    if not listing.child_count:
        return (listing,)  # one, without parentheses
    lists = listing.parent.children_by_field_name(item.spec.parameters[0]) or [listing]
    return [parameter for one in lists for parameter in one.named_children]


def read_parameters(
    text: bytes, nodes: Sequence[tree_sitter.Node], spec: ParameterSpec
) -> tuple[Parameter, ...]:
    """Read parameters as written."""
    parameters: list[Parameter] = []
    for node in nodes:
        if node.type in spec.groups:
            parameters += read_parameters(text, node.named_children, spec)
        elif node.type not in spec.skip and not node.is_error and not _is_default(node, spec):
            parameters += _read(text, node, spec)
    if len(parameters) == 1 and not parameters[0].name and parameters[0].type == "void":
        return ()  # C's way to say that there are none
    return tuple(parameters)


def _read(text: bytes, node: tree_sitter.Node, spec: ParameterSpec) -> list[Parameter]:
    if node.child_count == 0:
        return [Parameter(_text(text, node), "", "")]
    kind = find(node, spec.type)
    default = node.next_sibling if spec.default_follows else find(node, spec.default)
    if default is not None and text[default.start_byte : default.end_byte] in _SIGNS:
        default = default.next_sibling
    elif default is not None and not default.is_named:
        default = None
    # Go gives several names one type; Swift calls the type, too, a name.
    fields = node.children_by_field_name(spec.name[0]) if spec.name else ()
    names = [name for name in fields if name.is_named and name.type not in spec.type]
    paths = [descend(name, spec.name, spec.unwrap) for name in names] or [
        descend(node, spec.name, spec.unwrap)
    ]
    parameters: list[Parameter] = []
    for path in paths:
        name: tree_sitter.Node | None = path[-1]
        if path[-1].type in spec.nameless or (
            path[-1] == node and (kind or node.type in spec.rest)
        ):
            name = None
        parameters.append(
            Parameter(
                name=_text(text, name),
                type=_rest(text, node, name, default)
                if node.type in spec.rest
                else _type(text, kind, spec),
                default=_text(text, default).removeprefix("=").lstrip(),
            )
        )
    return parameters


def _is_default(node: tree_sitter.Node, spec: ParameterSpec) -> bool:
    """Whether a node among parameters is the default of the one before."""
    before = node.prev_sibling if spec.default_follows else None
    return before is not None and before.type == "="


def _text(text: bytes, node: tree_sitter.Node | None) -> str:
    return "" if node is None else words(text[node.start_byte : node.end_byte])


def _type(text: bytes, node: tree_sitter.Node | None, spec: ParameterSpec) -> str:
    if node is not None and node.type in spec.unwrap:
        return _text(text, first_named(node))
    return _text(text, node)


def _rest(
    text: bytes,
    node: tree_sitter.Node,
    name: tree_sitter.Node | None,
    default: tree_sitter.Node | None,
) -> str:
    """All of a parameter but its name and default."""
    sign = default.prev_sibling if default is not None else None
    end = sign.start_byte if sign is not None else node.end_byte
    if name is None:
        return words(text[node.start_byte : end])
    return words(text[node.start_byte : name.start_byte] + text[name.end_byte : end]).lstrip(": ")

"""Parameters of a definition, as written."""

from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import ParameterSpec
from transforms.outlines.nodes import descend, find, first_named, words
from transforms.outlines.outline import Parameter


def read_parameters(
    text: bytes, nodes: Sequence[tree_sitter.Node], spec: ParameterSpec
) -> tuple[Parameter, ...]:
    """Read parameters as written."""
    parameters: list[Parameter] = []
    for node in nodes:
        if node.type not in spec.skip and not node.is_error:
            parameters += _read(text, node, spec)
    if len(parameters) == 1 and not parameters[0].name and parameters[0].type == "void":
        return ()  # C's way to say that there are none
    return tuple(parameters)


def _read(text: bytes, node: tree_sitter.Node, spec: ParameterSpec) -> list[Parameter]:
    if node.child_count == 0:
        return [Parameter(_text(text, node), "", "")]
    kind = find(node, spec.type)
    default = find(node, spec.default)
    names = node.children_by_field_name(spec.name[0])  # Go gives several names one type
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
                type=_rest(text, node, name) if node.type in spec.rest else _type(text, kind, spec),
                default=_text(text, default),
            )
        )
    return parameters


def _text(text: bytes, node: tree_sitter.Node | None) -> str:
    return "" if node is None else words(text[node.start_byte : node.end_byte])


def _type(text: bytes, node: tree_sitter.Node | None, spec: ParameterSpec) -> str:
    if node is not None and node.type in spec.unwrap:
        return _text(text, first_named(node))
    return _text(text, node)


def _rest(text: bytes, node: tree_sitter.Node, name: tree_sitter.Node | None) -> str:
    if name is None:
        return _text(text, node)
    return words(text[node.start_byte : name.start_byte] + text[name.end_byte : node.end_byte])

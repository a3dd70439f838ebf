"""Parameters of a definition, as written."""

import functools
from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import ParameterSpec
from transforms.outlines.nodes import descend, find, first_named, words
from transforms.outlines.outline import Parameter

# What stands between a parameter and its default.
_SIGNS = (b"=", b":=", b"DEFAULT")


def read_parameters(
    text: bytes, nodes: Sequence[tree_sitter.Node], spec: ParameterSpec
) -> tuple[Parameter, ...]:
    """Read parameters as written."""
    parameters: list[Parameter] = []
    for node in nodes:
        if node.type in spec.groups:
            parameters += read_parameters(text, node.named_children, spec)
        elif (group := _typed_group(node, spec)) is not None:
            parameters += read_parameters(text, [group], spec)
            if parameters and not parameters[-1].type:
                kind = _type(text, find(node, spec.type), spec)
                parameters[-1] = parameters[-1]._replace(type=kind)
        elif not _is_no_parameter(text, node, spec):
            read = _read(text, node, spec)
            if node.type in spec.inherits and parameters and not read[0].type:
                read = [one._replace(type=parameters[-1].type) for one in read]
            parameters += read
    if len(parameters) == 1 and not parameters[0].name and parameters[0].type == "void":
        return ()  # C's way to say that there are none
    return tuple(parameters)


def _typed_group(node: tree_sitter.Node, spec: ParameterSpec) -> tree_sitter.Node | None:
    """Parameters whose last one's type stands outside: F#'s grammar reads `a, (b : int)` so."""
    first = first_named(node) if spec.groups and find(node, spec.type) is not None else None
    if first is None or first.type not in spec.groups or first.type in spec.name:
        return None
    return first


def _read(text: bytes, node: tree_sitter.Node, spec: ParameterSpec) -> list[Parameter]:
    if node.child_count == 0:
        return [Parameter(_text(text, node), _type(text, _apart(node, spec), spec), "")]
    kind = find(node, spec.type)
    default = node.next_sibling if spec.default_follows else find(node, spec.default)
    if default is not None and text[default.start_byte : default.end_byte].upper() in _SIGNS:
        default = default.next_sibling
    elif default is not None and not default.is_named:
        default = None
    if kind is not None and kind == default:
        kind = None  # where there is no type, a name as default can look like one
    step = functools.partial(find, names=spec.name)
    paths = [descend(name, step, spec.unwrap) for name in _names(node, kind, spec)] or [
        descend(node, step, spec.unwrap)
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
                default=_text(text, default).removeprefix(":").removeprefix("=").lstrip(),
            )
        )
    return parameters


def _is_no_parameter(text: bytes, node: tree_sitter.Node, spec: ParameterSpec) -> bool:
    if node.type in (*spec.skip, *spec.apart) or node.is_error or _is_default(node, spec):
        return True
    return bool(spec.marks) and _text(text, node) in spec.marks


def _names(
    node: tree_sitter.Node, kind: tree_sitter.Node | None, spec: ParameterSpec
) -> list[tree_sitter.Node]:
    """The names that share a parameter's type: Go gives it to several, as does Ada."""
    if spec.several:
        end = kind.start_byte if kind is not None else node.end_byte
        before = (child for child in node.children if child.start_byte < end)
        return [child for child in before if child.type == spec.name[0]]
    # Swift calls the type, too, a name.
    fields = node.children_by_field_name(spec.name[0]) if spec.name else ()
    names = [name for name in fields if name.is_named and name.type not in spec.type]
    if not names and (listing := find(node, spec.name)) is not None:
        return listing.named_children if listing.type in spec.groups else []  # VHDL's `a, b : bit`
    return names


def _is_default(node: tree_sitter.Node, spec: ParameterSpec) -> bool:
    """Whether a node among parameters is the default of the one before."""
    before = node.prev_sibling if spec.default_follows else None
    return before is not None and before.type == "="


def _text(text: bytes, node: tree_sitter.Node | None) -> str:
    return "" if node is None else words(text[node.start_byte : node.end_byte])


def _type(text: bytes, node: tree_sitter.Node | None, spec: ParameterSpec) -> str:
    if node is not None and node.type in spec.unwrap:
        return _text(text, first_named(node))
    if node is None or not spec.beside:
        return _text(text, node)
    first = last = node
    while (neighbour := first.prev_sibling) is not None and neighbour.type in spec.beside:
        first = neighbour
    while (neighbour := last.next_sibling) is not None and neighbour.type in spec.beside:
        last = neighbour
    return words(text[first.start_byte : last.end_byte])


def _apart(node: tree_sitter.Node, spec: ParameterSpec) -> tree_sitter.Node | None:
    """The type before a name that both stand in the list itself."""
    before = node.prev_sibling if spec.apart else None
    return before if before is not None and before.type in spec.apart else None


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

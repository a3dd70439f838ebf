"""The schema of a language's outline: which syntax nodes its definitions, docs and branches are."""

import dataclasses

# What stands at the beginning of the lines of a doc comment in C's manner, and a tag that says no
# more than that it is one.
_C_MARKER = r"[ \t]*(?:/\*[*!]*<?|\*+(?!/)|//[/!]*<?)?[ \t]?(?:[@\\](?:brief|description)\s+)?"


@dataclasses.dataclass(frozen=True, slots=True)
class DefinitionSpec:
    """A syntax node that is a definition. A node is the first definition of the file it fits.

    A list of fields or child types means the first that is there. A name is sought downwards from
    field to field, until none of them is there any more.

    Attributes:
      node: the node's type, or a tree-sitter pattern in parentheses. A pattern captures the node as
        @definition; what else it captures goes before the fields below: @name (its parts are
        joined, as Objective-C's), @parameters (a list), @parameter (any number, each one of them),
        @returns and @body (the first to the last of their nodes; a body's may stand after the
        definition's own), @header (what the body follows), @doc (a string or comment inside),
        @holder (the node that has the parameters and the body), @value (a node that is no
        definition of its own).
      kind: the definition's kind.
      member_kind: its kind as a member of a definition or scope; empty where that is `kind`.
      members: whether functions directly inside are its members.
      name: fields or child types that lead to the name.
      names: types the name must have; empty where any will do. What has no name is no definition.
      sign: what a name begins with that is no part of it, as the colon of Ruby's symbols.
      value: field with the node that has the parameters and the body; empty where that is the node
        itself.
      value_types: types which that node must have, for this to be a definition.
      parameters: fields or child types of the list of parameters, or lists in one field.
      parameter: child types of the parameters themselves, where no list is around them.
      body: fields or child types of the body; a token, such as `{`, begins a body that reaches to
        its parent's end.
      header: fields or child types, tokens too, the last of which ends the header: the body is all
        that follows, to the definition's end, such as Ruby's `end`. Goes before `body`.
      needs_body: whether a node without body is a mere use of the name.
      clauses: whether neighbours of one name with as many parameters are clauses of one
        definition, as in Erlang.
      receiver: field whose type qualifies the name, as in Go.
      constructors: names which, as a member, make the kind `constructor`; "@class" is the name of
        what it is a member of.
    """

    node: str
    kind: str
    member_kind: str = ""
    members: bool = False
    name: tuple[str, ...] = ("name",)
    names: tuple[str, ...] = ()
    sign: str = ""
    value: str = ""
    value_types: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ("parameters",)
    parameter: tuple[str, ...] = ()
    body: tuple[str, ...] = ("body",)
    header: tuple[str, ...] = ()
    needs_body: bool = False
    clauses: bool = False
    receiver: str = ""
    constructors: tuple[str, ...] = ()

    @property
    def is_pattern(self) -> bool:
        """Whether `node` is a pattern rather than a type."""
        return self.node.lstrip().startswith(("(", "["))


@dataclasses.dataclass(frozen=True, slots=True)
class ScopeSpec:
    """A node that qualifies its members' names without being a definition, such as Rust's impl.

    Attributes:
      name: field or child type with the type that it is about.
    """

    node: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class ParameterSpec:
    """How to read a list of parameters.

    Attributes:
      name: fields or child types that lead to the name.
      several: whether several names, children of the first of these types, may stand before a type.
      type: fields or child types of the type.
      beside: nodes right beside a type that are part of it, as Swift's `inout`.
      apart: nodes of the list that are the type of the name after them, as of C#'s `params`.
      inherits: parameter types that have the type of the one before where they have none.
      default: fields or child types of the default value, or the token before it.
      default_follows: whether the default stands after the parameter and an `=`, as in Kotlin.
      unwrap: node types that stand around a name or type; their first named child is meant.
      rest: parameter types whose type is all but their name.
      groups: nodes of the list that are lists again.
      skip: nodes of the list that are no parameters.
      marks: texts in the list that are no parameters, such as Lisp's `&rest`.
      nameless: nodes that stand where a name could, and are none.
    """

    name: tuple[str, ...] = ()
    several: bool = False
    type: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    inherits: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    default_follows: bool = False
    unwrap: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class DocSpec:
    """What documents a definition.

    Attributes:
      inside: "string" where it is a string at the start of the body, "comment" where it is the
        comments there; empty where it is comments right before.
      block: pattern of how a comment begins that is a doc by itself; empty for none.
      line: pattern of how a comment begins that makes a doc with its like on the lines before;
        empty for none.
      not_doc: pattern of the beginnings among these which are none, such as directives; empty for
        none.
      nodes: nodes that document like comments and are none, such as Elixir's attributes.
      marker: pattern of what is markup at the beginning of each of its lines.
      end_marker: pattern of what is markup at the end of each line.
      markup: patterns of markup inside lines, of which their group stays; those that all languages
        may have need not be said.
    """

    inside: str = ""
    block: str = ""
    line: str = ""
    not_doc: str = ""
    nodes: tuple[str, ...] = ()
    marker: str = _C_MARKER
    end_marker: str = r"\**\*/\s*\Z"
    markup: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class EmbeddedSpec:
    """Code of another language inside, such as a page's scripts; its definitions are the file's.

    Attributes:
      node: a tree-sitter pattern that captures a piece of code as @code. A piece is the first of
        the file it fits.
      language: the piece's language, whose own outline says what is what; empty where the piece is
        none to look into.
    """

    node: str
    language: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class OutlineSpec:
    """The syntax nodes an outline is made of.

    Node lists hold node types, tokens, or whole tree-sitter patterns in parentheses; one that has
    a capture by the list's own name, such as @decorators, means what that captures.

    Attributes:
      candidates: a tree-sitter pattern of what a frequent node must be, such as a call, for any of
        the patterns about such nodes to fit, captured as @candidate. They are tried at candidates
        alone, after all others; else each would be followed at each call. Empty for none.
      comments: all comments. imports: import statements.
      forks: nodes that add one to the complexity. nests: nodes that nest their content.
      wrappers: nodes which, around a single definition, belong to it: a statement, an export.
      decorators: nodes which, right before a definition, belong to it.
      qualified: nodes on the way to a name, or the name's own, that have its scope before it, as
        `Shape::area`.
      returns: fields or child types of a function's result type.
      qualifiers: words before a name that belong to the result's type, as C's `const`.
      result: pattern of a decorator, or of a definition without body, that says the result's type:
        its group. Goes before `returns`; empty where none does.
      pointers: nodes on the way to a name that begin with a sign of the result's type, as C's `*`.
      visibility: words of a header, decorators aside, that are access modifiers: neither linkage,
        as C's `static`, nor a module's exports.
      private: pattern of headers that say `private` in another way, as Elixir's `defp`; empty for
        none.
      sections: nodes that say one of these words of what follows beside them, as C++'s `private:`.
      sectioned: nodes that they say it of; empty for any.
      header_end: the token after which a body begins; empty where it begins with its own node.
      layout: what white space means between tokens of a line's beginning and middle: empty where
        next to nothing, "blocks" where the lines' depth does, "columns" where every place may.
      fixed_form: whether columns may have a meaning, as on Fortran's punched cards.
      blank: patterns of what the grammar does not know and what is parsed as white space, in texts
        in which the first is found; ^ and $ match at lines.
      embedded: code of other languages inside; a language with such has no definitions of its own.
    """

    definitions: tuple[DefinitionSpec, ...] = ()
    candidates: str = ""
    comments: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    forks: tuple[str, ...] = ()
    nests: tuple[str, ...] = ()
    parameters: ParameterSpec = ParameterSpec()
    doc: DocSpec = DocSpec()
    scopes: tuple[ScopeSpec, ...] = ()
    wrappers: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    qualified: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    result: str = ""
    pointers: tuple[str, ...] = ()
    visibility: tuple[str, ...] = ()
    private: str = ""
    sections: tuple[str, ...] = ()
    sectioned: tuple[str, ...] = ()
    header_end: str = ""
    layout: str = ""
    fixed_form: bool = False
    blank: tuple[str, ...] = ()
    embedded: tuple[EmbeddedSpec, ...] = ()

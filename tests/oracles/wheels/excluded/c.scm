; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A prototype says what is defined elsewhere; so does a function's type among parameters.
(declaration declarator: [
  (function_declarator declarator: (identifier) @prototype)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @prototype))
  (pointer_declarator declarator: (pointer_declarator
    declarator: (function_declarator declarator: (identifier) @prototype)))
  (function_declarator declarator: (parenthesized_declarator (pointer_declarator
    declarator: (function_declarator declarator: (identifier) @prototype))))
])
(parameter_declaration declarator: [
  (function_declarator declarator: (identifier) @prototype)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @prototype))
])

; Another name for a type that has a definition of its own, or none.
(type_definition
  type: [(primitive_type) (sized_type_specifier) (type_identifier) (macro_type_specifier)]
  declarator: (_) @alias)
(type_definition type: (struct_specifier !body) declarator: (_) @alias)
(type_definition type: (union_specifier !body) declarator: (_) @alias)
(type_definition type: (enum_specifier !body) declarator: (_) @alias)

; A type that is used or announced; its definition has a body.
(enum_specifier name: (_) @use !body)
(declaration type: (union_specifier name: (_) @use !body))

; `typedef struct tag { ... } name;` is one definition, found by the name that is tagged as well.
(type_definition type: (struct_specifier name: (_) @second_name body: (_)))
(type_definition type: (enum_specifier name: (_) @second_name body: (_)))

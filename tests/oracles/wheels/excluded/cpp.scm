; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A prototype says what is defined elsewhere; a variable with arguments, `Box box(size);`, looks the
; same. So does a function among parameters.
(declaration declarator: [
  (function_declarator declarator: [
    (identifier) @prototype (qualified_identifier name: (_) @prototype)
  ])
  (pointer_declarator (function_declarator declarator: [
    (identifier) @prototype (qualified_identifier name: (_) @prototype)
  ]))
  (reference_declarator (function_declarator declarator: [
    (identifier) @prototype (qualified_identifier name: (_) @prototype)
  ]))
])
(field_declaration declarator: [
  (function_declarator declarator: (_) @prototype)
  (pointer_declarator (function_declarator declarator: (_) @prototype))
  (pointer_declarator (pointer_declarator (function_declarator declarator: (_) @prototype)))
  (pointer_declarator (reference_declarator (function_declarator declarator: (_) @prototype)))
  (reference_declarator (function_declarator declarator: (_) @prototype))
])
(parameter_declaration declarator: (function_declarator declarator: (_) @prototype))

; Another name for a type that has a definition of its own, or none.
(type_definition
  type: [
    (primitive_type) (sized_type_specifier) (type_identifier) (qualified_identifier) (template_type)
    (dependent_type) (decltype)
  ]
  declarator: (_) @alias)
(type_definition type: (struct_specifier !body) declarator: (_) @alias)
(type_definition type: (class_specifier !body) declarator: (_) @alias)
(type_definition type: (union_specifier !body) declarator: (_) @alias)
(type_definition type: (enum_specifier !body) declarator: (_) @alias)

; A type that is used or announced; its definition has a body.
(class_specifier name: (_) @use !body)
(enum_specifier name: (_) @use !body)
(declaration type: (union_specifier name: (_) @use !body))

; `typedef struct tag { ... } name;` is one definition, found by the name that is tagged as well.
(type_definition type: (struct_specifier name: (_) @second_name body: (_)))
(type_definition type: (enum_specifier name: (_) @second_name body: (_)))

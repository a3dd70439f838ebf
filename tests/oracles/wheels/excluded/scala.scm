; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A package clause for the rest of the file, which nothing encloses, has no body; one in braces has.
(package_clause name: (_) @package_of_file !body)

; Variables and parameters have no body.
(val_definition pattern: (_) @variable)
(var_definition pattern: (_) @variable)
(val_declaration name: (_) @variable)
(var_declaration name: (_) @variable)
(class_parameter name: (_) @parameter)

; Another name for a type, or the type that a trait leaves open.
(type_definition name: (_) @alias)

; What an enum is made of is part of its definition.
(simple_enum_case name: (_) @enum_case)
(full_enum_case name: (_) @enum_case)

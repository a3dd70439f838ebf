; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A stored property is a variable; a computed one has a body.
(property_declaration (pattern (simple_identifier) @variable) !computed_value)

; A subscript has no name; it is tagged by those of its parameters.
(subscript_declaration (parameter (simple_identifier) @parameter))

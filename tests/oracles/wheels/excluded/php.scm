; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A property is a variable: it has no body.
(property_element (variable_name (name) @field))

; A namespace for the rest of the file, which nothing encloses, has no body; one in braces has.
(namespace_definition name: (_) @namespace_of_file !body)

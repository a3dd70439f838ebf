; Names of tags that are no definitions of an outline, each captured as what it is instead.

; What a type is made of is part of the type's definition.
(constructor_declaration (constructor_name) @enum_variant)
(tag_specification (tag) @enum_variant)
(field_declaration (field_name) @field)

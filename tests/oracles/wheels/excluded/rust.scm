; Names of tags that are no definitions of an outline, each captured as what it is instead.

; Another name for a type, or the type that a trait leaves open.
(type_item name: (_) @alias)

; A module that is another file: it has no body here.
(mod_item name: (_) @module_file !body)

; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A type with nothing inside: another type's name, or a name for how others are put together.
(type_spec name: (_) @named_type type: [
  (type_identifier) (qualified_type) (generic_type) (pointer_type) (array_type) (slice_type)
  (map_type) (channel_type) (function_type) (parenthesized_type)
])

; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A constant has no body.
(export_statement value: (assignment_expression left: (identifier) @constant right: [
  (number) (string) (identifier) (undefined) (null) (new_expression) (binary_expression)
  (call_expression)
]))

; `name = function own() {}` is one definition, found by what it is assigned to; its own name is
; known only inside.
(variable_declarator
  name: (identifier)
  value: [
    (function_expression name: (_) @second_name)
    (generator_function name: (_) @second_name)
    (class name: (_) @second_name)
  ])
(assignment_expression
  left: [(identifier) (member_expression)]
  right: [
    (function_expression name: (_) @second_name)
    (generator_function name: (_) @second_name)
    (class name: (_) @second_name)
  ])
(pair
  key: [(property_identifier) (string)]
  value: [
    (function_expression name: (_) @second_name)
    (generator_function name: (_) @second_name)
  ])

; Names of tags that are no definitions of an outline, each captured as what it is instead.

; A variable has no body.
(module (expression_statement (assignment left: (identifier) @constant)))

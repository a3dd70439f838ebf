; Names of tags that are no definitions of an outline, each captured as what it is instead.

; Another name for a method that has a definition of its own.
(alias name: (_) @alias)

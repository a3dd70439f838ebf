"""Languages as data: one TOML file a language, and how a file's language is told."""

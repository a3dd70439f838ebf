"""Other parsers of a language, to hold outlines against."""

"""Which tests of a repository are of which of its definitions, and the samples made of both."""

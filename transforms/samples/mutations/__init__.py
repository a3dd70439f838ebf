"""Mutation operators: small edits that put a bug of one kind into a definition."""

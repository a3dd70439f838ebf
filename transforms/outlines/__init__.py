"""What a parser sees in a file: definitions, imports and comments as byte spans."""

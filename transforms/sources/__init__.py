"""From input paths to text: listing, reading, decoding, gates, secrets, file quality."""

"""How alike two texts are: tokens, shingles, MinHash, bands, exact Jaccard, survivors."""

"""The judge: re-checks every promise of a dataset from its files and the build's sources."""

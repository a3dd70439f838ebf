"""The dedup index: what a build found out about its files, kept for the next one."""

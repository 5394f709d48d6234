"""Content-addressed keeping of files: a blob is named by its SHA-256, never changes and is stored once."""

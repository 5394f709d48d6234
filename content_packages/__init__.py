"""Taking in and keeping files: detection, safe archives, one reader per kind, storage by content address."""

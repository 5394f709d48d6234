"""Taking in and keeping files: detection, safe archive reading, one reader per kind, storage.

Entry points: `inspection.inspect` (what is this file), `storage.receiving.receive` and `storage.opening.open_storage`
(keep it), `archive.table.EntryTable` and `archive.serving` (hand out its files). Who may see what does not belong here.
"""

"""Backups that either database can be restored from: rows as text, files by digest, a manifest over both."""

from elearn.services.backup.manifest import BackupError, Manifest, read_manifest
from elearn.services.backup.restore import restore
from elearn.services.backup.write import write_backup, write_rows_backup

__all__ = ["BackupError", "Manifest", "read_manifest", "restore", "write_backup", "write_rows_backup"]

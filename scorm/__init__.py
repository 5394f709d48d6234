"""The SCORM standards as pure Python: manifests, run-time data models, sequencing and outcomes.

Nothing here performs I/O beyond what it is handed, speaks HTTP or knows a database.
"""

"""Jinja pages, one folder per capability; installed as `elearn.templates`."""

"""The connection to the database: engines, transactions and schema migrations."""

from elearn.database.engine import Database, open_database

__all__ = ["Database", "open_database"]

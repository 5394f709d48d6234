"""The connection to the database: engines, transactions and schema migrations."""

from elearn.database.engine import Database, day_of, open_database

__all__ = ["Database", "day_of", "open_database"]

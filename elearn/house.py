"""What every process of elearn works with: settings, database, storage and search engine, opened once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_packages.storage.opening import open_storage
from elearn.database import open_database
from elearn.search_words import synonyms_of
from elearn.services.outside import Guard
from search_index.engine import open_engine

if TYPE_CHECKING:
    from content_packages.storage.contract import Storage
    from elearn.database import Database
    from elearn.settings import Settings
    from search_index.engine import SearchEngine


@dataclass(frozen=True, slots=True)
class House:
    """The things of one process; whoever opened them closes them."""

    settings: Settings
    database: Database
    storage: Storage
    engine: SearchEngine

    @property
    def guard(self) -> Guard:
        """What judges the addresses that somebody else has named before they are asked."""
        return Guard.from_names(self.settings.private_hosts)

    def close(self) -> None:
        """Close the connections to the database."""
        self.database.close()


def open_house(settings: Settings) -> House:
    """Open database, storage and search engine as the settings say; creates the home, not the schema."""
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.staging_folder.mkdir(parents=True, exist_ok=True)
    return House(
        settings=settings,
        database=open_database(settings.database_url, settings.timezone, holds_files=settings.scanner is not None),
        storage=open_storage(settings.storage_url),
        engine=open_engine(settings.search_engine, settings.index_folder, synonyms_of(settings)),
    )

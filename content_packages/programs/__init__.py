"""What a program says of itself, read from its bytes and never by running it.

Each format has one module with one function; all of them give the same words (`told.Told`), and give less, never an
error, when a file is damaged or made to harm.
"""

from content_packages.programs.reading import describe

__all__ = ["describe"]

"""The command line `elearn`: one module per group of commands, imported when it is used."""

from __future__ import annotations

from importlib import import_module

import click

# Name of the command -> module, attribute, one line of help. Starting `elearn import` must not load the web server.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "run": ("elearn.cli.run", "run", "Start the server and its worker."),
    "worker": ("elearn.cli.worker", "worker", "Run one more worker."),
    "db": ("elearn.cli.db", "db", "Create and upgrade the schema of the database."),
    "user": ("elearn.cli.user", "user", "Manage accounts."),
    "import": ("elearn.cli.library", "import_command", "Take files into the library."),
    "inspect": ("elearn.cli.inspect", "inspect_command", "Check packages without storing them."),
    "search": ("elearn.cli.library", "search_command", "Search the library."),
    "index": ("elearn.cli.index", "index", "Rebuild and check the search index."),
    "parts": ("elearn.cli.parts", "parts", "Install the optional player of H5P."),
    "previews": ("elearn.cli.parts", "previews_command", "Draw the cards and pages that are missing."),
    "report": ("elearn.cli.report", "report", "Give the ratio of teachers using ICT as JSON, CSV or XLSX."),
    "acts": ("elearn.cli.exports", "acts", "Write the acts from which the ratio is counted."),
    "register": ("elearn.cli.exports", "register", "Write the register from which the ratio is counted."),
    "lti": ("elearn.cli.lti", "lti", "Look after learning platforms and signing keys."),
    "scan": ("elearn.cli.scan", "scan_command", "Have all stored files scanned."),
    "check": ("elearn.cli.check", "check", "Check that database, files and index agree."),
    "doctor": ("elearn.cli.doctor", "doctor", "Say what this machine has and lacks."),
    "backup": ("elearn.cli.backup", "backup", "Back up the database and the files into a folder."),
    "restore": ("elearn.cli.backup", "restore", "Restore a backup into an empty installation."),
}


class Commands(click.Group):
    """A group whose commands are imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the table without importing anything."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="elearn", message="%(prog)s %(version)s")
def main() -> None:
    """Run a shared library of electronic learning materials.

    Settings come from environment variables ELEARN_*; docs/settings.md describes them.
    Exit codes: 0 all went well, 2 wrong use or settings, 3 something was refused or does not agree.
    """

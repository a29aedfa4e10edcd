"""`conflictmap copy`: from a store in a folder into the database that is used instead."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.common import say
from dashboard.texts import count_words
from geodata.errors import SettingsError
from geodata.settings import settings

_EPILOG = """\b
What the database has already stays as it is, so a copy that was broken off can be made again.
Example:
  CONFLICTMAP_DATABASE=postgresql://map@db.example.org/news conflictmap copy
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("copy", epilog=_EPILOG)(copy)


def copy(
    *,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="The store to copy; the one in the data folder if left out."),
    ] = None,
) -> None:
    """Copy a store in a folder into the PostgreSQL database that CONFLICTMAP_DATABASE names."""
    if not settings().database:
        msg = "Name the database to copy into, as CONFLICTMAP_DATABASE=postgresql://user:password@host/database."
        raise SettingsError(msg)
    from geodata.store import Store  # noqa: PLC0415 - not needed for --help

    with Store.open(folder or settings().store, read_only=True) as source, Store.open(settings().location) as target:
        from geodata.store.server_store import ServerStore  # noqa: PLC0415 - its driver is there: the store is open

        assert isinstance(target, ServerStore)  # noqa: S101 - an address makes one
        new = target.copy_from(source.folder)
        say(
            f"{count_words(new, 'new article')} copied, {count_words(target.extent().events, 'event')} in {target.place}."
        )

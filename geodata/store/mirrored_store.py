"""The store in a database, as it may be shared: its copy in a folder, with a screen over it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from geodata.errors import StoreError
from geodata.store.compaction import compact, worth_it
from geodata.store.folder import Folder
from geodata.store.mirror import Mirror
from geodata.store.server import Server, Standing
from geodata.store.store import Store

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from geodata.store.screen import Screen

log = logging.getLogger(__name__)


class MirroredStore(Store):
    """What may be shared of the store in a database, for reading.

    Open it with `Store.open`, with the address of the database and a screen. Each time its version is asked
    for, what was written to the database since is copied first.

    Parameters
    ----------
    address
        Of the database (`geodata.store.server`).
    screen
        What stands between the copy and all questions.
    home
        Folder for copies.

    Raises
    ------
    StoreError
        If the database does not answer, has no store, or the copy cannot be written.
    """

    def __init__(self, address: str, *, screen: Screen, home: Path) -> None:
        self.server = Server(address, create=False)
        self.mirror = Mirror(self.server, home)
        self._standing: Standing | None = None
        super().__init__(Folder(self.mirror.path, create=True), read_only=True, screen=screen)

    @property
    def place(self) -> str:
        """Where it is, in words and without a password."""
        return f"the database {self.server.name}"

    @property
    def version(self) -> str:
        """That of the database: what is shared of it is of the same state."""
        self.refresh()
        assert self._standing is not None  # noqa: S101 - it was found when the store was opened
        return self._standing.version

    @property
    def written(self) -> dt.datetime:
        """When anything was last written to the database (UTC)."""
        self.refresh()
        assert self._standing is not None  # noqa: S101 - as above
        return self._standing.written

    def _refresh(self) -> bool:
        standing = self.mirror.take_in()
        changed = super()._refresh()
        if changed and worth_it(self._engine):
            try:
                if compact(self.folder):
                    super()._refresh()
            except StoreError:
                log.warning("The copy of %s could not be compacted.", self.place, exc_info=True)
        self._standing = standing
        return changed

    def close(self) -> None:
        """Let go of all files and connections."""
        super().close()
        self.mirror.close()


__all__ = ["MirroredStore"]

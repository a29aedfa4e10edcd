"""The store in a PostgreSQL database: for when one machine is outgrown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from geodata.errors import StoreError
from geodata.store.server import Server, Standing
from geodata.store.server_engine import ServerEngine
from geodata.store.store import Store

if TYPE_CHECKING:
    import datetime as dt

    import pyarrow as pa

    from geodata.store.folder import Folder


class ServerStore(Store):
    """Events and articles in a database; any number of readers and writers, on any number of machines.

    Open it with `Store.open`, by the address of the database. Everything is asked and written as in a folder; the
    database keeps itself in order, so that there is nothing to compact.
    """

    def __init__(self, address: str, *, read_only: bool) -> None:
        self.server = Server(address, create=not read_only)
        self._standing: Standing | None = None
        super().__init__(None, read_only=read_only)

    @property
    def folder(self) -> NoReturn:
        """There is none."""
        msg = f"The store is in the database {self.server.name}, not in a folder."
        raise StoreError(msg)

    @property
    def place(self) -> str:
        """Where it is, in words and without a password."""
        return f"the database {self.server.name}"

    @property
    def written(self) -> dt.datetime:
        """When anything was last written (UTC)."""
        self.refresh()
        assert self._standing is not None  # noqa: S101 - it was found when the store was opened
        return self._standing.written

    def _refresh(self) -> bool:
        if self._engine is None:
            self._engine = ServerEngine(self.server)
        with self._engine.connection() as con:
            standing = self.server.standing(con)
        if standing.version == self._version:
            return False
        self._engine.forget()
        self.forget()  # before the version says so: an old answer must not go by the new name
        self._standing, self._version = standing, standing.version
        return True

    def _put(self, batch_id: str, tables: dict[str, pa.Table], *, label: str) -> None:
        self.server.put(batch_id, tables, label=label)

    def compact(self, *, force: bool = False) -> bool:  # noqa: ARG002 - a folder's store can be told to
        """Do nothing: the database keeps itself in order."""
        self._must_write()
        return False

    def copy_from(self, folder: Folder) -> int:
        """Take in all batches of a store in a folder; what is here already stays as it is.

        Returns
        -------
        int
            How many articles were new.

        Raises
        ------
        StoreError
            If a batch cannot be read or written; those before it are here then, and a second try goes on.
        """
        self._must_write()
        names = sorted({*folder.compacted_names(), *folder.listing().batches})
        return sum(self.server.put(name, folder.get(name)) for name in names)


__all__ = ["ServerStore"]

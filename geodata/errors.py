"""Everything that can go wrong, as a small tree.

The text of an error is one sentence for the person at the screen: what is wrong and
what to do about it. Nothing here is meant to be shown as a stack trace.
"""

from __future__ import annotations


class ConflictmapError(Exception):
    """Base of all errors that this project raises on purpose."""


class SettingsError(ConflictmapError):
    """A setting of this installation makes no sense."""


class ArticleError(ConflictmapError):
    """An article cannot be taken in as it is (empty, too long, not text, ...)."""


class SourceError(ConflictmapError):
    """A file or an address gives no articles (wrong format, missing columns, ...)."""


class UnsafeAddressError(SourceError):
    """An address that must not be fetched: not http(s), or inside this network."""


class FetchError(SourceError):
    """An address that may be fetched but did not deliver (time, size, status)."""


class ModelError(ConflictmapError):
    """The language model is missing or cannot be loaded."""


class GazetteerError(ConflictmapError):
    """The gazetteer is missing, damaged or cannot be built."""


class RegionError(ConflictmapError):
    """A region is unknown or its shape cannot be read."""


class StoreError(ConflictmapError):
    """The store cannot be opened, read or written."""


class ExportError(ConflictmapError):
    """A view cannot be written in the format that was asked for."""


class SnapshotError(ConflictmapError):
    """A snapshot is unknown, damaged, or cannot be made, opened or checked."""


class SafetyError(ConflictmapError):
    """Something must not be shared as it was asked for, or it is not clear what may be."""


class DeliveryError(ConflictmapError):
    """A message could not be delivered."""

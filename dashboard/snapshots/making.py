"""From a view to a snapshot's files. Where they go is `folder`'s matter."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING, Any, cast

from dashboard import resources
from dashboard.exporting import about, write
from dashboard.formats import DATA_FORMATS, Format
from dashboard.formats import PICTURES as PICTURE_OF
from dashboard.snapshots import frozen, marks
from dashboard.snapshots.html import LISTED, page_of
from dashboard.snapshots.record import DIGESTS_FILE, EVENTS_FILE, NAME, FileInfo, Record, Source, to_json
from dashboard.snapshots.sheet import Sheet, first_box
from dashboard.summary import sentence
from dashboard.texts import ATTRIBUTION, DISCLAIMER, count_words
from geodata import __version__
from geodata.canonical import feature_lines, line_digest, line_id, to_canonical
from geodata.errors import ConflictmapError, SafetyError, SnapshotError
from geodata.view import Layer
from geodata.view_url import encode_view
from geodata.view_words import view_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from dashboard.snapshots.frozen import Frozen
    from geodata.sharing import Safety
    from geodata.store import Store
    from geodata.view import View

MOST_EVENTS = 200_000  # in the files of one snapshot: some 200 MB of GeoJSON, a minute to write
_MOST_SOURCES = 300
_MOST_REASONS = 12
LONGEST_TITLE, LONGEST_NOTE = 200, 4000
PICTURES = tuple(PICTURE_OF.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks for.

    Parameters
    ----------
    view
        What to freeze, with the map's window if it is to be kept.
    title, note
        Plain text; cut where too long.
    permalink
        Address of the live view, if known.
    most
        Events in the files, of a larger view the newest ones.
    safety
        What is left out; None for what the settings say.
    """

    view: View
    title: str = ""
    note: str = ""
    permalink: str = ""
    most: int = MOST_EVENTS
    safety: Safety | None = None


@dataclass(slots=True)
class _Counted:
    """A file that is hashed and measured while it is written."""

    file: IO[bytes]
    digest: Any
    size: int = 0

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        self.size += len(content)
        return self.file.write(content)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        self.file.flush()

    @property
    def closed(self) -> bool:
        return self.file.closed


def clean(text: str, longest: int) -> str:
    """Return a title or a note without control signs and without what turns writing round, in one form."""
    kept = "".join(sign if sign.isprintable() or sign in "\n\u200c\u200d" else " " for sign in text)
    lines = (" ".join(line.split()) for line in kept.encode("utf-8", "replace").decode().split("\n"))
    short = "\n".join(line for line in lines if line)
    return short if len(short) <= longest else short[: longest - 1].rstrip() + "…"


def too_long(title: str, note: str) -> str:
    """Say what is too long to be shown as a whole; nothing if all fits."""
    for name, text, longest in (("title", title, LONGEST_TITLE), ("note", note, LONGEST_NOTE)):
        if len(text) > longest:
            return f"The {name} has {len(text):,} letters, and there is room for {longest:,}: please shorten it."
    return ""


def take(order: Order) -> Frozen:
    """Take the events out of the store of this installation, as they may be shared.

    It is opened once more for this, so that all questions are answered from one state of it.

    Raises
    ------
    SafetyError
        If the view, its title or its note must not be shared.
    StoreError
        If it cannot be read.
    """
    resources.store()  # made where it is not there
    with resources.open_shared(order.safety) as own:
        if own.screen is not None and own.screen.names_somebody(f"{order.title}\n{order.note}"):
            msg = "The title or the note names a person, and persons are not named in what is shared from here: take the name out."
            raise SafetyError(msg)
        return frozen.take(own, order.view, most=order.most)


def marks_of(order: Order, taken: Frozen, listed: frozenset[str]) -> marks.Marks:
    """Return what the map draws: all events of the view, also where the files hold fewer."""
    if taken.is_whole:
        return marks.of_table(taken.table, resources.regions(), listed=listed)
    with resources.open_shared(order.safety) as own:
        return marks.of_store(own, order.view, resources.regions())


def describe(order: Order, taken: Frozen, *, snapshot_id: str, sha256: str, now: dt.datetime) -> Record:
    """Say everything there is to say about a snapshot, except which files it has."""
    view = order.view
    head, tail = sentence(taken.counts, view, resources.region_name)
    first, last = taken.days()
    reasons = [*taken.reasons[:_MOST_REASONS]]
    if len(taken.reasons) > _MOST_REASONS:
        reasons.append(("other reasons", sum(count for _, count in taken.reasons[_MOST_REASONS:])))
    shown = [Source(name=one.name, url=one.url, articles=one.articles) for one in taken.sources[:_MOST_SOURCES]]
    return Record(
        id=snapshot_id,
        title=clean(order.title, LONGEST_TITLE).replace("\n", " "),
        note=clean(order.note, LONGEST_NOTE),
        created=now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        query=encode_view(view),
        permalink=order.permalink,
        words=view_in_words(view, region_name=resources.region_name),
        head=head,
        tail=tail,
        date_from=view.date_from.isoformat() if view.date_from else "",
        date_to=view.date_to.isoformat() if view.date_to else "",
        first_day=first.isoformat() if first else "",
        last_day=last.isoformat() if last else "",
        events=taken.counts.events,
        articles=taken.counts.articles,
        not_placed=taken.counts.not_placed,
        undated=taken.counts.undated,
        in_files=taken.table.num_rows,
        reasons=tuple(reasons),
        sources=tuple(shown),
        sources_more=max(0, len(taken.sources) - _MOST_SOURCES),
        limits=_limits(view, taken),
        attribution=ATTRIBUTION,
        disclaimer=DISCLAIMER,
        software=f"conflictmap {__version__}",
        store_version=taken.version,
        gazetteer=_gazetteer(),
        safety=(order.safety or resources.safety()).key,
        sha256=sha256,
    )


def _limits(view: View, taken: Frozen) -> tuple[str, ...]:
    said = [taken.stated] if taken.stated else []
    if view.layer is not Layer.EVENTS:
        words = {Layer.HEAT: "as heat", Layer.REGIONS: "by region"}[view.layer]
        said.append(f"The view drew the events {words}; the map of a snapshot draws each place.")
    held = taken.table.num_rows
    if not taken.is_whole:
        said.append(f"{_in_files(taken)} The map and the pictures count all of them.")
    if held > LISTED:
        said.append(f"The newest {LISTED:,} are listed beside the map; the data files have {held:,}.")
    return tuple(said)


def _in_files(taken: Frozen) -> str:
    """Say how the data files are limited, which they say themselves too; nothing when they are not."""
    if taken.is_whole:
        return ""
    return (
        f"The data files hold the newest {taken.table.num_rows:,} of {count_words(taken.counts.events, 'event')}, "
        "the undated left out first."
    )


def _gazetteer() -> str:
    gazetteer = resources.gazetteer()
    if gazetteer is None:
        return "no gazetteer"
    stats = gazetteer.stats()
    return f"gazetteer of {stats['built']}, {count_words(stats['places'], 'place')}"


def sheet_of(order: Order, taken: Frozen, record: Record) -> Sheet:
    """Return what page and pictures are drawn from."""
    listed = taken.listed(LISTED)
    drawn = marks_of(order, taken, frozenset(one.event.id for one in listed))
    return Sheet(record=record, view=order.view, marks=drawn, events=listed, box=first_box(order.view, drawn))


def live(view: View, kind: Format, *, title: str, permalink: str = "") -> bytes:
    """Return a view as one of the `DRAWN` formats, without keeping a snapshot.

    Parameters
    ----------
    view
        What is looked at; a picture shows its window, or all of its events.
    kind
        A self-contained page, or a picture.
    title
        Plain text.
    permalink
        Address of the live view, if known.

    Raises
    ------
    SafetyError
        If the view must not be shared.
    SnapshotError
        If it cannot be drawn.
    StoreError
        If the store cannot be read.
    """
    order = Order(view=view, title=title, permalink=permalink)
    taken = take(order)
    written = to_canonical(_as_store(taken), view, io.BytesIO(), limits=_in_files(taken))
    record = describe(order, taken, snapshot_id="", sha256=written.sha256, now=dt.datetime.now(tz=dt.UTC))
    sheet = sheet_of(order, taken, record)
    return page_of(sheet) if kind is Format.HTML else picture(sheet, PICTURE_OF[kind])


def make(
    order: Order,
    create: Callable[[str], AbstractContextManager[IO[bytes]]],
    *,
    snapshot_id: str,
    now: dt.datetime | None = None,
) -> Record:
    """Write all files of a snapshot.

    Parameters
    ----------
    order
        What to freeze.
    create
        Opens a new file of that name for writing and reading; it is closed here.
    snapshot_id
        See `Record.id`.
    now
        The time that is written down; that of the clock, when left out.

    Returns
    -------
    Record
        As in `snapshot.json`.

    Raises
    ------
    StoreError
        If the store cannot be read.
    OSError
        If something cannot be written.
    """
    taken = take(order)
    files: dict[str, FileInfo] = {}

    def keep(name: str, write: Callable[[IO[bytes]], object]) -> None:
        with create(name) as file:
            counted = _Counted(file, hashlib.sha256())
            write(cast("IO[bytes]", counted))
        files[name] = FileInfo(sha256=counted.digest.hexdigest(), size=counted.size)

    with create(EVENTS_FILE) as file, create(DIGESTS_FILE) as digests:
        canonical = to_canonical(_as_store(taken), order.view, file, limits=_in_files(taken))
        file.flush()
        file.seek(0)
        counted = _Counted(digests, hashlib.sha256())
        for line in feature_lines(file):
            counted.write(f"{line_digest(line)}  {line_id(line)}\n".encode())
    files[EVENTS_FILE] = FileInfo(sha256=canonical.sha256, size=canonical.size)
    files[DIGESTS_FILE] = FileInfo(sha256=counted.digest.hexdigest(), size=counted.size)
    now = now or dt.datetime.now(tz=dt.UTC)
    record = describe(order, taken, snapshot_id=snapshot_id, sha256=canonical.sha256, now=now)
    sheet = sheet_of(order, taken, record)
    for name, fill in (*data_files(order, taken, record), *_drawn_files(sheet)):
        keep(name, fill)
    from dashboard.snapshots.readme import readme  # noqa: PLC0415  it names the files made here

    keep("README.txt", lambda file: file.write(readme(record, files).encode()))
    record = replace(record, files=files)
    with create(NAME) as file:
        file.write(to_json(record))
    return record


def _as_store(taken: Frozen) -> Store:
    # The exports ask for no more than `batches`, `version` and `stated`.
    return cast("Store", taken)


def data_files(order: Order, taken: Frozen, record: Record) -> Iterator[tuple[str, Callable[[IO[bytes]], object]]]:
    """Yield the data files beside the canonical GeoJSON: the name of each, and what writes it."""
    now = dt.datetime.fromisoformat(record.created)
    limits = _in_files(taken)
    meta = about(order.view.filters, title=record.title, url=order.permalink, now=now, limits=limits)
    for kind in DATA_FORMATS:
        yield f"events.{kind}", partial(write, kind, _as_store(taken), order.view.filters, meta=meta)


def _drawn_files(sheet: Sheet) -> Iterator[tuple[str, Callable[[IO[bytes]], object]]]:
    yield "map.html", lambda file: file.write(page_of(sheet))
    for name in PICTURES:
        yield name, lambda file, name=name: file.write(picture(sheet, name))  # type: ignore[misc]


def picture(sheet: Sheet, name: str) -> bytes:
    """Return one of the `PICTURES`.

    Raises
    ------
    SnapshotError
        If it cannot be drawn.
    """
    from dashboard.snapshots.picture import sheets  # noqa: PLC0415  matplotlib takes a second to import

    record = sheet.record
    about = {
        "title": record.title or record.sentence,
        "description": f"{record.sentence}. {record.attribution}. SHA-256 of {EVENTS_FILE}: {record.sha256}",
    }
    try:
        if name == "map.pdf":
            return sheets.paper(sheet).save("pdf", about=about)
        if name == "card.png":
            return sheets.card(sheet).save("png", about=about)
        canvas = sheets.web(sheet)
        if name == "map.svg":
            return canvas.save("svg", about=about)
        return canvas.save("png", about=about, scale=2.0 if name == "map@2x.png" else 1.0)
    except ConflictmapError:
        raise
    except (ValueError, RuntimeError) as error:
        msg = f"{name} could not be drawn ({error})."
        raise SnapshotError(msg) from error
